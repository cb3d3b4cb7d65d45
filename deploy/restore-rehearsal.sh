#!/bin/sh
# Proves that a backup can be restored: base backup, more writes, restore of both into a server of its own beside the real one, then the same number of rows in
# every table and an audit chain that verifies. Changes nothing in the source but a log switch.
#   PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE  the source; the account needs REPLICATION and pg_switch_wal
#   ARCHIVE        where the source's archive_command puts the log
#   BOT            the published folder, with the settings in the environment as for the Host (default: the command bot)
#   PORT           of the restored server while it is looked at (default 54329)
#   PG_BIN         folder with postgres and pg_ctl, of the source's version (default: where Debian and Red Hat put them)
set -eu

: "${ARCHIVE:?where archive_command puts the log}"
here=$(cd "$(dirname "$0")" && pwd)
port=${PORT:-54329}
export PGDATABASE=${PGDATABASE:-bot} PGCONNECT_TIMEOUT=5
major=$(psql -Atqc "select current_setting('server_version_num')::int / 10000")
for bin in "${PG_BIN:-}" "/usr/lib/postgresql/$major/bin" "/usr/pgsql-$major/bin" "$(dirname "$(command -v pg_ctl || echo /nowhere/)")"; do
  [ ! -x "$bin/pg_ctl" ] || break
done
[ -x "$bin/pg_ctl" ] || { echo "pg_ctl $major is missing: say with PG_BIN where it is" >&2; exit 69; }
PATH=$bin:$PATH
work=$(mktemp -d)
chmod 755 "$work"

# PostgreSQL does not run as root.
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u "${OWNER:-postgres}" -- "$@"; else "$@"; fi; }
finish() {
  as_owner pg_ctl -D "$work/restored" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap finish EXIT

# Estimates would be quicker; a rehearsal counts.
counts() {
  psql "$@" -Atqc "select format('select %L, count(*) from %I.%I;', relname, schemaname, relname) from pg_stat_user_tables order by schemaname, relname" |
    psql "$@" -v ON_ERROR_STOP=1 -Atq | sort
}

echo "1 backing up"
# The archive stays as it is: the backups of every night need it, and this one is gone at the end.
archive=$ARCHIVE
unset ARCHIVE
backup=$(BACKUP_DIRECTORY="$work/backups" KEEP=1 "$here/backup.sh")
ARCHIVE=$archive
echo "2 counting, and waiting for the archive"
counts > "$work/before"
[ -s "$work/before" ] || { echo "There is nothing to compare in $PGDATABASE" >&2; exit 1; }
segment=$(psql -Atqc "select pg_walfile_name(pg_switch_wal())")
archived() { [ -f "$ARCHIVE/$segment.gz" ] || [ -f "$ARCHIVE/$segment" ]; }
for _ in $(seq 1 120); do archived && break; sleep 1; done
archived || { echo "$segment never reached $ARCHIVE" >&2; exit 1; }

echo "3 restoring"
began=$(date +%s)
"$here/restore.sh" "$backup" "$ARCHIVE" "$work/restored" >/dev/null
# Debian keeps the settings elsewhere. What a standby has to have as large as its source is said in any case.
psql -Atqc "select format('%s = %s', name, setting) from pg_settings where name in
  ('max_connections', 'max_worker_processes', 'max_wal_senders', 'max_prepared_transactions', 'max_locks_per_transaction')" >> "$work/restored/postgresql.conf"
[ "$(id -u)" != 0 ] || chown -R "${OWNER:-postgres}" "$work/restored"
# Of this machine only, and without the source's own way of archiving and authenticating.
printf 'local all all trust\nhost all all 127.0.0.1/32 trust\n' > "$work/restored/pg_hba.conf"
as_owner pg_ctl -D "$work/restored" -w -t 600 -l "$work/restored/rehearsal.log" \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c config_file=$work/restored/postgresql.conf -c hba_file=$work/restored/pg_hba.conf" start >/dev/null \
  || { tail -n 20 "$work/restored/rehearsal.log" >&2; exit 1; }
restored="-h 127.0.0.1 -p $port"
for _ in $(seq 1 600); do
  # shellcheck disable=SC2086 # options, a word each
  [ "$(psql $restored -Atqc 'select pg_is_in_recovery()')" = t ] || break
  sleep 1
done
echo "  took $(($(date +%s) - began)) s"

echo "4 comparing"
# shellcheck disable=SC2086
counts $restored > "$work/after"
diff "$work/before" "$work/after" || { echo "The counts differ: was anybody writing meanwhile? Rehearse with the hosts stopped, or on a standby." >&2; exit 1; }
echo "  $(wc -l < "$work/after") tables, $(awk -F'|' '{ n += $2 } END { print n }' "$work/after") rows, all equal"

echo "5 verifying the audit log"
export ConnectionStrings__Postgres="Host=127.0.0.1;Port=$port;Database=$PGDATABASE;Username=${PGUSER:-$(id -un)}"
# Required of every verb, and not used by this one.
export ConnectionStrings__Redis="${ConnectionStrings__Redis:-127.0.0.1:1}"
if [ -n "${BOT:-}" ]; then dotnet "$BOT/Bot.Host.dll" audit verify; else bot audit verify; fi
echo "The rehearsal succeeded."
