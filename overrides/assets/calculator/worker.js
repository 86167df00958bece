/**
 * The one worker of a visit: Python with the calculators in it.
 *
 * Takes and gives JSON texts only. A question (see calculators/core/page.py) gets its answer, in the order asked;
 * `{"state": "ready"}` comes once before the first, or `{"state": "failed"}` and no answer ever;
 * `{"number": …, "failure": …}` is an answer that Python could not give.
 */
import { loadPyodide } from "pyodide";
import createModule from "pyodide/pyodide.asm.mjs";
import { RuntimeFiles } from "./runtime_files.js";
import { EMPTY_ZIP, restoreOptions } from "./snapshot.js";

const files = new RuntimeFiles(new URL(`${RUNTIME_FOLDER}/`, self.location.href));
/** @type {Promise<(question: string) => string>} */
const answering = start();

self.onmessage = async ({ data: question }) => {
  const answer = await answering.catch(() => null);
  if (!answer) return;
  try {
    self.postMessage(answer(question));
  } catch (error) {
    console.error(error);
    self.postMessage(JSON.stringify({ number: JSON.parse(question).number, failure: String(error) }));
  }
};

async function start() {
  try {
    const pyodide = await bootFromSnapshot().catch((error) => {
      console.warn("The snapshot could not be restored; starting Python without it.", error);
      return bootPlainly();
    });
    const { answer } = pyodide.pyimport("calculators.core.page");
    self.postMessage(JSON.stringify({ state: "ready" }));
    files.keepDecoded();
    return answer;
  } catch (error) {
    console.warn("Python could not be started.", error);
    self.postMessage(JSON.stringify({ state: "failed" }));
    throw error;
  }
}

async function bootFromSnapshot() {
  // Both are on their way before either is needed.
  const interpreter = WebAssembly.compileStreaming(files.interpreter());
  const snapshot = files.snapshot();
  return whileBooting(interpreter, { "python_stdlib.zip": EMPTY_ZIP }, async () =>
    loadPyodide({ indexURL: files.folder.href, ...restoreOptions(await snapshot, createModule) }),
  );
}

async function bootPlainly() {
  const pyodide = await whileBooting(WebAssembly.compileStreaming(files.interpreter()), {}, () =>
    loadPyodide({ indexURL: files.folder.href, createPyodideModule: createModule }),
  );
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
