-- Notices (模板通知): templates with final versions, notices, and one row for each recipient, which is also the queue that all hosts send from.

create table notice_template (
    id          bigint generated always as identity primary key,
    -- What the office and other systems call it; may be changed.
    code        text not null,
    -- WeChat's id, opaque.
    template_id text not null,
    -- False once WeChat no longer lists it.
    active      boolean not null default true,
    -- The newest of its versions.
    version     integer not null,
    created_at  timestamptz not null default now(),

    constraint notice_template_code_unique unique (code),
    constraint notice_template_id_unique unique (template_id),
    constraint notice_template_code_plain check (code ~ '^[A-Za-z][A-Za-z0-9_-]{0,39}$'),
    constraint notice_template_id_length check (char_length(template_id) between 1 and 128)
);

-- What a notice was made with stays readable, whatever WeChat does to the template later.
create table notice_template_version (
    id       bigint generated always as identity primary key,
    template bigint not null references notice_template,
    version  integer not null check (version > 0),
    title    text not null check (char_length(title) <= 200),
    content  text not null check (char_length(content) <= 4000),
    example  text not null default '' check (char_length(example) <= 4000),
    industry text not null default '' check (char_length(industry) <= 200),
    made_at  timestamptz not null default now(),

    constraint notice_template_version_unique unique (template, version)
);

create function notice_template_version_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'a version of a template is final';
end $$;

create trigger notice_template_version_is_final before update or delete on notice_template_version
    for each row execute function notice_template_version_is_final();

create table notice (
    id               bigint generated always as identity primary key,
    -- Shown outside and part of the client_msg_id: random, so that nobody guesses it and no two installations share one.
    public_id        text not null,
    origin           text not null check (origin in ('api', 'console', 'flow', 'test')),
    template_version bigint not null references notice_template_version,
    reference        text not null default '' check (char_length(reference) <= 128),
    url              text not null default '' check (char_length(url) <= 1024),
    -- single and urgent go before bulk.
    lane             text not null check (lane in ('single', 'urgent', 'bulk')),
    status           text not null check (status in ('draft', 'submitted', 'approved', 'scheduled', 'sending', 'paused', 'done', 'cancelled')),
    made_by          text not null check (char_length(made_by) between 1 and 128),
    approved_by      text check (char_length(approved_by) between 1 and 128),
    scheduled_at     timestamptz,
    -- Idempotency of the REST API: one notice for each key of each API key.
    api_key          text check (char_length(api_key) between 1 and 128),
    idempotency_key  text check (char_length(idempotency_key) between 1 and 255),
    body_hash        bytea check (octet_length(body_hash) = 32),
    -- SHA-256 of the uploaded file, so that the same one is not taken twice unawares.
    source_hash      bytea check (octet_length(source_hash) = 32),
    -- Goes out in quiet hours too.
    any_hour         boolean not null default false,
    -- Made with a test key: the outcome is pretended, WeChat is not called.
    simulated        boolean not null default false,
    recipients       integer not null default 0 check (recipients >= 0),
    -- Rows that were not taken: [{"row": 3, "reason": "…"}].
    rejected         json,
    -- Why it is paused, cancelled or was handed back to its maker; for staff.
    reason           text not null default '' check (char_length(reason) <= 500),
    error_code       integer,
    created_at       timestamptz not null,
    approved_at      timestamptz,
    started_at       timestamptz,
    finished_at      timestamptz,
    erased_at        timestamptz,

    constraint notice_public_id_unique unique (public_id),
    constraint notice_public_id_form check (public_id ~ '^N[0-9A-Za-z]{20}$'),
    constraint notice_idempotent unique (api_key, idempotency_key),
    constraint notice_idempotency_whole check (num_nulls(api_key, idempotency_key, body_hash) in (0, 3)),
    constraint notice_four_eyes check (approved_by <> made_by),
    constraint notice_console_is_approved check (origin <> 'console' or status in ('draft', 'submitted', 'cancelled') or approved_by is not null),
    constraint notice_scheduled_within_a_week check (scheduled_at <= created_at + interval '7 days'),
    constraint notice_scheduled_has_a_time check (status <> 'scheduled' or scheduled_at is not null),
    constraint notice_single_is_one check (lane <> 'single' or recipients <= 1),
    constraint notice_test_is_one check (origin <> 'test' or recipients <= 1)
);

create index notice_running on notice (lane, id) where status = 'sending';
create index notice_scheduled on notice (scheduled_at) where status = 'scheduled';
-- Cancelled, and some rows do not know it yet.
create index notice_closing on notice (id) where status = 'cancelled' and finished_at is null;
create index notice_erasable on notice (finished_at) where erased_at is null and finished_at is not null;
create index notice_source on notice (source_hash, created_at) where source_hash is not null;

-- Who made a notice cannot change, nor who approved it: four eyes stay four.
create function notice_names_are_final() returns trigger language plpgsql as $$
begin
    if new.made_by <> old.made_by or (old.approved_by is not null and new.approved_by is distinct from old.approved_by) then
        raise exception 'who made and who approved a notice is final';
    end if;
    return new;
end $$;

create trigger notice_names_are_final before update of made_by, approved_by on notice
    for each row execute function notice_names_are_final();

-- Claiming a row changes no indexed column, so that PostgreSQL rewrites the row in its page and touches no index (HOT).
create table notice_recipient (
    notice_id       bigint not null references notice,
    row_number      integer not null check (row_number > 0),
    -- Empty once erased.
    openid          text not null check (char_length(openid) <= 128),
    data            json not null,
    status          text not null default 'queued'
        check (status in ('queued', 'sending', 'sent', 'delivered', 'refused', 'failed', 'cancelled', 'parked', 'unknown')),
    -- Still to be handed to WeChat.
    pending         boolean not null default true,
    -- Alone in its notice.
    single          boolean not null default false,
    attempts        smallint not null default 0 check (attempts >= 0),
    next_attempt_at timestamptz not null,
    -- Who holds it while sending; notice_lease tells until when.
    lease           bigint,
    claimed_at      timestamptz,
    -- Set when an attempt may have been carried out and nobody knows: the time of the first such claim. WeChat drops doubles for 10 minutes from there.
    uncertain_since timestamptz,
    msg_id          bigint,
    sent_at         timestamptz,
    finished_at     timestamptz,
    error_code      integer,
    error_words     text check (char_length(error_words) <= 300),

    constraint notice_recipient_key primary key (notice_id, row_number),
    constraint notice_recipient_pending check (pending = (status in ('queued', 'sending'))),
    constraint notice_recipient_leased check ((lease is not null) = (status = 'sending')),
    constraint notice_recipient_parked check (status <> 'parked' or uncertain_since is not null)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);

create index notice_recipient_due on notice_recipient (notice_id, next_attempt_at, row_number) where pending;
create index notice_recipient_single on notice_recipient (next_attempt_at, notice_id) where pending and single;
create index notice_recipient_msg on notice_recipient (msg_id) where msg_id is not null;
create index notice_recipient_uncertain on notice_recipient (uncertain_since, openid) where uncertain_since is not null;

-- What one host took in one go. Lapsed ones are given to others.
create table notice_lease (
    id          bigint primary key,
    until       timestamptz not null,
    notice_ids  bigint[] not null,
    row_numbers integer[] not null
);

create index notice_lease_until on notice_lease (until);

-- How many recipients stand where; always adds up to the rows. queued counts sending, sent counts parked and unknown.
create table notice_tally (
    notice_id bigint primary key references notice,
    queued    integer not null default 0 check (queued >= 0),
    sent      integer not null default 0 check (sent >= 0),
    delivered integer not null default 0 check (delivered >= 0),
    refused   integer not null default 0 check (refused >= 0),
    failed    integer not null default 0 check (failed >= 0),
    cancelled integer not null default 0 check (cancelled >= 0)
) with (fillfactor = 20);

-- Kept by the database, so that no statement can forget it.
create function notice_tally_added() returns trigger language plpgsql as $$
begin
    update notice_tally t set queued = t.queued + n.queued, cancelled = t.cancelled + n.cancelled
    from (select notice_id, count(*) filter (where pending) as queued, count(*) filter (where status = 'cancelled') as cancelled
          from added group by notice_id) n
    where t.notice_id = n.notice_id;
    return null;
end $$;

-- Its plans are kept by the session, whatever a claim has set for itself.
create function notice_tally_moved() returns trigger language plpgsql set enable_sort = on set enable_bitmapscan = on as $$
begin
    -- Claims move nothing that is counted: the cheapest way out for the most frequent statement.
    if not exists (select from after where not pending) and not exists (select from before where not pending) then
        return null;
    end if;
    -- In order, so that two batches with the same notices wait for each other instead of for ever.
    perform from notice_tally t where t.notice_id in (select distinct notice_id from after) order by t.notice_id for update;
    update notice_tally t set
        queued = t.queued + a.queued - b.queued, sent = t.sent + a.sent - b.sent, delivered = t.delivered + a.delivered - b.delivered,
        refused = t.refused + a.refused - b.refused, failed = t.failed + a.failed - b.failed, cancelled = t.cancelled + a.cancelled - b.cancelled
    from (
        select notice_id, count(*) filter (where pending) as queued, count(*) filter (where status in ('sent', 'parked', 'unknown')) as sent,
            count(*) filter (where status = 'delivered') as delivered, count(*) filter (where status = 'refused') as refused,
            count(*) filter (where status = 'failed') as failed, count(*) filter (where status = 'cancelled') as cancelled
        from before group by notice_id) b
    join (
        select notice_id, count(*) filter (where pending) as queued, count(*) filter (where status in ('sent', 'parked', 'unknown')) as sent,
            count(*) filter (where status = 'delivered') as delivered, count(*) filter (where status = 'refused') as refused,
            count(*) filter (where status = 'failed') as failed, count(*) filter (where status = 'cancelled') as cancelled
        from after group by notice_id) a using (notice_id)
    where t.notice_id = b.notice_id
        and (a.queued, a.sent, a.delivered, a.refused, a.failed, a.cancelled) <> (b.queued, b.sent, b.delivered, b.refused, b.failed, b.cancelled);
    return null;
end $$;

create trigger notice_tally_added after insert on notice_recipient referencing new table as added
    for each statement execute function notice_tally_added();
create trigger notice_tally_moved after update on notice_recipient referencing old table as before new table as after
    for each statement execute function notice_tally_moved();

-- Results that WeChat pushed before their msg_id was known here, or that belong to somebody else; kept for a day.
create table notice_event (
    msg_id  bigint primary key,
    openid  text not null check (char_length(openid) between 1 and 128),
    status  text not null check (status in ('delivered', 'refused', 'failed')),
    words   text check (char_length(words) <= 300),
    at      timestamptz not null,
    looks   smallint not null default 0,
    look_at timestamptz not null
);

create index notice_event_due on notice_event (look_at);

-- The whole account must not send before this: a quota is used up, or WeChat does not let us in.
create table notice_gate (
    one          boolean primary key default true check (one),
    closed_until timestamptz not null,
    error_code   integer,
    words        text check (char_length(words) <= 300)
);

-- Citizens who want no notices but those about their own business at another office's request.
create table notice_opt_out (
    openid text primary key check (char_length(openid) between 1 and 128),
    at     timestamptz not null
);
