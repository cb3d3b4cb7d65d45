-- Notices of many are handed out by the span: a claim moves on where the fresh rows of its notice begin, and touches none of them. A row is
-- written once, with its result; only what came back is claimed one by one.

-- Null: fresh, or handed out in a span and not told yet. Set: due one by one from then.
alter table notice_recipient alter column next_attempt_at drop not null;
alter table notice_recipient add constraint notice_recipient_single_due check (not single or next_attempt_at is not null);

drop index notice_recipient_due;
create index notice_recipient_due on notice_recipient (notice_id, next_attempt_at, row_number) where pending and next_attempt_at is not null;

-- Rows before this one were handed out once. Notices made before there were spans have none, and go out one by one.
create table notice_fresh (
    notice_id bigint primary key references notice,
    next_row  integer not null default 1 check (next_row > 0)
) with (fillfactor = 20);

-- What one host took of one notice. Lapsed ones are given to others, as rows that came back.
create table notice_span (
    lease      bigint not null,
    notice_id  bigint not null references notice,
    first_row  integer not null check (first_row > 0),
    last_row   integer not null,
    claimed_at timestamptz not null,
    until      timestamptz not null,

    primary key (lease, notice_id),
    constraint notice_span_forward check (last_row >= first_row)
);

create index notice_span_until on notice_span (until);

-- Once more, in one pass over the rows: it runs for each batch of results.
create or replace function notice_tally_moved() returns trigger language plpgsql set enable_sort = on set enable_bitmapscan = on as $$
begin
    with moved as materialized (
        select notice_id, sum(n) filter (where status in ('queued', 'sending')) as queued,
            sum(n) filter (where status in ('sent', 'parked', 'unknown')) as sent, sum(n) filter (where status = 'delivered') as delivered,
            sum(n) filter (where status = 'refused') as refused, sum(n) filter (where status = 'failed') as failed,
            sum(n) filter (where status = 'cancelled') as cancelled
        from (
            select notice_id, status, count(*) as n from after group by notice_id, status
            union all
            select notice_id, status, -count(*) from before group by notice_id, status) x
        group by notice_id),
    -- In order, so that two batches with the same notices wait for each other instead of for ever. Claims move nothing that is counted.
    locked as materialized (
        select t.notice_id from notice_tally t
        where t.notice_id in (
            select notice_id from moved
            where queued <> 0 or sent <> 0 or delivered <> 0 or refused <> 0 or failed <> 0 or cancelled <> 0)
        order by t.notice_id for update)
    update notice_tally t set
        queued = t.queued + coalesce(m.queued, 0), sent = t.sent + coalesce(m.sent, 0), delivered = t.delivered + coalesce(m.delivered, 0),
        refused = t.refused + coalesce(m.refused, 0), failed = t.failed + coalesce(m.failed, 0), cancelled = t.cancelled + coalesce(m.cancelled, 0)
    from locked l join moved m on m.notice_id = l.notice_id where t.notice_id = l.notice_id;
    return null;
end $$;

-- Not sent after this: a reminder of yesterday helps nobody.
alter table notice add column expires_at timestamptz;
alter table notice add constraint notice_expires_later check (expires_at > created_at);

create index notice_expiring on notice (expires_at) where expires_at is not null and status not in ('done', 'cancelled');
-- Begun and never ended: closed and forgotten in time, too.
create index notice_open on notice (created_at) where finished_at is null;
