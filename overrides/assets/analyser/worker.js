/**
 * The analyser's worker: Python with the analyser in it, for one page and as long as that shows a file. The calculators'
 * own worker goes on answering meanwhile.
 *
 * A question (see calculators/analysis/page/session.py) comes as `{"question": JSON text, "files": [File, …]}` and is
 * answered in the order asked; before its answer come any number of `{"number", "progress"}`. `{"cancel": number}` ends
 * it: then its answer is `{"number", "isCancelled": true}`, and what was kept before is kept. A file that Python has
 * `written` (`path`, `type`) comes with the answer as a Blob. What Python needs for a file and has not yet is fetched
 * before it goes on. How the worker is, it tells as the calculators' does (../runtime/worker.js).
 */
import { wordsFor } from "../runtime/archives.js";
import { boot, whyNotBooted } from "../runtime/booting.js";
import { isAboutMemory, kindOf } from "../runtime/failures.js";
import { RuntimeFiles } from "../runtime/files.js";
import { Telling, once } from "../runtime/telling.js";
import { unpackModules } from "../runtime/unpack_modules.js";
import { mountFiles, takeFile } from "./files.js";

/** @typedef {{asking: (question: string) => any}} Session */
/** @typedef {{pyodide: any, session: Session}} Python */

const telling = new Telling();
const files = new RuntimeFiles(new URL(self.location.href), !self.name.endsWith("-afresh"), counted);
const port = /** @type {import("../runtime/telling.js").Port} */ (/** @type {unknown} */ (self));
telling.ports.add(port);
telling.tell({ state: "receiving" });
const starting = start();
/** Of the questions that are not answered yet, how each is ended. @type {Map<number, () => void>} */
const cancels = new Map();
/** The question before. */
let last = Promise.resolve();
/** Lets waiting messages in; a timer would wait four milliseconds. */
const turns = new MessageChannel();

/** By name, archives that are unpacked or on their way. @type {Map<string, (python: Python) => Promise<void>>} */
const bringing = new Map();

port.onmessage = ({ data }) => {
  if ("cancel" in data) return cancels.get(data.cancel)?.();
  port.postMessage(JSON.stringify(telling.status));
  const { number } = JSON.parse(data.question);
  for (const name of wordsOf(data.question)) files.archive(name).catch(() => {}); // while Python starts; what fails is told below
  const stop = new AbortController();
  cancels.set(number, () => {
    cancels.delete(number);
    stop.abort();
    port.postMessage(JSON.stringify({ number, isCancelled: true }));
  });
  last = last.then(() => answer(number, data, stop.signal));
};

/** @returns {Promise<Python>} never where Python cannot be started */
async function start() {
  try {
    // Files may be of any encoding and kind, and its state does not outlive a Python that lacks a function for one.
    const booting = boot({ files, isWhole: true, arrived: counted, starting: () => telling.tell({ state: "starting" }) });
    // Figures are sent to calculators of every group.
    const names = ["analysis", ...Object.keys(RUNTIME_FILES).filter((name) => name.startsWith("group-"))];
    const [pyodide, ...archives] = await Promise.all([booting, ...names.map((name) => files.archive(name))]);
    for (const archive of archives) unpackModules(pyodide, archive);
    const session = pyodide.pyimport("calculators.analysis.page.session").Session();
    telling.tell({ state: "idle" });
    files.keepDecoded(() => telling.say({ state: "kept" }));
    return { pyodide, session };
  } catch (error) {
    console.warn("Python could not be started.", error);
    telling.end(await whyNotBooted(error));
    return new Promise(() => {});
  }
}

/**
 * @param {number} number
 * @param {{question: string, files: File[]}} asked
 * @param {AbortSignal} signal
 */
async function answer(number, asked, signal) {
  const python = await starting;
  if (signal.aborted) return;
  try {
    await Promise.race([bring(python, ...wordsOf(asked.question)), aborted(signal)]);
    if (signal.aborted) return;
    const paths = mountFiles(python.pyodide, number, asked.files);
    await takeSteps(python, JSON.stringify({ ...JSON.parse(asked.question), files: paths }), signal);
  } catch (error) {
    const kind = kindOf(error);
    if (!kind) {
      // What is not about a download ended Python: no memory is left, most likely.
      console.warn(error);
      return telling.end(isAboutMemory(error) ? "memory" : "broken");
    }
    if (!signal.aborted) port.postMessage(JSON.stringify({ number, failure: String(error), kind }));
  } finally {
    cancels.delete(number);
    telling.status = { ...telling.status, state: "idle" }; // the answer says so
  }
}

/**
 * Lets Python answer piece by piece; between two of them messages come in.
 *
 * @param {Python} python
 * @param {string} question
 * @param {AbortSignal} signal
 */
async function takeSteps(python, question, signal) {
  telling.tell({ state: "computing" });
  const steps = python.session.asking(question);
  try {
    for (let step = steps.next(); !step.done; step = steps.next()) {
      const { needs, written, ...message } = JSON.parse(step.value);
      if (needs) {
        await Promise.race([bring(python, needs), aborted(signal)]);
        telling.tell({ state: "computing" });
      } else {
        port.postMessage(written ? { ...message, written: takeFile(python.pyodide, written) } : message);
        await turn();
      }
      if (signal.aborted) return steps.return();
    }
  } finally {
    steps.destroy();
  }
}

/** @param {string} question @returns {string[]} archives */
function wordsOf(question) {
  return wordsFor(question, CALCULATOR_GROUPS).filter((name) => name in RUNTIME_FILES);
}

/**
 * Fetches and unpacks what is not there yet.
 *
 * @param {Python} python
 * @param {string[]} wanted names of archives
 */
async function bring(python, ...wanted) {
  for (const name of wanted) if (!bringing.has(name)) bringing.set(name, bringingOnce(name));
  await Promise.all(wanted.map((name) => bringing.get(name)?.(python)));
}

/** @param {string} name */
function bringingOnce(name) {
  return once(async (/** @type {Python} */ { pyodide }) => {
    if (!files.isHere(name)) telling.tell({ state: "receiving" });
    unpackModules(pyodide, await files.archive(name));
  });
}

/** @returns {Promise<void>} */
function turn() {
  return new Promise((resolve) => {
    turns.port1.onmessage = () => resolve();
    turns.port2.postMessage(null);
  });
}

/** @param {AbortSignal} signal @returns {Promise<void>} */
function aborted(signal) {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
}

function counted() {
  telling.counted(files.counting);
}
