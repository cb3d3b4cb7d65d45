-- 常用筛选: the filters of a list that somebody keeps under a name, theirs alone.
create table saved_list (
    id    bigint generated always as identity primary key,
    staff bigint not null references staff on delete cascade,
    -- Its path, such as /console/cases.
    list  text not null check (char_length(list) between 1 and 60),
    name  text not null check (char_length(name) between 1 and 20 and name = btrim(name)),
    -- What stands behind the path.
    query text not null check (char_length(query) between 1 and 300),

    constraint saved_list_name_unique unique (staff, list, name)
);
