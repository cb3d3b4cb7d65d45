-- Documents that go out with the answer to a request for information.
create table case_document (
    id       bigint generated always as identity primary key,
    case_id  bigint not null references case_file,
    name     text not null check (char_length(name) between 1 and 120),
    type     text not null check (char_length(type) between 3 and 100),
    size     integer not null check (size between 1 and 20971520),
    -- The bytes, or the key of an object store, where one is set.
    content  bytea check (octet_length(content) = size),
    object   text check (char_length(object) between 1 and 200),
    added_by text not null references staff (name),
    added_at timestamptz not null,
    -- When the answer went out; null while that waits for a second person.
    sent_at  timestamptz,

    constraint case_document_kept_wholly check (num_nonnulls(content, object) = 1)
);

alter table case_document alter content set storage external;
create index case_document_of_case on case_document (case_id, id);
