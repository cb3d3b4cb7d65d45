-- A form of somebody with priority holds a reserved place as long as there is one: nobody else loses a place by it. Of the holds, those that are
-- held so; who is no longer among the holds counts no more, and goes with the next that holds.
alter table slot add column priority_holds uuid[] not null default '{}';

-- What is left to take for one who holds nothing, or for the holder of a place: each hold counts against what it may take. An offer from the
-- waiting list is held so, too, when it was made to somebody with priority.
create function slot_left(s slot, has_priority boolean, at timestamptz, who uuid) returns integer language plpgsql stable as $$
declare
    common_held integer;
    priority_held integer;
    reserve integer := s.capacity - s.taken - greatest(s.common, 0);
    anybodys integer;
begin
    if s.holds = '{}' then
        return slot_room(s, has_priority);
    end if;
    select count(*) filter (where not so_held), count(*) filter (where so_held) into common_held, priority_held
    from (
        select h.holder = any(s.priority_holds) or exists (select from waitlist w where w.run_id = h.holder and w.priority) as so_held
        from unnest(s.holds) h where h.until > at and h.holder <> who) held;
    anybodys := greatest(s.common, 0) - common_held;
    -- Whoever holds a place is past those who wait.
    return case
        when s.queued = 0 or exists (select from unnest(s.holds) h where h.holder = who and h.until > at)
            then case when has_priority then reserve - priority_held + greatest(anybodys, 0) else anybodys - greatest(priority_held - reserve, 0) end
        when s.queued = 1 and has_priority then reserve - priority_held
        else 0
    end;
end $$;

-- A hold is kept, whatever others hold and whoever waits; but one on a reserved place is none on another.
create or replace function may_take(s slot, has_priority boolean, at timestamptz, who uuid) returns boolean language plpgsql stable as $$
begin
    if (has_priority or who <> all(s.priority_holds)) and exists (select from unnest(s.holds) h where h.holder = who and h.until > at) then
        return case when has_priority then s.capacity - s.taken else s.common end > 0;
    end if;
    return slot_left(s, has_priority, at, who) > 0;
end $$;
