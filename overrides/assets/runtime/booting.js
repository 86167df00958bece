/**
 * Boots Python in a worker: from the snapshot, or else plainly, from its parts.
 *
 * The interpreter comes without the functions that calculators do not call (tools/runtime/cut_interpreter.mjs). Where one
 * of them is called after all, that Python is at its end, and the page asks another worker, with the whole interpreter.
 */
import { bounded } from "./bounds.js";
import { Failure, isAboutMemory, kindOf, whyNotLoaded } from "./failures.js";
import { EMPTY_ZIP, restoreOptions } from "./snapshot.js";
import { PYTHON, python } from "./python_script.js";
import { watched } from "./watched.js";
import { whole } from "./webassembly.js";

/**
 * @typedef {object} Booting
 * @property {import("./files.js").RuntimeFiles} files
 * @property {() => void} arrived called with each part of what Pyodide fetches itself
 * @property {() => void} starting called when everything is there, and quiet work begins
 * @property {boolean} [isWhole] whether the interpreter is to be
 */

/**
 * @param {Booting} booting
 * @returns {Promise<any>} Pyodide with the calculators, bounded to this site
 */
export async function boot(booting) {
  return bounded(await bootInOneWay(booting));
}

/** @param {Booting} booting @returns {Promise<any>} */
async function bootInOneWay(booting) {
  const { files } = booting;
  try {
    const pyodide = await bootFromSnapshot(booting);
    if (!(await files.foundWrong())) return pyodide;
  } catch (error) {
    console.warn("The snapshot could not be restored.", error);
    if (isAboutMemory(error)) throw error; // another way takes more of it
    if (error instanceof Failure) {
      // What cannot be had says nothing against what is kept; and of all files, the plain boot needs only the snapshot not.
      if (error.file !== "snapshot") throw error;
      return bootPlainly(booting);
    }
    if (!(await files.foundWrong())) {
      if (!files.hasUsedKept) return bootPlainly(booting);
      // What an earlier visit left may be damaged.
      files.distrust();
    }
  }
  return bootInOneWay(booting);
}

/**
 * @param {unknown} error that ended the boot
 * @returns {Promise<import("./failures.js").FailureKind>}
 */
export async function whyNotBooted(error) {
  if (isAboutMemory(error)) return "memory";
  return mayCompile() ? (kindOf(error) ?? whyNotLoaded(PYTHON)) : "unsupported";
}

/** WebAssembly may be missing, or be forbidden by a policy. */
function mayCompile() {
  try {
    return Boolean(new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)));
  } catch {
    return false;
  }
}

/** @param {Booting} booting */
async function bootFromSnapshot({ files, arrived, starting, isWhole }) {
  // All three are on their way before any is needed.
  const interpreter = isWhole ? wholeInterpreter(files) : WebAssembly.compileStreaming(files.interpreter());
  const snapshot = files.snapshot();
  const scripts = python();
  Promise.all([interpreter, snapshot, scripts]).then(starting, () => {}); // what fails is told elsewhere
  return whileBooting(interpreter, { "python_stdlib.zip": EMPTY_ZIP }, arrived, async () => {
    const [{ loadPyodide, createModule }, memory] = await Promise.all([scripts, snapshot]);
    return loadPyodide({ indexURL: files.folder.href, ...restoreOptions(memory, createModule) });
  });
}

/** @param {Booting} booting */
async function bootPlainly({ files, arrived, starting }) {
  const interpreter = wholeInterpreter(files); // what compiles Python's own sources is cut, too
  interpreter.then(starting, () => {}); // and each part that Pyodide fetches is a sign of life
  const pyodide = await whileBooting(interpreter, {}, arrived, async () => {
    const { loadPyodide, createModule } = await python();
    return loadPyodide({ indexURL: files.folder.href, createPyodideModule: createModule });
  });
  await pyodide.loadPackage("calculators", { messageCallback() {} });
  if (await files.foundWrong()) throw new Failure("broken", "the interpreter is another one", "interpreter");
  return pyodide;
}

/** @param {import("./files.js").RuntimeFiles} files @returns {Promise<WebAssembly.Module>} */
async function wholeInterpreter(files) {
  const [core, rest] = await Promise.all([files.interpreter().then((response) => response.arrayBuffer()), files.archive("rest")]);
  return WebAssembly.compile(whole(new Uint8Array(core), new Uint8Array(rest)));
}

/**
 * Pyodide fetches its files itself, by fixed names, and is silent for ever when the WebAssembly cannot be had. While it
 * boots, it is given what we have, and what goes wrong with that ends the boot.
 *
 * @param {Promise<WebAssembly.Module>} interpreter
 * @param {Record<string, Uint8Array<ArrayBuffer>>} contents of files that are not to be fetched
 * @param {() => void} arrived
 * @param {() => Promise<any>} work
 * @returns {Promise<any>}
 */
async function whileBooting(interpreter, contents, arrived, work) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  /** @type {(error: unknown) => void} */
  let fail = () => {};
  const failure = new Promise((_resolve, reject) => (fail = reject));
  interpreter.catch(fail);
  self.fetch = async (resource, options) => {
    const address = resource instanceof Request ? resource.url : String(resource);
    const name = address.slice(address.lastIndexOf("/") + 1);
    if (name === "pyodide.asm.wasm") return new Response();
    if (contents[name]) return new Response(contents[name]);
    const response = await fetch(resource, options);
    return response.body ? new Response(watched(response.body, arrived), response) : response;
  };
  WebAssembly.instantiateStreaming = async (source, imports) => {
    try {
      const module = await interpreter;
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    } catch (error) {
      fail(error);
      throw error;
    }
  };
  try {
    return await Promise.race([work(), failure]);
  } finally {
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  }
}
