#!/usr/bin/env bash
# Provides Chromium and fonts for the browser tests: what the machine has, or else Debian's packages.
set -euo pipefail

if [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
  || command -v google-chrome >/dev/null; then
  exit 0
fi
# Without a font for them, Korean and Japanese are boxes of another width.
"$(dirname "$0")/debian_packages.sh" chromium fonts-noto-cjk fonts-dejavu-core || {
  status=$?
  if [ "$status" = 3 ]; then
    echo "The browser tests need Chromium: install it, or set CHROMIUM to the path of one you have." >&2
  fi
  exit "$status"
}
