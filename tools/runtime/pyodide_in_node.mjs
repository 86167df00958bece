/** Pyodide under Node, for making and checking the snapshot and for the tests. */
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { zstdDecompressSync } from "node:zlib";
import { EMPTY_ZIP, restoreOptions } from "../../overrides/assets/runtime/snapshot.js";
import { unpackModules } from "../../overrides/assets/runtime/unpack_modules.js";

export const PYODIDE = path.resolve(import.meta.dirname, "../../node_modules/pyodide");
const { loadPyodide } = await import(pathToFileURL(path.join(PYODIDE, "pyodide.mjs")).href);
// The glue that the browser gets: see bundle.py.
const { default: createModule } = await import("../../build/pyodide.asm.mjs");

const { info: interpreter } = JSON.parse(await readFile(path.join(PYODIDE, "pyodide-lock.json"), "utf8"));
/** With this number each file begins that is compressed so: see compress.mjs. */
const ZSTANDARD = 0xfd2fb528;

export const NO_PACKAGES = { info: interpreter, packages: {} };

/** For what is made here: no random hashes, no language and no path of this machine in memory. See reproducible.mjs. */
export const REPRODUCIBLE = { env: { PYTHONHASHSEED: "0", LANG: "C.UTF-8" }, _sysExecutable: "python" };

/**
 * Boots without packages, ready for a snapshot to be taken.
 *
 * @param {string} library path of the standard library as bytecode
 * @param {(module: any) => void} onModule is given Pyodide's module before Python starts
 */
export function bootForSnapshot(library, onModule) {
  return loadPyodide({
    indexURL: PYODIDE,
    lockFileContents: NO_PACKAGES,
    stdLibURL: library,
    args: ["-OO"],
    _makeSnapshot: true,
    ...REPRODUCIBLE,
    createPyodideModule: async (/** @type {object} */ settings) => {
      const module = await createModule(settings);
      onModule(module);
      return module;
    },
  });
}

/** Boots as the browser does without a snapshot: standard library and wheels from the runtime folder. */
export async function bootPlainly(/** @type {string} */ runtime, options = {}) {
  const pyodide = await loadPyodide({
    indexURL: PYODIDE,
    lockFileContents: await readFile(path.join(runtime, "pyodide-lock.json"), "utf8"),
    packageBaseUrl: runtime,
    createPyodideModule: createModule,
    ...options,
  });
  await pyodide.loadPackage("calculators", { messageCallback() {} });
  return pyodide;
}

/**
 * Boots from a snapshot, as the browser does.
 *
 * @param {string} folder where the empty standard library goes, and the interpreter
 * @param {ArrayBuffer} snapshot
 * @param {Uint8Array} [interpreter] instead of Pyodide's whole one
 * @param {(exports: any) => void} [onExports] is given what the interpreter exports, before Python starts
 */
export async function bootFromSnapshot(folder, snapshot, interpreter, onExports) {
  if (interpreter) await writeFile(path.join(folder, "pyodide.asm.wasm"), interpreter);
  const options = restoreOptions(snapshot, (/** @type {any} */ settings) => {
    const { instantiateWasm } = settings;
    settings.instantiateWasm = (/** @type {object} */ imports, /** @type {Function} */ done) =>
      instantiateWasm(imports, (/** @type {any} */ instance, /** @type {any} */ module) => {
        onExports?.(instance.exports);
        done(instance, module);
      });
    return createModule(settings);
  });
  const pyodide = await loadPyodide({
    indexURL: interpreter ? path.resolve(folder) : PYODIDE,
    stdLibURL: await emptyLibrary(folder),
    ...options,
  });
  if (interpreter) await rm(path.join(folder, "pyodide.asm.wasm"));
  return pyodide;
}

async function emptyLibrary(/** @type {string} */ folder) {
  const file = path.join(folder, "empty.zip");
  await writeFile(file, EMPTY_ZIP);
  return file;
}

/** Pyodide's own way of restoring a whole snapshot, to see the memory of a fresh instance. */
export async function memoryBeforeRestoring(/** @type {string} */ runtime, /** @type {Uint8Array} */ whole) {
  /** @type {Uint8Array | undefined} */
  let fresh;
  await loadPyodide({
    indexURL: PYODIDE,
    lockFileContents: NO_PACKAGES,
    stdLibURL: await emptyLibrary(runtime),
    _loadSnapshot: whole,
    ...REPRODUCIBLE,
    _sysExecutable: "./this.program", // as in a browser: under Node it would be a path of this machine
    createPyodideModule: async (/** @type {object} */ settings) => {
      const module = await createModule(settings);
      const restore = module.API.restoreSnapshot;
      module.API.restoreSnapshot = (/** @type {Uint8Array} */ snapshot) => {
        fresh = module.HEAPU8.slice();
        return restore(snapshot);
      };
      return module;
    },
  });
  if (!fresh) throw new Error("Pyodide no longer restores through API.restoreSnapshot");
  return fresh;
}

/**
 * Unpacks the calculators of all groups and the words of all languages that have been made, as the worker does with
 * those that are asked for.
 *
 * @param {any} pyodide
 * @param {string} runtime
 * @returns {Promise<string[]>} the names of their archives
 */
export async function unpackParts(pyodide, runtime) {
  const files = (await readdir(runtime)).filter((file) => /^(group|words|analysis-words)-[\w-]+\.bin$/.test(file));
  for (const file of files) unpackModules(pyodide, await bytesOf(path.join(runtime, file)));
  return files.map((file) => path.parse(file).name);
}

/** @returns {Promise<ArrayBuffer>} a file of the runtime folder, decoded if it is compressed already */
export async function bytesOf(/** @type {string} */ file) {
  const content = await readFile(file);
  const decoded = content.readUInt32LE() === ZSTANDARD ? zstdDecompressSync(content) : content;
  return /** @type {ArrayBuffer} */ (decoded.buffer.slice(decoded.byteOffset, decoded.byteOffset + decoded.length));
}
