#!/usr/bin/env bash
# Asks the registries for known faults of every pinned package. Ends with 1 where there is one, and also where a registry
# does not answer: nothing found is said only after something was asked.
set -uo pipefail

status=0
echo "npm audit, $(date --utc +%F):"
npm audit --package-lock-only || status=1
echo "pip-audit, $(date --utc +%F):"
build/audit/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off \
  --requirement requirements.txt || status=1
exit "$status"
