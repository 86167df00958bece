#!/usr/bin/env bash
# Makes .venv with exactly what requirements.txt names, from the newest suitable Python on this machine.
set -euo pipefail
cd "$(dirname "$0")/../.."

is_suitable() {
  "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' 2>/dev/null
}

if [ ! -x .venv/bin/python ] || ! is_suitable .venv/bin/python; then
  found=
  # pyenv's shims fail for a version it lacks, so its folders are looked at as well.
  for python in python3.14 python3.13 python3.12 python3 python "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python; do
    if is_suitable "$python"; then
      found=$python
      break
    fi
  done
  if [ -z "$found" ]; then
    echo "Python 3.12 or newer is needed, with its venv module; none was found. Install it and run this again." >&2
    exit 1
  fi
  "$found" -m venv --clear .venv
fi

install=(.venv/bin/python -m pip install --no-input --disable-pip-version-check)
tools/set_up/quietly.sh "Installing the packages of requirements.txt into .venv" \
  "${install[@]}" --require-hashes --requirement requirements.txt
tools/set_up/quietly.sh "Installing this project into .venv" "${install[@]}" --no-deps --no-build-isolation --editable .
