-- What is left to take as slot_left counts it, past those who wait: of it they are offered.
create function slot_free(s slot, has_priority boolean, at timestamptz, who uuid) returns integer language plpgsql stable as $$
begin
    s.queued := 0;
    return slot_left(s, has_priority, at, who);
end $$;
