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

-- 个性化菜单: what some followers see in place of the menu. The upper one wins where two fit.
create table menu_variant (
    id         bigint generated always as identity primary key,
    name       text not null check (char_length(name) between 1 and 20),
    place      smallint not null check (place between 1 and 99),
    -- Of followers; null: any. The platform's id and what it is called.
    tag        integer,
    tag_name   text not null default '' check (char_length(tag_name) <= 30),
    -- 1 iOS, 2 Android, 3 others; null: any.
    client     smallint check (client between 1 and 3),
    buttons    json not null check (octet_length(buttons::text) <= 16000),
    version    integer not null default 1,
    changed_by text not null check (char_length(changed_by) between 1 and 128),
    changed_at timestamptz not null,

    constraint menu_variant_name_unique unique (name),
    constraint menu_variant_matches check (tag is not null or client is not null)
);
