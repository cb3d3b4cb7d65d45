-- What the hosts' account may do: read and write everything, but neither change the tables nor what the audit log says. An administrator makes the account,
--   psql -c "create role bot_host login password '…'"
-- `migrate`, run with the account that owns the tables, gives it these rights each time, and `ConnectionStrings:Postgres` of the hosts names it.
grant usage on schema public to bot_host;
grant select, insert, update, delete on all tables in schema public to bot_host;
grant usage, select on all sequences in schema public to bot_host;
alter default privileges in schema public grant select, insert, update, delete on tables to bot_host;
alter default privileges in schema public grant usage, select on sequences to bot_host;

-- An act is written and sealed, once, and the database says when; nobody who steals a host's password rewrites the past, or writes one.
revoke insert, update, delete on audit_entry from bot_host;
grant insert (actor, act, subject_kind, subject, details) on audit_entry to bot_host;
grant update (seal, previous_hash, hash) on audit_entry to bot_host;
revoke insert, update, delete on schema_migration from bot_host;
