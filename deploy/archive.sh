#!/bin/sh
# PostgreSQL's archive_command: packs a segment of its log into the archive.
#   archive.sh %p /archive/%f
set -eu

segment=$1 kept=$2.gz
# There already: a server that died before it noted this one as archived asks again, and would ask for ever. Another log of the same name is never written over.
if [ -f "$kept" ]; then
  gunzip -c "$kept" | cmp -s - "$segment" || { echo "$kept is there with other content" >&2; exit 1; }
  exit 0
fi
# On the disk before it is told of, since the server then forgets its own.
gzip -1 < "$segment" > "$2.part"
sync "$2.part"
mv "$2.part" "$kept"
sync "$(dirname "$kept")"
