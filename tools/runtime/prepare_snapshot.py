"""Import everything but what comes in parts; runs inside the Pyodide that becomes the snapshot.

Calculators and words of other languages than English are fetched by those who need them (archives.py): the snapshot
must not grow with each of them, nor change with one.

`packages`, an archive of compiled wheels, `site_packages`, where they go, `modules`, a JSON list of what the
calculators import, and `marks`, in JSON by language those for groups and decimals, are set by make_snapshot.mjs.
"""
# ruff: noqa: F821 - see above

import functools
import gc
import importlib
import json
import linecache
import random  # noqa: F401 - what may be imported later must be in memory: files are not part of a snapshot
import re
import sys
import traceback  # noqa: F401 - see random
import zipfile
import zipimport
from decimal import Decimal

zipfile.ZipFile(packages).extractall(site_packages)  # type: ignore[name-defined]
importlib.invalidate_caches()
for name in json.loads(modules):  # type: ignore[name-defined]
    importlib.import_module(name)

from calculators.core.numbers.numerals import numerals, reader  # noqa: E402 - only now is it there

numerals("en", "EUR").money(Decimal("0.5"))  # reads Babel's files of numbers in English

for kept in gc.get_objects():
    if isinstance(kept, functools._lru_cache_wrapper):
        kept.cache_clear()

# A third of the first answer's time: each compiles a dozen patterns.
for language, (group, decimal) in json.loads(marks).items():  # type: ignore[name-defined]
    reader(language, group, decimal)

del decimal, group, kept, language, marks, name, packages, site_packages, modules  # type: ignore[name-defined]
sys.path_importer_cache.clear()
zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]
re.purge()
linecache.clearcache()
for _ in range(3):
    gc.collect()
gc.freeze()
