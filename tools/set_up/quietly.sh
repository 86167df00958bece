#!/usr/bin/env bash
# quietly.sh "What is done" command …: says what is done in one line, and what the command printed only if it fails.
# Installers warn of things that are not the newcomer's to judge: other indexes, missing helpers, new versions.
set -euo pipefail

echo "$1"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"${@:2}" >"$log" 2>&1 </dev/null || {
  status=$?
  cat "$log" >&2
  exit "$status"
}
