#!/bin/sh
# A base backup of the whole PostgreSQL cluster, checked; the oldest ones are dropped, and of the archived log what only they needed. With the rest of that log
# (archive_command) a backup restores to any second.
#   BACKUP_DIRECTORY  where backups go (default /var/backups/bot)
#   KEEP              how many are kept (default 14)
#   ARCHIVE           where archive_command puts the log, to be cleared of what no backup needs; empty: nothing is cleared
#   PGHOST, PGPORT, PGUSER, PGPASSWORD as for psql; the account needs REPLICATION
#   PG_BIN            folder with pg_verifybackup, of the server's version (default: where Debian and Red Hat put it)
set -eu

directory=${BACKUP_DIRECTORY:-/var/backups/bot}
keep=${KEEP:-14}
name=$(date -u +%Y%m%dT%H%M%SZ)

# Debian has it out of the path, once for each version.
major=$(psql -d postgres -Atqc "select current_setting('server_version_num')::int / 10000")
for bin in "${PG_BIN:-}" "/usr/lib/postgresql/$major/bin" "/usr/pgsql-$major/bin"; do
  [ ! -x "$bin/pg_verifybackup" ] || { PATH=$bin:$PATH; break; }
done
command -v pg_verifybackup >/dev/null || { echo "pg_verifybackup $major is missing: say with PG_BIN where it is" >&2; exit 69; }

umask 077
mkdir -p "$directory"
trap 'rm -rf "$directory/.$name"' EXIT
# With the log that it needs to be consistent by itself, and checksums of every file.
pg_basebackup --pgdata "$directory/.$name" --wal-method stream --checkpoint fast --manifest-checksums SHA256 --no-password
pg_verifybackup --quiet "$directory/.$name"
mv "$directory/.$name" "$directory/$name"
trap - EXIT

# Names sort by time.
ls -1 "$directory" | grep -E '^[0-9]{8}T[0-9]{6}Z$' | sort -r | tail -n "+$((keep + 1))" | while read -r old; do
  rm -rf "${directory:?}/$old"
done

# A backup names the segment that it begins with. Where nothing is archived there is nothing to clear.
if [ -n "${ARCHIVE:-}" ] && [ "$(psql -d postgres -Atqc 'show archive_mode')" != off ]; then
  oldest=$(ls -1 "$directory" | grep -E '^[0-9]{8}T[0-9]{6}Z$' | sort | head -n 1)
  begins=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]\{24\}\))$/\1/p' "$directory/$oldest/backup_label")
  [ -n "$begins" ] || { echo "$directory/$oldest/backup_label names no segment: $ARCHIVE is left as it is" >&2; exit 1; }
  pg_archivecleanup -x .gz "$ARCHIVE" "$begins"
fi
echo "$directory/$name"
