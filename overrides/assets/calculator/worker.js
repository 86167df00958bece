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
  const interpreter = files.interpreter();
  const snapshot = await files.snapshot();
  return withFiles({ "pyodide.asm.wasm": () => interpreter, "python_stdlib.zip": () => new Response(EMPTY_ZIP) }, () =>
    loadPyodide({ indexURL: files.folder.href, ...restoreOptions(snapshot, createModule) }),
  );
}

async function bootPlainly() {
  const interpreter = files.interpreter();
  const pyodide = await withFiles({ "pyodide.asm.wasm": () => interpreter }, () =>
    loadPyodide({ indexURL: files.folder.href, createPyodideModule: createModule }),
  );
  await pyodide.loadPackage("calculators", { messageCallback() {} });
  return pyodide;
}

/**
 * Pyodide fetches its files itself, by fixed names; while it boots, some are answered here instead.
 *
 * @template Result
 * @param {Record<string, () => Response | Promise<Response>>} answers
 * @param {() => Promise<Result>} boot
 * @returns {Promise<Result>}
 */
async function withFiles(answers, boot) {
  const fetchFromNetwork = self.fetch;
  self.fetch = async (resource, options) => {
    const address = resource instanceof Request ? resource.url : String(resource);
    const answer = answers[address.slice(address.lastIndexOf("/") + 1)];
    return answer ? answer() : fetchFromNetwork(resource, options);
  };
  try {
    return await boot();
  } finally {
    self.fetch = fetchFromNetwork;
  }
}
