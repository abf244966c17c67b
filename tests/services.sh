#!/usr/bin/env bash
# Installs what the tests need, starts a PostgreSQL of their own, runs them, stops it. Extra arguments go to the test binary.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/postgres.sh
export XINXIU_TEST_POSTGRES="postgres://xinxiu@127.0.0.1:$port"
cargo build --locked --bin xinxiu
cargo test --locked -p tests --test proof -- "$@"
