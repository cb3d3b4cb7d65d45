-- 候补: freed places are offered in order. While somebody waits for a slot nobody takes a place there but who holds one: by an offer, or by a form
-- that was begun before. 0: nobody waits; 1: people without priority, who want no reserved place; 2: somebody with priority.
alter table slot add column queued smallint not null default 0;

-- Kept by the database, so that no statement can forget it. Whoever changes who waits has the slot's row already.
create function slot_queue() returns trigger language plpgsql as $$
declare
    w waitlist;
begin
    if tg_op = 'DELETE' then
        w := old;
    else
        w := new;
    end if;
    update slot s set queued = q.queued
    from (
        select coalesce(max(1 + priority::int), 0) as queued from waitlist
        where counter_group = w.counter_group and day = w.day and start = w.start and status = 'waiting') q
    where s.counter_group = w.counter_group and s.day = w.day and s.start = w.start and s.queued <> q.queued;
    return null;
end $$;

create trigger slot_queue_joined after insert on waitlist for each row when (new.status = 'waiting') execute function slot_queue();
create trigger slot_queue_moved after update of status on waitlist for each row
    when ((old.status = 'waiting') <> (new.status = 'waiting')) execute function slot_queue();
create trigger slot_queue_left after delete on waitlist for each row when (old.status = 'waiting') execute function slot_queue();

update slot s set queued = q.queued
from (select counter_group, day, start, max(1 + priority::int) as queued from waitlist where status = 'waiting' group by 1, 2, 3) q
where s.counter_group = q.counter_group and s.day = q.day and s.start = q.start;

-- The places that one who holds none may take. Who has priority takes a reserved one past those who wait for the others.
create function slot_room(s slot, has_priority boolean) returns integer language sql immutable as $$
    select case s.queued
        when 0 then case when has_priority then s.capacity - s.taken else s.common end
        when 1 then case when has_priority then s.capacity - s.taken - greatest(s.common, 0) else 0 end
        else 0
    end
$$;

-- Whether there is a place for one who may hold one: a hold is kept, whatever others hold and whoever waits.
create function may_take(s slot, has_priority boolean, at timestamptz, who uuid) returns boolean language plpgsql immutable as $$
begin
    if exists (select from unnest(s.holds) h where h.holder = who and h.until > at) then
        return case when has_priority then s.capacity - s.taken else s.common end > 0;
    end if;
    return slot_room(s, has_priority) > (select count(*) from unnest(s.holds) h where h.until > at);
end $$;

-- As before (0022), and: a ban closes new bookings, not the move of one that is there; a service that is switched off is offered nowhere;
-- and whoever waits comes first.
create or replace function take_place(
    person_lock bigint, who bytea, but_number text, run uuid, wanted text, in_group integer, on_day date, at_time time, begins timestamptz,
    has_priority boolean, at timestamptz,
    out why text, out until timestamptz, out ban bigint, out nth smallint) language plpgsql as $$
declare
    rules booking_rules;
    nths smallint[];
    week integer;
    same boolean;
begin
    perform pg_advisory_xact_lock(person_lock);
    select * into rules from booking_rules;
    select max(b.until), max(b.id) filter (where b.until > at) into until, ban
    from booking_ban b where b.person = who and not b.lifted;
    select coalesce(array_agg(b.nth) filter (where b.day = on_day), '{}'),
        count(*) filter (where date_trunc('week', b.day) = date_trunc('week', on_day)),
        coalesce(bool_or(b.service = wanted and b.status = 'booked' and b.starts_at > at), false)
    into nths, week, same
    from booking b
    where b.person = who and b.number <> but_number and b.status in ('booked', 'arrived', 'served', 'missed');

    why := case
        when until > at and not exists (select from booking b where b.number = but_number) then 'banned'
        when begins < at + make_interval(mins => rules.book_minutes) then 'late'
        when on_day > (at at time zone 'Asia/Shanghai')::date + rules.days_ahead then 'far'
        when cardinality(nths) >= rules.per_day then 'day'
        when week >= rules.per_week then 'week'
        when rules.one_per_service and same then 'service'
        when not exists (
            select from service_offer o join service_item i on i.code = o.service
            where o.service = wanted and o.counter_group = in_group and i.active) then 'offer'
    end;
    if why is not null then
        return;
    end if;

    -- Most slots hold nothing and nobody waits for them, which a comparison tells sooner than a call.
    update slot set taken = taken + 1, priority_taken = priority_taken + has_priority::int,
        holds = case when holds = '{}' then holds else live_holds(holds, at, run) end
    where counter_group = in_group and day = on_day and start = at_time
      and case when has_priority then capacity - taken else common end > 0
      and (holds = '{}' and queued = 0 or may_take(slot, has_priority, at, run));
    if found then
        nth := 1;
        while nth = any(nths) loop
            nth := nth + 1;
        end loop;
    end if;
end $$;

-- A form keeps its place for so long, however often it is renewed.
alter table booking_hold add column since timestamptz;

-- What one account may have open, whoever it is for.
alter table booking_rules add column per_account integer not null default 8 check (per_account between 1 and 100);
alter table booking_rules add column waits_per_account integer not null default 3 check (waits_per_account between 1 and 50);
