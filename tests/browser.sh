#!/usr/bin/env bash
# The console in a real browser: installs Chromium and its fonts where they are missing, builds a demo city, serves it, draws every
# page for axe and does the jobs of people; stops what it started. PICTURES=folder keeps a picture of every page.
set -euo pipefail
cd "$(dirname "$0")/.."
missing=()
command -v chromium >/dev/null 2>&1 || missing+=(chromium)
command -v npm >/dev/null 2>&1 || missing+=(npm)
[ -n "$(find /usr/share/fonts -name 'NotoSansCJK*' -print -quit 2>/dev/null)" ] || missing+=(fonts-noto-cjk)
if [ ${#missing[@]} -gt 0 ]; then
  timeout 300 apt-get update -qq && DEBIAN_FRONTEND=noninteractive timeout 900 apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
target="${CARGO_TARGET_DIR:-target}"
cargo build --locked -p api -p tests --bin xinxiu
judge="$target/tools/browser"
mkdir -p "$judge"
cp tests/browser/* tests/browser/.npmrc "$judge/"
(cd "$judge" && timeout 300 npm ci --ignore-scripts --no-audit --no-fund --silent)
folder=$(mktemp -d /tmp/xinxiu-console.XXXXXX)
port=$((20000 + RANDOM % 20000))
"$target/debug/xinxiu" --data "$folder/demo" demo >/dev/null 2>&1
# The provider of identities is not there: what its pages say without it is drawn, too.
export XINXIU_PUBLIC_URL="http://127.0.0.1:$port" XINXIU_OPEN_ID_ISSUER=http://127.0.0.1:9 XINXIU_OPEN_ID_CLIENT_ID=xinxiu
XINXIU_LISTEN="127.0.0.1:$port" "$target/debug/xinxiu" --data "$folder/demo" serve >"$folder/log" 2>&1 &
served=$!
trap 'kill "$served" 2>/dev/null || true; wait "$served" 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 100); do
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
  sleep 0.2
done
export XINXIU_FILES="$folder/demo/files"
export XINXIU_CONSOLE="http://127.0.0.1:$port"
wrong=0
for part in links pages journeys; do timeout 420 node "$judge/$part.mjs" || wrong=1; done
exit "$wrong"
