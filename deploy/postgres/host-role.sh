#!/bin/sh
# Run by the image once, when its volume is new: makes the account of the hosts. What it may do, `migrate` gives it (deploy/roles.sql).
set -eu
psql -v ON_ERROR_STOP=1 -v password="$BOT_HOST_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role bot_host login password :'password';
SQL
