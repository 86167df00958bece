#!/usr/bin/env bash
# Provides hunspell with its English, Korean and Greek dictionaries: what the machine has, or else Debian's packages.
set -euo pipefail

missing=()
for dictionary in en_US ko_KR el_GR; do
  if ! command -v hunspell >/dev/null || ! hunspell -d "$dictionary" -l </dev/null >/dev/null 2>&1; then
    missing+=("$dictionary")
  fi
done
if [ "${#missing[@]}" = 0 ]; then
  exit 0
fi
if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  echo "hunspell lacks ${missing[*]}: the tests of spelling in these languages will be skipped." >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends hunspell hunspell-en-us hunspell-ko hunspell-el >/dev/null
