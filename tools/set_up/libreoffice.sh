#!/usr/bin/env bash
# Provides LibreOffice, which recalculates the workbooks: what the machine has, or else Debian's packages (12 seconds).
set -euo pipefail

if command -v soffice >/dev/null; then
  exit 0
fi
"$(dirname "$0")/debian_packages.sh" libreoffice-calc-nogui || {
  status=$?
  if [ "$status" != 3 ]; then
    exit "$status"
  fi
  echo "LibreOffice (soffice) is not here: the tests that recalculate workbooks will be skipped." >&2
}
