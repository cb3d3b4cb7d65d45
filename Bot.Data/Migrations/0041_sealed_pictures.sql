-- Photos of cases and pictures of the desk lie sealed, each under a key of its own. The seal holds that key and the tags, itself sealed as a field; a change of keys
-- seals it anew and leaves the picture alone. Null: lies as it was sent, kept by a release that did not seal, until a job of the night comes to it.
alter table case_photo add column seal bytea check (octet_length(seal) <= 400);
alter table conversation_picture add column seal bytea check (octet_length(seal) <= 400);

create index case_photo_open on case_photo (id) where status = 'kept' and seal is null;
create index conversation_picture_open on conversation_picture (line) where status = 'kept' and seal is null;
