#!/bin/sh
# Makes a new data directory out of a base backup and the archived log, up to a moment or to the end. Never touches the directory that is in use.
#   restore.sh BACKUP ARCHIVE TARGET_DIRECTORY ['2026-11-22 13:45:00+08']
# Then: start PostgreSQL on TARGET_DIRECTORY; when it has caught up it opens for writing on a time line of its own, which is not archived before somebody says so:
#   alter system reset archive_mode; alter system reset restore_command; alter system reset recovery_target_time;   and a restart
set -eu

[ $# -ge 3 ] || { sed -n '2,5p' "$0" >&2; exit 64; }
backup=$1 archive=$2 target=$3 moment=${4:-}
[ -f "$backup/backup_manifest" ] || { echo "$backup is no base backup" >&2; exit 1; }
[ -d "$archive" ] || { echo "$archive, where archive_command puts the log, is not there" >&2; exit 1; }
[ ! -e "$target" ] || { echo "$target is there already" >&2; exit 1; }

umask 077
cp -a "$backup" "$target"
chmod 700 "$target"
cat >> "$target/postgresql.auto.conf" <<CONF
restore_command = 'if [ -f "$archive/%f.gz" ]; then gunzip -c "$archive/%f.gz" > "%p"; else cp "$archive/%f" "%p"; fi'
recovery_target_action = 'promote'
archive_mode = off
CONF
[ -z "$moment" ] || echo "recovery_target_time = '$moment'" >> "$target/postgresql.auto.conf"
touch "$target/recovery.signal"
echo "$target"
