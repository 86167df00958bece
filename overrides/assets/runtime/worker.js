/**
 * The calculators' worker of a visit: Python with the calculators in it.
 *
 * Takes and gives JSON texts only. A question (see calculators/core/page/answer.py) gets its answer, in the order asked (but
 * where something is fetched for it first, see archives.js); `{"number": …, "failure": …}` is an answer that Python could not
 * give, with its `kind` where a file for it did not come.
 *
 * Besides these it says how it is whenever that changes, to a page that comes, and when a question comes: `{"state": …}`
 * (see watching.js), with the bytes `received` of a `total`, and the name of the `lock` that it holds as long as it lives;
 * `{"state": "failed", "kind": …}` when there will be no answers, or no more of them, with the `number` of the question at
 * which Python ended; and `{"state": "kept"}` once the
 * next visit will find the large files decoded. Before anyone asks, it fetches nothing that is not kept. One worker may
 * serve several pages.
 */
import { archivesFor } from "./archives.js";
import { boot, whyNotBooted } from "./booting.js";
import { isAboutMemory, kindOf } from "./failures.js";
import { RuntimeFiles } from "./files.js";
import { Telling } from "./telling.js";
import { unpackModules } from "./unpack_modules.js";

const telling = new Telling();
const files = new RuntimeFiles(new URL(self.location.href), !self.name.includes("-afresh"), counted);
/** Whether this one begins again where another called a function that its interpreter was without: see booting.js. */
const isWhole = self.name.includes("-whole");
let isStarted = false;
let beAsked = () => {};
/** @type {Promise<void>} */
const asked = new Promise((resolve) => (beAsked = resolve));
const answering = start();

if ("onconnect" in self) self.onconnect = (/** @type {MessageEvent} */ event) => event.ports.forEach(serve);
else serve(/** @type {Port} */ (/** @type {unknown} */ (self)));

/** @typedef {import("./telling.js").Port} Port */

/** @param {Port} port */
function serve(port) {
  telling.ports.add(port);
  port.onmessage = async ({ data: question }) => {
    const { number, end: isUnwanted } = JSON.parse(question);
    if (isUnwanted) return self.close();
    beAsked();
    for (const name of archivesOf(question)) files.archive(name).catch(() => {}); // while Python starts; what fails is told below
    if (telling.status.state === "idle" && !isStarted) telling.status = { ...telling.status, state: "receiving" };
    port.postMessage(JSON.stringify(telling.status));
    const answer = await answering;
    try {
      port.postMessage(await answer(question));
    } catch (error) {
      const kind = kindOf(error);
      if (isAboutMemory(error)) return telling.end("memory", port, number);
      // What ran into a missing function may still answer, and is not to be believed.
      const isTrapped = error instanceof WebAssembly.RuntimeError;
      if (isTrapped || (!kind && !(await isAlive(answer)))) return telling.end(isWhole ? "broken" : "cut", port, number);
      port.postMessage(JSON.stringify({ number, failure: String(error), kind }));
    }
  };
  port.postMessage(JSON.stringify(telling.status));
}

/** @returns {Promise<(question: string) => Promise<string>>} never where Python cannot be started */
async function start() {
  if (await files.areKept()) telling.tell({ state: "starting" });
  else await asked;
  try {
    const pyodide = await boot({ files, isWhole, arrived: counted, starting: () => telling.tell({ state: "starting" }) });
    isStarted = true;
    telling.tell({ state: "idle" });
    const { answer } = pyodide.pyimport("calculators.core.page.answer");
    /** @type {Set<string>} */
    const unpacked = new Set();
    /** Whether there is something that the next visit may want and this one has not kept. */
    let isToKeep = true;
    return async (question) => {
      try {
        for (const name of archivesOf(question)) {
          if (unpacked.has(name)) continue;
          if (!files.isHere(name)) telling.tell({ state: "receiving" });
          await unpack(pyodide, name, () => unpacked.has(name));
          unpacked.add(name);
          isToKeep = true;
        }
        telling.tell({ state: "computing" });
        return answer(question);
      } finally {
        telling.status = { ...telling.status, state: "idle" }; // the answer says so
        if (isToKeep) files.keepDecoded(() => telling.say({ state: "kept" }));
        isToKeep = false;
      }
    };
  } catch (error) {
    console.warn("Python could not be started.", error);
    telling.end(error instanceof WebAssembly.RuntimeError && !isWhole ? "cut" : await whyNotBooted(error));
    return new Promise(() => {});
  }
}

/** @param {string} question @returns {string[]} the archives that its answer needs */
function archivesOf(question) {
  return archivesFor(question, CALCULATOR_GROUPS).filter((name) => name in RUNTIME_FILES);
}

/**
 * @param {any} pyodide
 * @param {string} name of an archive
 * @param {() => boolean} isDone whether a question that was asked meanwhile has unpacked it
 */
async function unpack(pyodide, name, isDone) {
  for (let attempt = 1; ; attempt++) {
    const archive = await files.archive(name);
    try {
      return isDone() || unpackModules(pyodide, archive);
    } catch (error) {
      if (attempt === 2) throw error;
      // What an earlier visit left may be damaged.
      await files.distrustArchive(name);
    }
  }
}

function counted() {
  telling.counted(files.counting);
}

/**
 * After a fatal error (a function is missing, or its memory is full, say) Python answers nothing, not even that it cannot read a question.
 *
 * @param {(question: string) => Promise<string>} answer
 */
async function isAlive(answer) {
  try {
    await answer("{}");
    return true;
  } catch {
    return false;
  }
}
