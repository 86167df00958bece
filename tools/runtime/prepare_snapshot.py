"""Import and warm up everything, then tidy memory; runs inside the Pyodide that becomes the snapshot.

`packages`, an archive of compiled wheels, and `site_packages`, where they go,
are set by make_snapshot.mjs.
"""
# ruff: noqa: F821 - see above

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

del packages, site_packages  # type: ignore[name-defined]
sys.path_importer_cache.clear()
zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]
re.purge()
linecache.clearcache()
for _ in range(3):
    gc.collect()
gc.freeze()
