#!/usr/bin/env bash
# Builds the release program, starts a PostgreSQL with its default durability, measures, stops it.
# BENCH_SECONDS (5) and BENCH_ROUNDS (5) make it shorter or longer; BENCH_RECORDS is how many records are prepared.
set -euo pipefail
cd "$(dirname "$0")/.."
ondisk=1
. tests/postgres.sh
cargo build --locked --release -p api -p tests --bin xinxiu --example bench
"$bin/createdb" -h 127.0.0.1 -p "$port" -U xinxiu house
export BENCH_POSTGRES="postgres://xinxiu@127.0.0.1:$port/house" BENCH_POSTGRES_DATA="$folder/data"
target=${CARGO_TARGET_DIR:-target}
BENCH_PROGRAM="$target/release/xinxiu" "$target/release/examples/bench"
