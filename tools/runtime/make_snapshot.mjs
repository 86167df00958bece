/**
 * Writes the memory snapshot: node make_snapshot.mjs RUNTIME
 *
 * RUNTIME holds pyodide-lock.json and the wheels it names. The snapshot is a Python that has imported what every
 * calculator needs in every language (files are not part of a snapshot, so whatever may be imported later, and is in no
 * archive, must be in memory), stored as the difference to a fresh instance. See overrides/assets/runtime/snapshot.js.
 *
 * It never sees a calculator or a word, but is told what they import: a change of one leaves the snapshot as it is, and
 * no reader fetches it again.
 */
import "./reproducible.mjs";
import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { NO_PACKAGES, REPRODUCIBLE, bootForSnapshot, bootPlainly, memoryBeforeRestoring } from "./pyodide_in_node.mjs";

/** Pyodide's whole snapshot: magic number, offset of the memory, length of the JSON, 0, build id, JSON. */
const JSON_OFFSET = 48;
/** Up to here lie static data and stack, compared with a fresh instance; above is the heap, empty in a fresh one. */
const HEAP_START = 13 * 1024 * 1024;
/** Bytes of equal memory (or of zeros) that are cheaper to repeat than to start a new run. */
const GAP = 48;

const runtime = path.resolve(process.argv[2] ?? "");
const plain = await bootPlainly(runtime, REPRODUCIBLE);
/** @type {string[]} */
const groups = JSON.parse(plain.runPython("import json\nfrom calculators.core.running.calculator import GROUPS\njson.dumps(GROUPS)"));
const { whole, build } = await makeWholeSnapshot(await compileSources());
const file = difference(whole, await memoryBeforeRestoring(runtime, whole), build);
await writeFile(path.join(runtime, "snapshot.bin"), file);
await rm(path.join(runtime, "empty.zip"));
process.exit(0); // Pyodide keeps Node alive.

/** Returns archives of bytecode: the standard library, and the wheels of the lock file. */
async function compileSources() {
  const wheels = [];
  const { packages } = JSON.parse(await readFile(path.join(runtime, "pyodide-lock.json"), "utf8"));
  for (const { file_name: name, sha256 } of Object.values(packages)) {
    const wheel = await readFile(path.join(runtime, name));
    if (createHash("sha256").update(wheel).digest("hex") !== sha256) throw new Error(`${name} is not the wheel of the lock file`);
    plain.FS.writeFile(`/tmp/${name}`, wheel);
    wheels.push(`/tmp/${name}`);
  }
  plain.FS.writeFile("/tmp/python_stdlib.zip", await readFile(path.join(runtime, "python_stdlib.zip")));
  const definitions = plain.globals.get("dict")();
  plain.runPython(await readFile(path.join(import.meta.dirname, "compile_sources.py"), "utf8"), { globals: definitions });
  const compileArchives = definitions.get("compile_archives");
  compileArchives(plain.toPy(["/tmp/python_stdlib.zip"]), "/tmp/library.zip", plain.toPy([]));
  // Even to unpack them leaves its traces in memory.
  const inParts = ["locale", ...groups].map((folder) => `calculators/${folder}/`);
  compileArchives(plain.toPy(wheels), "/tmp/packages.zip", plain.toPy(inParts));
  return { library: plain.FS.readFile("/tmp/library.zip"), packages: plain.FS.readFile("/tmp/packages.zip") };
}

/**
 * @returns {string[]} what is imported where every calculator runs, in an order that says nothing of them, but for those
 * themselves and what of ours only they import: it comes with their group
 */
function modulesOfCalculators() {
  return JSON.parse(
    plain.runPython(`
      import json, sys
      from calculators.core.page.answer import warm_up
      ours = {name for name in sys.modules if name.startswith("calculators")}
      warm_up()
      json.dumps(sorted(name for name in sys.modules if name in ours or not name.startswith("calculators")))`),
  ).filter((/** @type {string} */ name) => name !== "__main__");
}

/** @returns {string} in JSON by language, how numbers are written there: what compiles patterns of them takes long */
function marksOfLanguages() {
  return plain.runPython(`
    import json
    from babel.core import Locale
    from calculators.core.words.catalogue import LANGUAGES
    symbols = {language: Locale.parse(language).number_symbols["latn"] for language in LANGUAGES}
    json.dumps({language: (of["group"], of["decimal"]) for language, of in symbols.items()})`);
}

async function makeWholeSnapshot(/** @type {{library: Uint8Array, packages: Uint8Array}} */ { library, packages }) {
  /** @type {any} */
  let module;
  const libraryFile = path.join(runtime, "library.zip");
  await writeFile(libraryFile, library);
  const pyodide = await bootForSnapshot(libraryFile, (created) => (module = created));
  await rm(libraryFile);
  pyodide.FS.writeFile("/tmp/packages.zip", packages);
  pyodide.globals.set("packages", "/tmp/packages.zip");
  pyodide.globals.set("site_packages", module.API.sitePackages);
  pyodide.globals.set("modules", JSON.stringify(modulesOfCalculators()));
  pyodide.globals.set("marks", marksOfLanguages());
  pyodide.runPython(await readFile(path.join(import.meta.dirname, "prepare_snapshot.py"), "utf8"));
  clearFreeMemory(module);
  return { whole: pyodide.makeMemorySnapshot(), build: module.API.config.BUILD_ID };
}

/** Overwrites what is free on the heap with zeros, so that what was there before does not go into the file. */
function clearFreeMemory(/** @type {any} */ module) {
  const top = () => module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2];
  const heapEnd = top();
  /** @type {number[]} */
  const held = [];
  for (let size = 128 * 1024; size >= 8; size = nextSize(size)) {
    for (;;) {
      const topBefore = top();
      const pointer = module._malloc(size);
      // Taken from new memory: no free piece of this size is left.
      if (top() !== topBefore || pointer > heapEnd) {
        module._free(pointer);
        break;
      }
      module.HEAPU8.fill(0, pointer, pointer + size);
      held.push(pointer);
    }
  }
  for (const pointer of held) module._free(pointer);
}

function nextSize(/** @type {number} */ size) {
  if (size > 4096) return size >> 1;
  if (size > 512) return size - 512;
  return size > 64 ? size - 16 : size - 8;
}

/**
 * @param {Uint8Array} whole
 * @param {Uint8Array} fresh
 * @param {string} build
 * @returns {Uint8Array<ArrayBuffer>} the snapshot file
 */
function difference(whole, fresh, build) {
  const [, memoryOffset = 0, jsonLength = 0] = new Uint32Array(whole.buffer, whole.byteOffset, 3);
  const memory = whole.subarray(memoryOffset);
  const references = JSON.parse(new TextDecoder().decode(whole.subarray(JSON_OFFSET, JSON_OFFSET + jsonLength)));
  const end = lastNonZero(memory);
  if (memory.length !== fresh.length) throw new Error("Python needed more memory than a fresh instance has: grow it before restoring");
  const isSame = (/** @type {number} */ at) => (at < HEAP_START ? memory[at] === fresh[at] : memory[at] === 0);

  const runs = [];
  const parts = [];
  let runEnd = 0;
  for (let at = 0; at < end; ) {
    if (isSame(at)) {
      at++;
      continue;
    }
    const start = at;
    let last = at;
    while (at < end && at - last <= GAP) {
      if (!isSame(at)) last = at;
      at++;
    }
    runs.push(start - runEnd, last + 1 - start);
    parts.push(memory.subarray(start, last + 1));
    runEnd = last + 1;
    at = runEnd;
  }
  /** @type {import("../../overrides/assets/runtime/snapshot.js").SnapshotHeader} */
  const header = {
    build,
    interpreter: NO_PACKAGES.info,
    references,
    memory: memory.length,
    zeroed: [HEAP_START, Math.max(end, lastNonZero(fresh))],
    runs,
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(new Uint32Array([json.length]).buffer);
  return new Uint8Array(Buffer.concat([length, json, ...parts]));
}

function lastNonZero(/** @type {Uint8Array} */ bytes) {
  let end = bytes.length;
  while (end && !bytes[end - 1]) end--;
  return end;
}
