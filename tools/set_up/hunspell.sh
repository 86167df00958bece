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
"$(dirname "$0")/debian_packages.sh" hunspell hunspell-en-us hunspell-ko hunspell-el || {
  status=$?
  if [ "$status" != 3 ]; then
    exit "$status"
  fi
  echo "hunspell lacks ${missing[*]}: the tests of spelling in these languages will be skipped." >&2
}
