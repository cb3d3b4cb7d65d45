-- What became of single recipients, until the system that sent to them was told. No openids: who is told knows them by notice and row.
create table notice_outcome (
    -- Of the API key. It does not refer to the webhook: that somebody just ends one must not keep an outcome from being written.
    owner       text not null check (char_length(owner) between 1 and 128),
    -- Told along, and the same however often it is told. Of one recipient the later news has the higher one.
    id          bigint generated always as identity,
    notice_id   bigint not null,
    row_number  integer not null,
    status      text not null check (status in ('delivered', 'refused', 'failed', 'cancelled', 'sent')),
    error_code  integer,
    error_words text check (char_length(error_words) <= 300),
    at          timestamptz,
    created_at  timestamptz not null default now(),

    primary key (owner, id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_cost_delay = 0);

create index notice_webhook_call_owner on notice_webhook_call (owner, id);

-- Each owner has one job, which tells one call after the other and never ends while there is a webhook: what was written while it looked away it finds
-- at its next look. A new address is tried at once, whatever became of the old one; where there is none any more, the job clears away what waits.
create function notice_webhook_changed() returns trigger language plpgsql as $$
begin
    insert into job (kind, key, due_at) values ('webhook', case tg_op when 'DELETE' then old.owner else new.owner end, now())
    on conflict (kind, key) do update set due_at = excluded.due_at, status = 'waiting', attempts = 0, error = null, finished_at = null, lease = null, lease_until = null;
    notify job_waiting;
    return null;
end $$;

create trigger notice_webhook_changed after insert or update of url or delete on notice_webhook
    for each row execute function notice_webhook_changed();

insert into job (kind, key, due_at) select 'webhook', owner, now() from notice_webhook;

-- Calls that wait are told by the owner's job, and not by one of their own.
update job set status = 'cancelled', finished_at = now(), lease = null, lease_until = null where kind = 'notice-webhook' and status in ('waiting', 'parked');

create or replace function notice_recipient_ended() returns trigger language plpgsql as $$
begin
    -- Erasing touches ended rows once more, and leaves them without a citizen.
    if not exists (select from after where status in ('delivered', 'refused', 'failed', 'cancelled', 'unknown') and openid <> '') then
        return null;
    end if;

    if exists (select from notice_webhook) then
        with told as (
            insert into notice_outcome (owner, notice_id, row_number, status, error_code, error_words, at)
            select w.owner, a.notice_id, a.row_number, case a.status when 'unknown' then 'sent' else a.status end, a.error_code, a.error_words, a.finished_at
            from after a
            join notice n on n.id = a.notice_id and n.origin = 'api'
            join notice_webhook w on w.owner = n.made_by
            where a.status in ('delivered', 'refused', 'failed', 'cancelled', 'unknown') and a.openid <> ''
            order by a.notice_id, a.row_number
            returning owner),
        -- One that runs will find them; one whose receiver is away keeps its pause; and for one that somebody else just wakes nobody waits.
        asleep as (
            select id from job
            where kind = 'webhook' and key = any(array(select distinct owner from told)) and status = 'waiting' and attempts = 0 and due_at > now()
            for update skip locked)
        update job j set due_at = now() from asleep a where j.id = a.id;
        if found then
            notify job_waiting;
        end if;
    end if;

    insert into job (kind, key, data, due_at)
    select 'citizen-message-failed', n.public_id, to_json(n.public_id), now()
    from after a join notice n on n.id = a.notice_id
    where n.origin = 'flow' and n.made_by = 'citizen-message' and a.status in ('refused', 'failed', 'unknown', 'cancelled') and a.openid <> ''
    on conflict (kind, key) do nothing;
    if found then
        notify job_waiting;
    end if;
    return null;
end $$;
