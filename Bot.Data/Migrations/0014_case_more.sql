-- Cases, continued: routes beside the category's own department, reports that only a code leads to, photos kept elsewhere.

-- Where the words or the place name one of these, another department answers: [{"words":["…"],"department":"…"}].
alter table case_category add column overrides json not null default '[]'
    check (json_typeof(overrides) = 'array' and json_array_length(overrides) <= 10);

-- 密封举报: nobody's, by any key that we hold. The code itself is with whoever reported; here lies its digest.
create table case_sealed (
    case_id   bigint primary key references case_file,
    code_hash bytea not null check (octet_length(code_hash) = 32),

    constraint case_sealed_code_unique unique (code_hash)
);

-- The key of a photo in an object store, where one is set; its thumbnail stays here.
alter table case_photo add column object text check (char_length(object) between 1 and 200);
alter table case_photo drop constraint case_photo_kept_wholly;
alter table case_photo add constraint case_photo_kept_wholly
    check ((status = 'kept') = (content_type is not null and num_nonnulls(content, object) = 1));

-- Filters that no index carried: a category or a kind by deadline, and the few reports that somebody sees among all that there are.
create index case_file_by_category_due on case_file (category, answer_by, id, state);
create index case_file_by_kind on case_file (kind, answer_by, id);
create index case_file_reports on case_file (assignee, answer_by, id) where kind = 'report';
