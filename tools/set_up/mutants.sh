#!/usr/bin/env bash
# Provides mutmut, apart from everything else: nothing but `make mutants` needs it. Versions and hashes are those of
# mutants_requirements.txt; what the tests import comes from .venv.
set -euo pipefail
cd "$(dirname "$0")/../.."

rm -rf build/mutants
.venv/bin/python -m venv build/mutants
tools/set_up/quietly.sh "Installing mutmut into build/mutants" \
  build/mutants/bin/python -m pip install --no-input --disable-pip-version-check \
  --require-hashes --requirement tools/set_up/mutants_requirements.txt
find_packages='import sysconfig; print(sysconfig.get_path("purelib"))'
.venv/bin/python -c "$find_packages" > "$(build/mutants/bin/python -c "$find_packages")/of_the_tests.pth"
