/**
 * The one worker of a visit: Python with the calculators in it.
 *
 * Takes and gives JSON texts only. A question (see calculators/core/page.py) gets its answer, in the order asked (but
 * the first workbook, for which modules are fetched);
 * `{"number": …, "failure": …}` is an answer that Python could not give. Besides these it says `{"state": "failed"}`
 * when there will be no answers, again for each question, and `{"state": "kept"}` once the next visit will find the
 * large files decoded. Before anyone asks, it fetches nothing that is not kept. One worker may serve several pages.
 */
import { RuntimeFiles } from "./runtime_files.js";
import { EMPTY_ZIP, restoreOptions } from "./snapshot.js";
import { unpackModules } from "./workbook_modules.js";

const files = new RuntimeFiles(new URL(`${RUNTIME_FOLDER}/`, self.location.href));
/** @type {() => Promise<typeof import("./python.js")>} */
const python = () => import(new URL(PYTHON_SCRIPT, self.location.href).href);
/** @typedef {Pick<MessagePort, "postMessage" | "onmessage">} Port a page's end; a worker of one page is its own */

/** @type {Set<Port>} */
const ports = new Set();
let beAsked = () => {};
/** @type {Promise<void>} */
const asked = new Promise((resolve) => (beAsked = resolve));
const answering = start();

if ("onconnect" in self) self.onconnect = (/** @type {MessageEvent} */ event) => event.ports.forEach(serve);
else serve(/** @type {Port} */ (/** @type {unknown} */ (self)));

/** @param {Port} port */
function serve(port) {
  ports.add(port);
  port.onmessage = async ({ data: question }) => {
    beAsked();
    const answer = await answering;
    if (!answer) return port.postMessage(JSON.stringify({ state: "failed" }));
    try {
      port.postMessage(await answer(question));
    } catch (error) {
      console.error(error);
      port.postMessage(JSON.stringify({ number: JSON.parse(question).number, failure: String(error) }));
    }
  };
}

/** @returns {Promise<((question: string) => Promise<string>) | null>} null where Python cannot be started */
async function start() {
  if (!(await files.areKept())) await asked;
  try {
    const pyodide = await bootFromSnapshot().catch((error) => {
      console.warn("The snapshot could not be restored; starting Python without it.", error);
      return bootPlainly();
    });
    files.keepDecoded(() => say({ state: "kept" }));
    const { answer } = pyodide.pyimport("calculators.core.page");
    const bringModules = once(async () => unpackModules(pyodide, await files.workbookModules()));
    return async (question) => {
      if (JSON.parse(question).ask === "workbook") await bringModules();
      return answer(question);
    };
  } catch (error) {
    console.warn("Python could not be started.", error);
    say({ state: "failed" });
    return null;
  }
}

/**
 * Does something once, and again only if it failed.
 *
 * @param {() => Promise<void>} work
 */
function once(work) {
  /** @type {Promise<void> | undefined} */
  let done;
  return () => {
    done ??= work().catch((error) => {
      done = undefined;
      throw error;
    });
    return done;
  };
}

/** @param {object} message to every page */
function say(message) {
  for (const port of ports) port.postMessage(JSON.stringify(message));
}

async function bootFromSnapshot() {
  // All three are on their way before any is needed.
  const interpreter = WebAssembly.compileStreaming(files.interpreter());
  const snapshot = files.snapshot();
  const scripts = python();
  return whileBooting(interpreter, { "python_stdlib.zip": EMPTY_ZIP }, async () => {
    const [{ loadPyodide, createModule }, memory] = await Promise.all([scripts, snapshot]);
    return loadPyodide({ indexURL: files.folder.href, ...restoreOptions(memory, createModule) });
  });
}

async function bootPlainly() {
  const pyodide = await whileBooting(WebAssembly.compileStreaming(files.interpreter()), {}, async () => {
    const { loadPyodide, createModule } = await python();
    return loadPyodide({ indexURL: files.folder.href, createPyodideModule: createModule });
  });
  await pyodide.loadPackage("calculators", { messageCallback() {} });
  return pyodide;
}

/**
 * Pyodide fetches its files itself, by fixed names, and is silent for ever when the WebAssembly cannot be had. While it
 * boots, it is given what we have, and what goes wrong with that ends the boot.
 *
 * @template Result
 * @param {Promise<WebAssembly.Module>} interpreter
 * @param {Record<string, Uint8Array<ArrayBuffer>>} contents of files that are not to be fetched
 * @param {() => Promise<Result>} boot
 * @returns {Promise<Result>}
 */
async function whileBooting(interpreter, contents, boot) {
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
    return contents[name] ? new Response(contents[name]) : fetch(resource, options);
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
    return /** @type {Result} */ (await Promise.race([boot(), failure]));
  } finally {
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  }
}
