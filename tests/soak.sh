#!/usr/bin/env bash
# Builds the release program and a demo city, serves it, asks it hostile questions, and kills it with acts in flight;
# SOAK_QUERIES (220000) and SOAK_KILLS (300) make it shorter.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
profile=${SOAK_PROFILE:-release}
flags=(--locked); if [ "$profile" = release ]; then flags+=(--release); fi
cargo build "${flags[@]}" -p api -p tests --bin xinxiu --example soak
program=$target/$profile/xinxiu
folder=$(mktemp -d /tmp/xinxiu-soak.XXXXXX)
server=
stop() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"; }
trap stop EXIT
"$program" --data "$folder/house" demo >/dev/null
"$program" --data "$folder/house" serve --listen 127.0.0.1:0 >"$folder/address" 2>"$folder/log" &
server=$!
for _ in $(seq 100); do [ -s "$folder/address" ] && break; sleep 0.1; done
"$target/$profile/examples/soak" --url "$(head -1 "$folder/address")" --queries "${SOAK_QUERIES:-220000}" ${SOAK_KEEP:+--keep "$SOAK_KEEP"}
kill "$server"; wait "$server" || true; server=
# Hostile sign-ins lock accounts; the kills have a house of their own.
rm -rf "$folder/house"; "$program" --data "$folder/house" demo >/dev/null
"$target/$profile/examples/soak" --kills "${SOAK_KILLS:-300}" --program "$program" --data "$folder/house"
