#!/usr/bin/env bash
# Provides other generators, each in a folder of its own: nothing but `make generators` needs them. Versions and hashes
# are those of generators_*.txt; Zensical's is the last one that its add-on for languages takes.
set -euo pipefail
cd "$(dirname "$0")/../.."

for name in forks zensical; do
  python -m venv --clear "build/generators/$name"
  tools/set_up/quietly.sh "Installing build/generators/$name" \
    "build/generators/$name/bin/python" -m pip install --no-input --disable-pip-version-check \
    --require-hashes --requirement "tools/set_up/generators_$name.txt"
done
