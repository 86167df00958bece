#!/usr/bin/env bash
# debian_packages.sh package …: installs packages of Debian, as root; on a runner of CI (CI=true) by sudo. Ends with 3 where
# that is not possible: no apt-get, not root. On CI that is an error: tests that are skipped there are never run.
set -euo pipefail

as_root=(env)
if command -v apt-get >/dev/null && [ "$(id -u)" != 0 ] && [ "${CI:-}" = true ]; then
  as_root=(sudo --non-interactive)
elif ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  if [ "${CI:-}" = true ]; then
    echo "No apt-get: on CI every test must run, and these need: $*" >&2
    exit 1
  fi
  exit 3
fi
quietly=$(dirname "$0")/quietly.sh
"$quietly" "Reading which packages Debian has" "${as_root[@]}" apt-get update
"$quietly" "Installing from Debian: $*" \
  "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
