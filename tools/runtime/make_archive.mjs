/**
 * Writes NAME.bin, a zip archive, for each name: node make_archive.mjs RUNTIME NAME[,NAME…] WHEEL…
 *
 * What a Python restored from RUNTIME/snapshot.bin (neither is compressed yet), with the archives of calculators and words
 * made before, lacks for what NAME is for, taken from the wheels, the standard library and the calculators. See archive_modules.py; the worker unpacks it into a restored
 * and a plainly booted Python alike.
 */
import "./reproducible.mjs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { REPRODUCIBLE, bootFromSnapshot, bootPlainly, bytesOf, unpackParts } from "./pyodide_in_node.mjs";
import { unpackModules } from "../../overrides/assets/runtime/unpack_modules.js";

const [runtime = "", names = "", ...wheels] = process.argv.slice(2);
const restored = await bootFromSnapshot(runtime, await bytesOf(path.join(runtime, "snapshot.bin")));
const loaded = new Set(JSON.parse(restored.runPython("import json, sys\njson.dumps(list(sys.modules))")));
await unpackParts(restored, runtime);
const unpacked = new Set(
  JSON.parse(
    restored.runPython(`
      import json
      from pathlib import Path
      import calculators
      folder = Path(calculators.__path__[0]).parent
      files = (path.relative_to(folder).with_suffix("") for path in folder.glob("calculators/**/*.pyc"))
      json.dumps([".".join(file.parts).removesuffix(".__init__") for file in files])`),
  ),
);

const plain = await bootPlainly(runtime, REPRODUCIBLE);
for (const wheel of wheels) {
  plain.unpackArchive(await bytesOf(wheel), "zip", { extractDir: plain.pyimport("pyodide._package_loader").get_install_dir() });
  plain.FS.writeFile(`/tmp/${path.basename(wheel)}`, await readFile(wheel));
}
for (const script of ["compile_sources.py", "archive_modules.py"]) {
  plain.runPython(await readFile(path.join(import.meta.dirname, script), "utf8"));
}
for (const name of names.split(",")) {
  /** @type {string[]} */
  const needed = plain.globals.get("modules_of")(name).toJs();
  const missing = needed.filter((module) => !loaded.has(module) && !unpacked.has(module));
  const copies = wheels.map((wheel) => `/tmp/${path.basename(wheel)}`);
  plain.globals.get("write_archive")(plain.toPy(missing), plain.toPy(copies), "/tmp/archive.zip");
  await writeFile(path.join(runtime, `${name}.bin`), plain.FS.readFile("/tmp/archive.zip"));

  // Whatever were still missing would show here, and not in a reader's browser.
  unpackModules(restored, await bytesOf(path.join(runtime, `${name}.bin`)));
  restored.runPython(await readFile(path.join(import.meta.dirname, "archive_modules.py"), "utf8"));
  restored.globals.get("modules_of")(name);
}
await rm(path.join(runtime, "empty.zip"));
process.exit(0); // Pyodide keeps Node alive.
