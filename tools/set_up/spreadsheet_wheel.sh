#!/usr/bin/env bash
# Fetches the reader of workbooks, compiled for the browser's Python, into build/wheels: the version of requirements.txt,
# which has the hashes of all its wheels.
set -euo pipefail
cd "$(dirname "$0")/../.."

read -r platform version < <(python - <<'PYTHON'
import json

with open("node_modules/pyodide/pyodide-lock.json", encoding="utf-8") as file:
    info = json.load(file)["info"]
print(f"pyemscripten_{info['abi_version']}_wasm32", ".".join(info["python"].split(".")[:2]))
PYTHON
)
rm -rf build/wheels
mkdir -p build/wheels
# pip takes hashes from a file only.
awk '/^[^ ]/ { is_wanted = /^python-calamine==/ } is_wanted' requirements.txt >build/wheels/requirements.txt
tools/set_up/quietly.sh "Fetching the reader of workbooks for the browser's Python" \
  python -m pip download --no-input --disable-pip-version-check --no-deps --only-binary :all: \
  --platform "$platform" --implementation cp --python-version "$version" --abi "cp${version/./}" \
  --require-hashes --requirement build/wheels/requirements.txt --dest build/wheels
