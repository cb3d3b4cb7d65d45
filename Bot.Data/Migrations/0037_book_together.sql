-- As before (0031), but a batch is judged, placed and written by one statement: each statement reads the text of the table's checks anew and
-- sets its plan up, which for every booking by itself took longer than the booking.

-- What this cannot tell at once goes through take_place, in the order of the wishes: a slot that people with priority want, or somebody for the
-- second time in this batch; that somebody waits for; or that has no room for all who want it.
create or replace function book_places(
    locks bigint[], persons bytea[], numbers text[], runs uuid[], services text[], groups integer[], days date[], starts time[], begin_at timestamptz[],
    priorities boolean[], openids text[], phone_keys bytea[], names bytea[], id_numbers bytea[], phones bytea[], families boolean[], claims text[],
    at timestamptz)
    returns table (why text, until timestamptz, ban bigint, made boolean) language plpgsql
    -- One plan for batches of any length: it would be made anew for each of them else.
    set plan_cache_mode = force_generic_plan as $$
declare
    rules booking_rules;
    whys text[];
    untils timestamptz[];
    bans bigint[];
    taken boolean[];
    unsettled boolean[];
    place record;
begin
    perform pg_advisory_xact_lock(l) from (select unnest(locks) l order by l) sorted;
    perform from slot s
    where (s.counter_group, s.day, s.start) in (select * from unnest(groups, days, starts))
    order by s.counter_group, s.day, s.start for no key update;
    select * into rules from booking_rules;

    with wish as materialized (
        select w.*, array_position(locks, w.lock) = w.i as foremost
        from unnest(locks, persons, numbers, runs, services, groups, days, starts, begin_at, priorities, openids, phone_keys, names, id_numbers, phones,
            families, claims) with ordinality w(lock, person, number, run, service, counter_group, day, start, starts_at, priority, openid, phone_key,
            name, id_number, phone, family, claim, i)
    ), judged as materialized (
        select w.*, banned.until, banned.ban, mine.nths,
            case
                when banned.until > at then 'banned'
                when w.starts_at < at + make_interval(mins => rules.book_minutes) then 'late'
                when w.day > (at at time zone 'Asia/Shanghai')::date + rules.days_ahead then 'far'
                when cardinality(mine.nths) >= rules.per_day then 'day'
                when mine.week >= rules.per_week then 'week'
                when rules.one_per_service and mine.same then 'service'
                when not exists (
                    select from service_offer o join service_item i on i.code = o.service
                    where o.service = w.service and o.counter_group = w.counter_group and i.active) then 'offer'
            end as why
        from wish w
        cross join lateral (
            select max(b.until) as until, max(b.id) filter (where b.until > at) as ban
            from booking_ban b where b.person = w.person and not b.lifted) banned
        cross join lateral (
            select coalesce(array_agg(b.nth) filter (where b.day = w.day), '{}') as nths,
                count(*) filter (where date_trunc('week', b.day) = date_trunc('week', w.day)) as week,
                coalesce(bool_or(b.service = w.service and b.status = 'booked' and b.starts_at > at), false) as same
            from booking b where b.person = w.person and b.status in ('booked', 'arrived', 'served', 'missed')) mine
    ), wanted as (
        select j.counter_group, j.day, j.start, count(*)::integer as n, array_agg(j.run) as runs, bool_and(j.foremost and not j.priority) as plain
        from judged j where j.why is null or not j.foremost group by 1, 2, 3
    ), given as (
        update slot s set taken = s.taken + w.n,
            holds = case when s.holds = '{}' then s.holds else array(select h from unnest(s.holds) h where h.until > at and h.holder <> all (w.runs)) end
        from wanted w
        where (s.counter_group, s.day, s.start) = (w.counter_group, w.day, w.start) and s.queued = 0 and w.plain
          and s.common >= w.n + (select count(*) from unnest(s.holds) h where h.until > at and h.holder <> all (w.runs))
        returning s.counter_group, s.day, s.start
    ), written as (
        insert into booking (number, run_id, openid, service, counter_group, day, start, starts_at, person, phone_key, nth,
            name, id_number, phone, family, priority, claim, booked_at, changed_at)
        select j.number, j.run, j.openid, j.service, j.counter_group, j.day, j.start, j.starts_at, j.person, j.phone_key,
            case when j.nths = '{}' then 1 else (select min(nth) from generate_series(1, 9) nth where nth <> all (j.nths)) end,
            j.name, j.id_number, j.phone, j.family, j.priority, j.claim, at, at
        from judged j join given g on (g.counter_group, g.day, g.start) = (j.counter_group, j.day, j.start)
        where j.why is null
    )
    select array_agg(j.why order by j.i), array_agg(j.until order by j.i), array_agg(j.ban order by j.i), array_agg(g.day is not null order by j.i),
        array_agg(not j.foremost or j.why is null and g.day is null and s.day is not null order by j.i)
    into whys, untils, bans, taken, unsettled
    from judged j
    left join given g on (g.counter_group, g.day, g.start) = (j.counter_group, j.day, j.start) and j.why is null
    -- A full slot is full for everybody.
    left join slot s on (s.counter_group, s.day, s.start) = (j.counter_group, j.day, j.start) and s.taken < s.capacity;

    for i in 1 .. cardinality(runs) loop
        why := whys[i];
        until := untils[i];
        ban := bans[i];
        made := taken[i];
        if unsettled[i] then
            place := take_place(locks[i], persons[i], numbers[i], runs[i], services[i], groups[i], days[i], starts[i], begin_at[i], priorities[i], at);
            why := place.why;
            until := place.until;
            ban := place.ban;
            made := place.nth is not null;
            if made then
                insert into booking (number, run_id, openid, service, counter_group, day, start, starts_at, person, phone_key, nth,
                    name, id_number, phone, family, priority, claim, booked_at, changed_at)
                values (numbers[i], runs[i], openids[i], services[i], groups[i], days[i], starts[i], begin_at[i], persons[i], phone_keys[i], place.nth,
                    names[i], id_numbers[i], phones[i], families[i], priorities[i], claims[i], at, at);
            end if;
        end if;
        return next;
    end loop;
end $$;
