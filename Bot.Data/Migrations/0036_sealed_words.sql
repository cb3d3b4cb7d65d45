-- What citizens write in their own words lies sealed beside what is shown: telephones and numbers of documents and cards are masked in what handlers read.

-- As written by the citizen, where that differs from words; bound to the run.
alter table case_event add column words_sealed bytea check (octet_length(words_sealed) <= 100000);

-- Words may be erased, and what was sealed be sealed anew or erased; nothing else.
create or replace function case_event_is_final() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.words in (old.words, '') and (new.id, new.case_id, new.at, new.actor, new.act, new.state, new.shown)
        = (old.id, old.case_id, old.at, old.actor, old.act, old.state, old.shown) then
        return new;
    end if;
    raise exception 'the timeline of a case is append-only';
end $$;

-- What is said at the desk: sealed, bound to seal_id; words then says only that.
alter table conversation_line
    add column seal_id uuid,
    add column sealed bytea check (octet_length(sealed) <= 9000);
alter table conversation_line add constraint conversation_line_sealed_wholly check (num_nulls(seal_id, sealed) in (0, 2));
