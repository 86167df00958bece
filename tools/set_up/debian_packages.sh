#!/usr/bin/env bash
# debian_packages.sh package …: installs packages of Debian. Ends with 3 where that is not possible: no apt-get, not root.
set -euo pipefail

if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  exit 3
fi
export DEBIAN_FRONTEND=noninteractive
quietly=$(dirname "$0")/quietly.sh
"$quietly" "Reading which packages Debian has" apt-get update
"$quietly" "Installing from Debian: $*" apt-get install --yes --no-install-recommends "$@"
