/** What Pyodide says of itself, as JSON: node what_is_shipped.mjs RUNTIME SCRATCH */
import { bootFromSnapshot, bootPlainly, bytesOf } from "../../tools/runtime/pyodide_in_node.mjs";

const [runtime = "", scratch = ""] = process.argv.slice(2);
const plain = await bootPlainly(runtime);
const restored = await bootFromSnapshot(scratch, await bytesOf(`${runtime}/snapshot.bin`));
const versions = plain.runPython(`
import bz2, compression.zstd, ctypes, decimal, json, lzma, platform, pyexpat, sqlite3, sys, unicodedata, zlib
json.dumps({
    "modules": sys.builtin_module_names,
    "standard_library": sorted(sys.stdlib_module_names),
    "versions": {
        "CPython": platform.python_version(),
        "Emscripten": ".".join(map(str, sys._emscripten_info.emscripten_version)),
        "Expat": pyexpat.EXPAT_VERSION.removeprefix("expat_"),
        "SQLite": sqlite3.sqlite_version,
        "Unicode Character Database": unicodedata.unidata_version,
        "Zstandard": compression.zstd.zstd_version,
        "libmpdec": decimal.__libmpdec_version__,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    },
})`);
const loaded = restored.runPython("import json, sys\njson.dumps(sorted({name.partition('.')[0] for name in sys.modules}))");
process.stdout.write(JSON.stringify({ ...JSON.parse(versions), snapshot: JSON.parse(loaded) }), () => process.exit(0));
