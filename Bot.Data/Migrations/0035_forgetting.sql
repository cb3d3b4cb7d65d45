-- What is forgotten in time, and found without reading what was forgotten before; and an audit log that nobody dates or seals but the database.

-- When a citizen asked to be forgotten, and when what led to whoever filed the case was taken out of it.
alter table case_file
    add column erased_at timestamptz,
    add column forgotten_at timestamptz;

create index case_file_to_forget on case_file (closed_at) where forgotten_at is null and closed_at is not null;
create index case_file_erased on case_file (closed_at) where erased_at is not null and forgotten_at is null;
create index visit_known on visit (day) where openid <> '';

-- Not valid: what lies outside the chain already is told of by the verification.
alter table audit_entry add constraint audit_entry_seal_from_one check (seal >= 1) not valid;

-- Whatever a host says, an act happens now, and is sealed afterwards.
create function audit_entry_begins() returns trigger language plpgsql as $$
begin
    if num_nonnulls(new.seal, new.previous_hash, new.hash) > 0 then
        raise exception 'an act is sealed after it was written';
    end if;
    new.at := clock_timestamp();
    return new;
end $$;

create trigger audit_entry_begins before insert on audit_entry for each row execute function audit_entry_begins();
