-- Bookings that are confirmed at the same moment become one transaction: one journey to the server and one wait for the disk, whoever they are of.

-- Answers in the order of the wishes, which come in the order of their slots: everybody locks persons first, then slots by their key.
-- Why, until, ban as take_place has them; neither these nor made says that the slot is full.
create function book_places(
    locks bigint[], persons bytea[], numbers text[], runs uuid[], services text[], groups integer[], days date[], starts time[], begin_at timestamptz[],
    priorities boolean[], openids text[], phone_keys bytea[], names bytea[], id_numbers bytea[], phones bytea[], families boolean[], claims text[],
    at timestamptz)
    returns table (why text, until timestamptz, ban bigint, made boolean) language plpgsql as $$
declare
    place record;
begin
    perform pg_advisory_xact_lock(l) from (select unnest(locks) l order by l) sorted;
    for i in 1 .. cardinality(runs) loop
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
        return next;
    end loop;
end $$;
