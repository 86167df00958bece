#!/usr/bin/env bash
# Provides Spark for tests/warehouse/test_spark.py, half a gigabyte that nothing else needs: PySpark in a folder of its
# own, put before what .venv has, and Java from Debian's packages where there is none. Version and hashes are those of
# spark_requirements.txt; Ibis 12 takes PySpark below 4.1.
set -euo pipefail
cd "$(dirname "$0")/../.."

rm -rf build/spark
tools/set_up/quietly.sh "Installing PySpark into build/spark" \
  .venv/bin/python -m pip install --no-input --disable-pip-version-check --no-deps --target build/spark \
  --require-hashes --requirement tools/set_up/spark_requirements.txt
command -v java >/dev/null || tools/set_up/debian_packages.sh openjdk-17-jre-headless || {
  echo "Spark needs Java 17, which is not here and cannot be installed: install it and run this again." >&2
  exit 1
}
