-- Settings that staff changed while the hosts run; what is not here has the value of the configuration.
create table setting (
    key        text primary key check (key ~ '^[A-Z][A-Za-z]+:[A-Z][A-Za-z]+$'),
    value      integer not null,
    changed_by text not null references staff (name),
    changed_at timestamptz not null
);

-- Pictures of a conversation with the desk. Those of citizens are fetched at once: the platform forgets them after three days.
create table conversation_picture (
    line         bigint primary key references conversation_line on delete cascade,
    -- The platform's; null for what staff sent.
    media_id     text check (char_length(media_id) between 1 and 200),
    status       text not null check (status in ('fetching', 'kept', 'failed')),
    content_type text check (char_length(content_type) <= 40),
    content      bytea check (octet_length(content) <= 10485760),
    thumbnail    bytea check (octet_length(thumbnail) <= 262144),

    constraint conversation_picture_kept_wholly check (case status when 'kept' then num_nulls(content_type, content, thumbnail) = 0 else num_nonnulls(content_type, content, thumbnail) = 0 end)
);

alter table conversation_picture alter content set storage external, alter thumbnail set storage external;
