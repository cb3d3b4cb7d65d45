-- One way to take a place, for a new booking and for one that moves: in PL/pgSQL, whose plans stay with the session. As one statement with
-- the limits in subqueries it took the server twice as long.

-- Takes one place of the slot if the person may have it and there is one. Why not: the word of the limit, with the end and number of a ban;
-- nothing at all says that the slot is full. Nth is the smallest number that none of the person's bookings of that day has. Holds are left out
-- but the one of this run; but_number is the booking that moves. Each statement of a function sees what was committed before it
-- began: behind the lock, two bookings of one person see each other.
create function take_place(
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
        when until > at then 'banned'
        when begins < at + make_interval(mins => rules.book_minutes) then 'late'
        when on_day > (at at time zone 'Asia/Shanghai')::date + rules.days_ahead then 'far'
        when cardinality(nths) >= rules.per_day then 'day'
        when week >= rules.per_week then 'week'
        when rules.one_per_service and same then 'service'
        when not exists (select from service_offer where service = wanted and counter_group = in_group) then 'offer'
    end;
    if why is not null then
        return;
    end if;

    -- Most slots hold nothing, which a comparison tells sooner than a call.
    update slot set taken = taken + 1, priority_taken = priority_taken + has_priority::int,
        holds = case when holds = '{}' then holds else live_holds(holds, at, run) end
    where counter_group = in_group and day = on_day and start = at_time
      and case when has_priority then capacity - taken else common end > 0
      and (holds = '{}' or has_room(case when has_priority then capacity - taken else common end, holds, at, run));
    if found then
        nth := 1;
        while nth = any(nths) loop
            nth := nth + 1;
        end loop;
    end if;
end $$;

-- Each insert reads a check's text anew; what only our own hash makes has its length anyway.
alter table booking drop constraint booking_person_check, drop constraint booking_phone_key_check;
