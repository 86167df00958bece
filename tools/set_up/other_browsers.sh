#!/usr/bin/env bash
# Provides Firefox and WebKitGTK's small browser, with a screen for it: what the machine has, or else Debian's packages.
set -euo pipefail

missing=()
if [ -z "${FIREFOX:-}" ] && ! command -v firefox-esr >/dev/null && ! command -v firefox >/dev/null; then
  missing+=(firefox-esr)
fi
if ! compgen -G "/usr/lib/*/webkit2gtk-4.*/MiniBrowser" >/dev/null; then
  missing+=(libwebkit2gtk-4.1-0)
fi
if ! command -v Xvfb >/dev/null; then
  missing+=(xvfb)
fi
if [ "${#missing[@]}" = 0 ]; then
  exit 0
fi
for package in "${missing[@]}"; do
  # One by one: Ubuntu, say, has no firefox-esr.
  "$(dirname "$0")/debian_packages.sh" "$package" || {
    echo "$package is not here: the tests in that browser will be skipped." >&2
  }
done
