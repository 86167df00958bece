#!/usr/bin/env bash
# Provides pip-audit, apart from everything else: nothing but `make audit` needs it. Versions and hashes are those of
# audit_requirements.txt.
set -euo pipefail
cd "$(dirname "$0")/../.."

python -m venv --clear build/audit
tools/set_up/quietly.sh "Installing pip-audit into build/audit" \
  build/audit/bin/python -m pip install --no-input --disable-pip-version-check \
  --require-hashes --requirement tools/set_up/audit_requirements.txt
