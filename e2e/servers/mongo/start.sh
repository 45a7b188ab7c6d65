#!/bin/bash
# start.sh PORT [REPLICA_SET]
# A MongoDB-compatible server on 127.0.0.1:PORT, with no MongoDB in it: Debian's DocumentDB extension of PostgreSQL
# in a root folder of its own, and gateway/ in front of it. The first run downloads about 70 MB by apt.
#   DOCDB_CACHE=folder   where everything is kept (default ~/.cache/trailroom/mongo-server)
#   FRESH=1              drop the data that an earlier run on this port left
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
PORT=${1:?usage: start.sh PORT [REPLICA_SET]}
RS=${2:-rs0}
I=$ROOT/i/$PORT
URL="mongodb://127.0.0.1:$PORT/?replicaSet=$RS&directConnection=true"
command -v "$NODE" >/dev/null || die "node is not in PATH (or set NODE)"
mkdir -p "$CACHE"
exec 9>"$CACHE/lock"
flock 9 # one set-up at a time; closed for the daemons below, or they would hold it

# ---- 1. the root folder
# Needed only by parts of PostGIS (raster, 3D), by package scripts or by people: left out, it halves the download.
NOT='gdal|sfcgal|^systemd|gnupg|^gpg|dirmngr|pinentry|perl|^locales|libc-l10n|fonts|fontconfig|adduser|passwd|debconf|procps|^ucf|sensible|boost|hdf|netcdf|spatialite|armadillo|poppler|heif|avif|jxl|aom|dav1d|svtav1|rav1e|gav1|de265|odbc|mariadb|mysql|nss3|nspr4|arpack|superlu|blas|lapack|gfortran|xerces|qhull|cfitsio|freexl|kml|minizip|geotiff|openjp|libgif|libarchive'
APT=()
apt_setup() { # apt_setup SUITE
  local a=$CACHE/apt mirror key=/usr/share/keyrings/debian-archive-keyring.gpg
  mkdir -p "$a"/lists/partial "$a"/cache/archives/partial "$a"/debs; : >"$a/status"
  # the machine's own Debian mirror, with the suite replaced
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' 'Origin: Debian' | grep -v security | head -1 || true)
  [ -n "$mirror" ] || mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' | grep '/debian/*$' | head -1 || true)
  [ -n "$mirror" ] || die "no Debian mirror in this machine's apt sources"
  [ -e $key ] && key="[signed-by=$key]" || key=
  echo "deb $key $mirror $1 main" >"$a/sources.list"
  APT=(-qq -o "Dir::Etc::sourcelist=$a/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferencesparts=/dev/null
    -o "Dir::State::Lists=$a/lists" -o "Dir::Cache=$a/cache" -o "Dir::State::status=$a/status" -o Acquire::Languages=none
    -o "APT::Sandbox::User=$(id -un)" -o APT::Get::Assume-Yes=true)
  apt-get "${APT[@]}" update
}
unpack() { # unpack ROOT: every .deb of the download folder that is not there yet
  local d
  for d in "$CACHE"/apt/debs/*.deb; do
    dpkg-deb --fsys-tarfile "$d" | tar -x --keep-directory-symlink --no-same-owner -C "$1" -f - || die "cannot unpack $d"
  done
}
missing() { # libraries that a needed binary does not find
  local f
  for f in $PGBIN/{postgres,initdb,pg_ctl,psql} /usr/lib/postgresql/$PGVER/lib/{pg_documentdb,pg_documentdb_core,pg_documentdb_extended_rum,pg_documentdb_extended_rum_core,pg_cron,vector,postgis-3,tsm_system_rows,plpgsql}.so; do
    inside "$1" /lib64/ld-linux-x86-64.so.2 --list "$f" 2>&1 | grep -E 'not found|cannot open' || true
  done
}
build_root() {
  local r=$CACHE/root.new list= suite d f
  say "first run: fetching PostgreSQL $PGVER with DocumentDB from Debian"
  rm -rf "$r" "$CACHE/apt/debs"
  for suite in $SUITES; do
    apt_setup "$suite" && list=$(apt-get "${APT[@]}" -q=1 install -s --no-install-recommends postgresql-$PGVER-documentdb dash | awk '/^Inst/ {print $2}') && [ -n "$list" ] && break
    say "not installable from $suite"; list=
  done
  [ -n "$list" ] || die "no installable postgresql-$PGVER-documentdb in: $SUITES"
  cd "$CACHE/apt/debs"
  apt-get "${APT[@]}" download $(grep -vE "$NOT" <<<"$list") >&2 || die "download failed"
  mkdir -p "$r"/{usr/bin,usr/sbin,usr/lib,usr/lib64,etc,tmp,dev,proc,i}
  for d in bin sbin lib lib64; do ln -s "usr/$d" "$r/$d"; done
  unpack "$r"
  printf 'root:x:0:0::/:/bin/sh\npostgres:x:%s:%s::/:/bin/sh\n' $PGUID $PGUID >"$r/etc/passwd"
  printf 'root:x:0:\npostgres:x:%s:\n' $PGUID >"$r/etc/group"
  echo '127.0.0.1 localhost' >"$r/etc/hosts"
  chmod 1777 "$r/tmp"
  mknod -m 666 "$r/dev/null" c 1 3 2>/dev/null || : >"$r/dev/null" # a plain file does where devices are not allowed
  ldconfig -r "$r" 2>/dev/null || true
  for f in "$r"/usr/share/postgresql/$PGVER/extension/postgis*-3.control; do ln -sf "$(basename "$f")" "${f%-3.control}.control"; done
  if [ -n "$(missing "$r")" ]; then
    say "some libraries are missing; fetching the whole set"
    apt-get "${APT[@]}" download $list >&2 || die "download failed"
    unpack "$r"; ldconfig -r "$r" 2>/dev/null || true
    [ -z "$(missing "$r")" ] || die "still missing: $(missing "$r")"
  fi
  ls >"$r/packages.txt" # what went in, with versions
  cd "$HERE"; rm -rf "$CACHE/apt/debs" "$CACHE/apt/cache" "$ROOT"
  mv "$r" "$ROOT"
}

# ---- 2. the template: an empty cluster with the extension
build_template() {
  local t=$ROOT/i/template
  say "creating the database template"
  rm -rf "$t" "$ROOT/template"; mkdir -p "$t/sock"; mkdir "$t/data"; own "$t"; chmod 700 "$t/data"
  inside "$ROOT" $PGBIN/initdb -D /i/template/data -U postgres -A trust --locale=C.UTF-8 -E UTF8 --no-sync --no-instructions >"$CACHE/initdb.log" 2>&1 || { cat "$CACHE/initdb.log" >&2; die "initdb failed"; }
  cat >>"$t/data/postgresql.conf" <<CONF
listen_addresses = ''
max_connections = 120
shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb,pg_documentdb_extended_rum'
dynamic_shared_memory_type = mmap
max_worker_processes = 24
cron.database_name = 'postgres'
cron.use_background_workers = on
cron.log_run = off
cron.log_statement = off
deadlock_timeout = 20ms
documentdb.throwDeadlockOnCRUD = on
documentdb.useFileBasedPersistedCursors = on
documentdb.defaultCursorExpiryTimeLimitSeconds = 600
# this index kind gives rows in the order of the index, as mongod's do: without it every sort reads all that match
documentdb.alternate_index_handler_name = 'extended_rum'
ssl = off
jit = off
fsync = off  # what was acknowledged survives the end of the process, not of the machine
full_page_writes = off
log_min_messages = fatal
include_if_exists = 'instance.conf'
CONF
  pg_start template
  # indexes are built by createIndexes itself, so the jobs that poll for index builds are not needed
  inside "$ROOT" $PGBIN/psql -q -h /i/template/sock -U postgres -v ON_ERROR_STOP=1 >&2 <<SQL
SET client_min_messages = warning;
CREATE EXTENSION documentdb CASCADE;
CREATE EXTENSION documentdb_extended_rum;
SELECT cron.unschedule(jobid) FROM cron.job WHERE command LIKE '%build_index_concurrently%' \g /dev/null
VACUUM (FREEZE, ANALYZE);
CHECKPOINT;
SQL
  pg_stop template fast
  echo "$STAMP" >"$t/stamp"
  mv "$t" "$ROOT/template"
}
pg_start() {
  cat >"$ROOT/i/$1/data/instance.conf" <<CONF
unix_socket_directories = '/i/$1/sock'
documentdb.localhost_connection_string = 'host=/i/$1/sock'
CONF
  own "$ROOT/i/$1/data/instance.conf"
  inside "$ROOT" $PGBIN/pg_ctl -D "/i/$1/data" -l "/i/$1/data/log" -s -w start >&2 9>&- || { tail -20 "$ROOT/i/$1/data/log" >&2; die "PostgreSQL did not start"; }
}
pg_stop() { inside "$ROOT" $PGBIN/pg_ctl -D "/i/$1/data" -s -m "$2" -w stop >&2; }

[ -e "$ROOT/packages.txt" ] || build_root
STAMP=$(cksum <"$HERE/start.sh")
[ "$(cat "$ROOT/template/stamp" 2>/dev/null)" = "$STAMP" ] || build_template

# ---- 3. this instance
if [ "${FRESH:-}" = 1 ]; then "$HERE/stop.sh" "$PORT" >/dev/null; rm -rf "$I"; fi
if [ ! -d "$I" ]; then mkdir -p "$ROOT/i"; cp -a "$ROOT/template" "$I.new"; mv "$I.new" "$I"; fi
if ! pg_runs "$PORT"; then rm -f "$I/data/postmaster.pid" "$I"/sock/.s.PGSQL.*; pg_start "$PORT"; fi
if ! gateway_runs "$PORT"; then
  cd "$I" # the socket is reached as /proc/self/cwd/sock: a socket's path must be short, this folder's may be long
  nohup "$NODE" "$HERE/gateway/main.mjs" --port "$PORT" --replica-set "$RS" --pg-host /proc/self/cwd/sock >gateway.log 2>&1 </dev/null 9>&- &
  echo $! >gateway.pid
  for _ in $(seq 100); do
    grep -q '^listening' gateway.log && break
    gateway_runs "$PORT" || { cat gateway.log >&2; die "the gateway did not start"; }
    sleep 0.1
  done
fi
echo "$URL"
