#!/usr/bin/env bash
# Installs what the tests need, starts a PostgreSQL of their own, runs them, stops it. Extra arguments go to the test
# binary; a run of everything ends with the console in a real browser and the count of transitions taken and guards that refused.
set -euo pipefail
cd "$(dirname "$0")/.."
settings="-c shared_preload_libraries=pg_stat_statements"
. tests/postgres.sh
export XINXIU_TEST_POSTGRES="postgres://xinxiu@127.0.0.1:$port"
export XINXIU_TEST_COVERAGE="$folder/observed"
mkdir -p "$XINXIU_TEST_COVERAGE"
# Both packages in one selection: chosen one by one they ask for other features, and the program is built twice.
both=(--locked -p api -p tests)
cargo build "${both[@]}" --bin xinxiu --test proof --example coverage
# What fails or does not end is named at the end, where it is read.
if ! timeout --kill-after=30 3000 cargo test "${both[@]}" --test proof -- "$@" 2>&1 | tee "$folder/tests"; then
  awk '/ has been running for over /{began[$2] = 1} / \.\.\. /{delete began[$2]} / \.\.\. FAILED/{print "failed: " $2} END{for (name in began) print "did not end: " name}' "$folder/tests"
  exit 1
fi
if [ $# -eq 0 ]; then tests/browser.sh; fi
if [ $# -eq 0 ]; then "${CARGO_TARGET_DIR:-target}/debug/examples/coverage" "$XINXIU_TEST_COVERAGE" tests/coverage/missing.txt; fi
