/**
 * Writes workbook.bin, a zip archive: node make_workbook_modules.mjs RUNTIME XLSXWRITER_WHEEL
 *
 * What a Python restored from RUNTIME/snapshot.bin (neither is compressed yet) lacks for writing workbooks. See
 * workbook_modules.py; the worker unpacks it into a restored and a plainly booted Python alike.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { bootFromSnapshot, bootPlainly } from "./pyodide_in_node.mjs";
import { unpackModules } from "../../overrides/assets/calculator/workbook_modules.js";

const [runtime = "", wheel = ""] = process.argv.slice(2);
const restored = await bootFromSnapshot(runtime, await bytesOf(path.join(runtime, "snapshot.bin")));
const loaded = new Set(JSON.parse(restored.runPython("import json, sys\njson.dumps(list(sys.modules))")));

const plain = await bootPlainly(runtime);
unpackModules(plain, await bytesOf(wheel));
for (const script of ["compile_sources.py", "workbook_modules.py"]) {
  plain.runPython(await readFile(path.join(import.meta.dirname, script), "utf8"));
}
/** @type {string[]} */
const needed = plain.globals.get("modules_of_a_workbook")().toJs();
const missing = needed.filter((name) => !loaded.has(name));
plain.globals.get("write_archive")(plain.toPy(missing), "/tmp/workbook.zip");
await writeFile(path.join(runtime, "workbook.bin"), plain.FS.readFile("/tmp/workbook.zip"));

// Whatever were still missing would show here, and not in a reader's browser.
unpackModules(restored, await bytesOf(path.join(runtime, "workbook.bin")));
restored.runPython(await readFile(path.join(import.meta.dirname, "workbook_modules.py"), "utf8"));
restored.globals.get("modules_of_a_workbook")();
await rm(path.join(runtime, "empty.zip"));
process.exit(0); // Pyodide keeps Node alive.

/** @returns {Promise<ArrayBuffer>} */
async function bytesOf(/** @type {string} */ file) {
  const content = await readFile(file);
  return content.buffer.slice(content.byteOffset, content.byteOffset + content.length);
}
