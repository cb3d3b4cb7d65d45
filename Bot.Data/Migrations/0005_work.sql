-- What the office's own processes lean on: background jobs, messages to citizens, keys for personal fields, days off, numbers.

-- Done once each, by any host, at its time. Enqueued in the transaction of the thing that causes it.
create table job (
    id          bigint generated always as identity primary key,
    kind        text not null check (kind ~ '^[a-z][a-z0-9.-]{0,39}$'),
    -- What it is about: one job for each kind and key, however often it is asked for.
    key         text not null check (char_length(key) between 1 and 200),
    -- Ids and numbers; nothing personal.
    data        json not null default '{}',
    status      text not null default 'waiting' check (status in ('waiting', 'done', 'parked', 'cancelled')),
    due_at      timestamptz not null,
    attempts    smallint not null default 0 check (attempts >= 0),
    -- Who is at it, and until when; null when nobody is.
    lease       uuid,
    lease_until timestamptz,
    error       text check (char_length(error) <= 500),
    created_at  timestamptz not null default now(),
    finished_at timestamptz,

    constraint job_once unique (kind, key),
    constraint job_leased check (num_nulls(lease, lease_until) in (0, 2)),
    constraint job_finished check ((finished_at is not null) = (status in ('done', 'cancelled')))
) with (fillfactor = 70);

create index job_due on job (due_at, id) where status = 'waiting';
create index job_parked on job (id) where status = 'parked';
create index job_finished on job (finished_at) where finished_at is not null;

-- What a process of ours tells a citizen. It goes out by the best way that is open at its time, once.
create table citizen_message (
    id         bigint generated always as identity primary key,
    -- What caused it, such as case:12:7: the same cause tells once.
    key        text not null check (char_length(key) between 1 and 200),
    -- Empty once erased.
    openid     text not null check (char_length(openid) <= 128),
    -- As told in a customer-service message.
    words      text not null check (char_length(words) <= 2000),
    -- The office's code of the template to use when no customer-service message may be sent; empty for none.
    template   text not null default '' check (char_length(template) <= 40),
    data       json not null default '{}',
    url        text not null default '' check (char_length(url) <= 1024),
    status     text not null default 'waiting' check (status in ('waiting', 'sending', 'sent', 'noticed', 'unknown', 'undelivered', 'expired', 'cancelled')),
    -- Not told after this: a call to a counter is no use tomorrow.
    expires_at timestamptz,
    notice_id  text check (char_length(notice_id) <= 21),
    error      text check (char_length(error) <= 300),
    created_at timestamptz not null default now(),
    told_at    timestamptz,

    constraint citizen_message_once unique (key),
    constraint citizen_message_noticed check (status <> 'noticed' or notice_id is not null)
);

create index citizen_message_openid on citizen_message (openid, id desc);
create index citizen_message_undelivered on citizen_message (id) where status in ('undelivered', 'unknown');
create index citizen_message_created on citizen_message (created_at);

-- Keys that seal personal fields, themselves sealed under the key of Privacy:Keys that is named; master is empty where none is configured.
create table field_key (
    id         integer generated always as identity primary key,
    -- seal: encrypts. look-up: the keyed hash by which equal values are found; there is one, for good.
    purpose    text not null check (purpose in ('seal', 'look-up')),
    cipher     text not null check (cipher in ('aes-256-gcm', 'sm4-gcm', 'hmac-sha256', 'hmac-sm3')),
    master     text not null check (char_length(master) <= 40),
    sealed     bytea not null check (octet_length(sealed) between 16 and 200),
    created_at timestamptz not null default now(),
    -- No field uses it any more.
    retired_at timestamptz
);

create unique index field_key_one_look_up on field_key (purpose) where purpose = 'look-up';

-- What the State Council or the office ordered beyond the days that the program knows.
create table calendar_day (
    day  date primary key,
    kind text not null check (kind in ('holiday', 'workday')),
    name text not null check (char_length(name) between 1 and 40)
);

-- The last serial of each kind of public number on a day (Asia/Shanghai).
create table public_number (
    prefix text not null check (prefix ~ '^[A-Z]{2}$'),
    day    date not null,
    last   integer not null check (last > 0),
    primary key (prefix, day)
) with (fillfactor = 50);
