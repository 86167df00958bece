"""Import and warm up everything, then forget what comes in parts; runs inside the Pyodide that becomes the snapshot.

Calculators and words of other languages than English are fetched by those who need them (archives.py): the snapshot
must not grow with each of them. What they import besides stays.

`packages`, an archive of compiled wheels, and `site_packages`, where they go,
are set by make_snapshot.mjs.
"""
# ruff: noqa: F821 - see above

import functools
import gc
import importlib
import linecache
import random  # noqa: F401 - what may be imported later must be in memory: files are not part of a snapshot
import re
import sys
import traceback  # noqa: F401 - see random
import zipfile
import zipimport

zipfile.ZipFile(packages).extractall(site_packages)  # type: ignore[name-defined]
importlib.invalidate_caches()

from calculators.core.page.answer import warm_up  # noqa: E402 - only now is it there

warm_up()

from babel import localedata  # noqa: E402 - as above

from calculators.core.running import calculator as calculators_by_id  # noqa: E402 - as above

calculators_by_id._imported.clear()
in_parts = tuple(f"calculators.{group}" for group in calculators_by_id.GROUPS)
for name in [name for name in sys.modules if name.startswith(in_parts)]:
    del sys.modules[name]
for group in calculators_by_id.GROUPS:
    delattr(sys.modules["calculators"], group)
for language in set(localedata._cache) - {"root", "en"}:
    del localedata._cache[language]
# Fields of those calculators, catalogues, numbers of the examples.
for kept in gc.get_objects():
    if isinstance(kept, functools._lru_cache_wrapper):
        kept.cache_clear()

del packages, site_packages  # type: ignore[name-defined]
sys.path_importer_cache.clear()
zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]
re.purge()
linecache.clearcache()
for _ in range(3):
    gc.collect()
gc.freeze()
