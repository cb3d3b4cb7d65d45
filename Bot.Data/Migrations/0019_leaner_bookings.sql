-- A booking is made from the row of the slot that it took, in one statement: to look that row up once more, and lock it, for a reference
-- costs each booking without telling anything. What stays to be kept is that a slot with bookings is not deleted.
alter table booking drop constraint booking_slot;

create function keep_slot() returns trigger language plpgsql as $$
begin
    if exists (select from booking where (counter_group, day, start) = (old.counter_group, old.day, old.start)) then
        raise exception 'slot % % % has bookings', old.counter_group, old.day, old.start using errcode = 'foreign_key_violation';
    end if;
    return old;
end $$;

create trigger keep_slot before delete on slot for each row execute function keep_slot();
