#!/bin/sh
# A base backup of the whole PostgreSQL cluster, checked, and the oldest ones dropped. Together with the archived log (archive_command) it restores to any second.
#   BACKUP_DIRECTORY  where backups go (default /var/backups/bot)
#   KEEP              how many are kept (default 14)
#   PGHOST, PGPORT, PGUSER, PGPASSWORD as for psql; the account needs REPLICATION
set -eu

directory=${BACKUP_DIRECTORY:-/var/backups/bot}
keep=${KEEP:-14}
name=$(date -u +%Y%m%dT%H%M%SZ)

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
echo "$directory/$name"
