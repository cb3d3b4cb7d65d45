-- 优先号: places of each slot that the old, the disabled and soldiers alone may have; and holds that cost a booking next to nothing.

alter table counter_group add reserved integer not null default 0 check (reserved between 0 and 50);

alter table slot
    add reserved integer not null default 0,
    -- Of those taken, how many have people with priority.
    add priority_taken integer not null default 0;
alter table slot
    -- What is left for anybody; those with priority may have capacity - taken.
    add common integer generated always as (least(capacity - taken, capacity - reserved - (taken - priority_taken))) stored,
    add constraint slot_reserve_kept check (
        priority_taken between 0 and taken and reserved between 0 and capacity and taken - priority_taken <= capacity - reserved);

-- Bookings from before count as they were marked.
update slot s set priority_taken = b.priority
from (
    select counter_group, day, start, count(*) as priority from booking
    where priority and status in ('booked', 'arrived', 'served', 'missed') group by counter_group, day, start) b
where (s.counter_group, s.day, s.start) = (b.counter_group, b.day, b.start);

-- What the citizen said to have priority by, to be seen at the counter; the age is known from the ID number.
alter table booking add claim text not null default '' check (claim in ('', 'disabled', 'soldier'));

-- In PL/pgSQL, whose plans stay with the session: a function in SQL is planned anew for each booking. Most slots hold nothing.
create or replace function live_holds(holds place_hold[], at timestamptz, but uuid) returns place_hold[] language plpgsql immutable as $$
begin
    if holds = '{}' then
        return holds;
    end if;
    return array(select h from unnest(holds) h where h.until > at and h.holder <> but);
end $$;

-- Whether a slot with so much room has a place for one who may hold one: a hold is kept, whatever others hold.
create function has_room(room integer, holds place_hold[], at timestamptz, who uuid) returns boolean language plpgsql immutable as $$
begin
    if room <= 0 or holds = '{}' then
        return room > 0;
    end if;
    return (select coalesce(bool_or(h.holder = who), false) or count(*) < room from unnest(holds) h where h.until > at);
end $$;

-- A reference to the service would have all its bookings queue for the lock of its one row. The statement that books looks whether it is
-- offered; and one with bookings is not deleted.
alter table booking drop constraint booking_service_fkey;

create function keep_service() returns trigger language plpgsql as $$
begin
    if exists (select from booking where service = old.code) then
        raise exception 'service % has bookings', old.code using errcode = 'foreign_key_violation';
    end if;
    return old;
end $$;

create trigger keep_service before delete on service_item for each row execute function keep_service();
