# Shared by start.sh and stop.sh.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CACHE=${DOCDB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/trailroom/mongo-server}
SUITES=${DOCDB_SUITES:-sid testing}  # the Debian suites that have postgresql-18-documentdb, tried in this order
PGVER=18
PGUID=5499                           # PostgreSQL refuses uid 0; this one exists only inside the root folder
PGBIN=/usr/lib/postgresql/$PGVER/bin
ROOT=$CACHE/root
NODE=${NODE:-node}

die() { echo "mongo test server: $*" >&2; exit 1; }
say() { echo "mongo test server: $*" >&2; }

# Runs a program inside the root folder as the database user: by chroot for root, else in a user namespace.
inside() {
  local root=$1; shift
  if [ "$(id -u)" = 0 ]; then LC_ALL=C.UTF-8 chroot --userspec=$PGUID:$PGUID "$root" "$@"
  else LC_ALL=C.UTF-8 unshare --user --map-user=$PGUID --map-group=$PGUID --keep-caps chroot "$root" "$@"; fi
}
own() { if [ "$(id -u)" = 0 ]; then chown -R $PGUID:$PGUID "$@"; fi; }

# Is the process of this pid file the one meant? By its command line, which a dead process that nobody reaped no longer has.
running() { # running PIDFILE TEXT
  [ -e "$1" ] && { tr '\0' ' ' <"/proc/$(head -1 "$1")/cmdline"; } 2>/dev/null | grep -qF -- "$2"
}
gateway_runs() { running "$ROOT/i/$1/gateway.pid" "gateway/main.mjs --port $1 "; }
pg_runs() { running "$ROOT/i/$1/data/postmaster.pid" "/i/$1/data"; }
