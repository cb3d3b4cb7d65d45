-- Offers of freed places go out in these hours of the day (Asia/Shanghai) only; and so many people a day may be asked for by one account.
alter table booking_rules
    add column offers_from time not null default '08:00',
    add column offers_until time not null default '21:00',
    add column people_per_day integer not null default 10 check (people_per_day between 1 and 100);
alter table booking_rules add constraint booking_rules_offers check (offers_from < offers_until);

-- For whom an account asked what can be booked, by the keyed hash of the ID number: whoever tries numbers is stopped. Of the day only.
create table person_asked (
    openid text not null check (char_length(openid) between 1 and 128),
    day    date not null,
    person bytea not null check (octet_length(person) = 32),
    primary key (openid, day, person)
);

create index booking_displaced_person on booking (person, service) where status = 'displaced';
create index visit_openid on visit (openid, day desc) where openid <> '';

-- What follows from new bookings, whoever writes them; once a statement, so that a batch pays for it once. Whoever has a place again is owed
-- none any more for the same service; and one account has no more open than the rules give.
create function booking_made() returns trigger language plpgsql
    -- By index, whatever the statistics say of a table that grows; and small as it is, it is not worth compiling.
    set enable_seqscan = off
    set jit = off as $$
declare
    most integer := (select per_account from booking_rules);
begin
    if exists (select from made m join booking b on b.person = m.person and b.service = m.service where b.status = 'displaced') then
        with settled as (
            update booking b set status = 'cancelled', changed_at = m.booked_at
            from made m where b.person = m.person and b.service = m.service and b.status = 'displaced'
            returning b.number, b.moves)
        update citizen_message c set status = 'cancelled'
        from settled s where c.key = 'displaced:' || s.number || ':' || s.moves and c.status = 'waiting';
    end if;
    if exists (
        select from made m
        where most < (select count(*) from booking b where b.openid = m.openid and b.status in ('booked', 'displaced') and b.starts_at > m.booked_at)) then
        raise exception 'an account has as many bookings as the rules give' using errcode = 'check_violation', constraint = 'booking_per_account';
    end if;
    return null;
end $$;

create trigger booking_made after insert on booking referencing new table as made for each statement execute function booking_made();
