-- Published documents. Each host searches its own index in memory; this table is the truth that it is built from.
create table policy (
    id              text primary key check (id ~ '^[A-Za-z0-9_-]{1,32}$'),
    type            text not null check (type in ('guide', 'policy', 'explanation', 'faq', 'reply')),
    title           text not null check (length(title) between 1 and 200),
    document_number text not null default '' check (length(document_number) <= 100),
    issuer          text not null check (length(issuer) between 1 and 200),
    category        text not null check (length(category) between 1 and 40),
    written_on      date,
    published_on    date,
    effective_on    date,
    lapses_on       date,
    status          text not null default 'inforce' check (status in ('inforce', 'amended', 'repealed')),
    -- Not a foreign key: a successor may be imported after what it replaces.
    successor_id    text not null default '' check (successor_id <> id),
    summary         text not null default '' check (length(summary) <= 2000),
    body            text not null default '' check (length(body) <= 200000),
    who             text not null default '' check (length(who) <= 2000),
    conditions      text not null default '' check (length(conditions) <= 4000),
    materials       text[] not null default '{}',
    steps           text[] not null default '{}',
    place           text not null default '' check (length(place) <= 1000),
    fee             text not null default '' check (length(fee) <= 1000),
    time_limit      text not null default '' check (length(time_limit) <= 1000),
    legal_basis     text[] not null default '{}',
    aliases         text[] not null default '{}',
    origin          text not null default '' check (length(origin) <= 1000),
    note            text not null default '' check (length(note) <= 1000),
    updated_at      timestamptz not null default now(),
    constraint policy_lapses_after_it_begins check (lapses_on is null or effective_on is null or lapses_on >= effective_on)
);

create index policy_category on policy (category);

-- How often each document was opened on a day (Asia/Shanghai). No citizen stands in it.
create table policy_reading (
    policy_id text not null references policy on delete cascade,
    day       date not null,
    readings  integer not null check (readings > 0),
    primary key (day, policy_id)
);
