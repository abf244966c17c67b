# Sourced by services.sh and bench.sh: installs what is missing, starts a PostgreSQL of its own (with $settings), stops it at the end.
need() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
missing=()
need openssl openssl
need python3 python3
python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
[ -x /usr/lib/postgresql/15/bin/initdb ] || missing+=(postgresql-15)
need npm npm
need cc gcc
need spin spin
need faketime faketime
need strace strace
need pdftotext poppler-utils
[ -n "$(find /usr/share/fonts -name 'NotoSerifCJK*' -print -quit 2>/dev/null)" ] || missing+=(fonts-noto-cjk)
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
bin=/usr/lib/postgresql/15/bin
# In memory where there is room: a hundred thousand small files take minutes to delete from a disk.
room=$(df --output=avail -k /dev/shm 2>/dev/null | tail -1 || echo 0)
base=/tmp; if [ "${room:-0}" -gt $((6 * 1024 * 1024)) ] && [ -z "${ondisk:-}" ]; then base=/dev/shm; fi
folder=$(mktemp -d "$base/xinxiu-pg.XXXXXX")
port=$((20000 + RANDOM % 20000))
as=()
if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; as=(runuser -u postgres --); fi
cd "$folder"
"${as[@]}" "$bin/initdb" -D "$folder/data" -A trust -U xinxiu -E UTF8 --locale=C >/dev/null
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c max_connections=400 ${settings:-}" start >/dev/null
stop() { "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
cd - >/dev/null
