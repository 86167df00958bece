/**
 * Cuts the interpreter in two: node cut_interpreter.mjs RUNTIME
 *
 * Calculators call one in seven of its functions, which are a quarter of its code, and a third of its data is for the
 * others: tables of the Chinese, Japanese and Korean encodings, names of characters, texts of help. RUNTIME/interpreter.bin
 * has the rest of it; each function that is cut is a single instruction there that stops Python, whereupon the page asks
 * a worker with the whole interpreter, put together with RUNTIME/rest.bin (see overrides/assets/runtime/booting.js). Nothing moves
 * in memory, so that one snapshot serves both. Nothing in RUNTIME is compressed yet.
 */
import "./reproducible.mjs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { closePython } from "../../overrides/assets/runtime/bounds.js";
import { unpackModules } from "../../overrides/assets/runtime/unpack_modules.js";
import { CODE, DATA, EXPORTS, bodiesOf, codeOf, fileOf, readNumber, sectionsOf, joined, numberBytes, whole } from "../../overrides/assets/runtime/webassembly.js";
import { notingCalls, notingReads } from "./instrument.mjs";
import { PYODIDE, REPRODUCIBLE, bootFromSnapshot, bootPlainly, bytesOf, unpackParts } from "./pyodide_in_node.mjs";

/** @typedef {import("../../overrides/assets/runtime/webassembly.js").Bytes} Bytes */

/** A body without locals whose only instruction is `unreachable`. */
const STOPS = Uint8Array.of(0, 0, 0x0b);
/** Bytes that are read one after the other are of one table; a smaller one is not worth the risk. */
const SMALLEST_TABLE = 256;
const GAP = 16;

const runtime = path.resolve(process.argv[2] ?? "");
const interpreter = new Uint8Array(await readFile(path.join(PYODIDE, "pyodide.asm.wasm")));
const sections = sectionsOf(interpreter);
const contentOf = (/** @type {number} */ wanted) => sections.find(({ id }) => id === wanted)?.content ?? new Uint8Array();

const called = await calledFunctions();
const bodies = bodiesOf(contentOf(CODE));
const [needed, unneeded] = splitData(contentOf(DATA), await unneededData());
const inCore = new Map([
  [EXPORTS, neededExports(contentOf(EXPORTS), await wordsOfGlue())],
  [CODE, codeOf(bodies.map((body, index) => (called[index] ? body : STOPS)))],
  [DATA, needed],
]);
const core = fileOf(sections.map(({ id, content }) => ({ id, content: inCore.get(id) ?? content })));
const rest = fileOf([
  { id: EXPORTS, content: contentOf(EXPORTS) },
  { id: CODE, content: codeOf(bodies.map((body, index) => (called[index] ? new Uint8Array() : body))) },
  { id: DATA, content: unneeded },
]);
if (Buffer.compare(whole(core, rest), interpreter)) throw new Error("the interpreter cannot be put together again");
await writeFile(path.join(runtime, "interpreter.bin"), core);
await writeFile(path.join(runtime, "rest.bin"), rest);
await rm(path.join(runtime, "empty.zip"));
process.exit(0); // Pyodide keeps Node alive.

/** @returns {Promise<Set<string>>} what Pyodide's script may ask the interpreter for, and whatever else it names */
async function wordsOfGlue() {
  const glue = await readFile(path.join(import.meta.dirname, "../../build/pyodide.asm.mjs"), "utf8");
  return new Set(glue.match(/[A-Za-z_$][\w$]*/g));
}

/**
 * Nearly all of what Pyodide exports is for packages with compiled code, which calculators have none of; but each start
 * looks at each export, three times.
 *
 * @param {Bytes} content of the section
 * @param {Set<string>} words
 * @returns {Bytes} the content of the section without what nobody asks for
 */
function neededExports(content, words) {
  const imported = new Set(WebAssembly.Module.imports(new WebAssembly.Module(interpreter)).map(({ name }) => name));
  const kept = [];
  for (let [left, at] = readNumber(content, 0); left--; ) {
    const [length, start] = readNumber(content, at);
    const [, end] = readNumber(content, start + length + 1);
    const name = new TextDecoder().decode(content.subarray(start, start + length));
    const isValue = content[start + length] === 0 || content[start + length] === 3; // a function, or a global's
    if (!isValue || imported.has(name) || words.has(name) || words.has(`_${name}`)) kept.push(content.slice(at, end));
    at = end;
  }
  return joined([Uint8Array.from(numberBytes(kept.length)), ...kept]);
}

/** @returns {Promise<Uint8Array>} for each function, whether calculators call it */
async function calledFunctions() {
  const { exports } = await useInterpreter(notingCalls(interpreter));
  return new Uint8Array(exports.notedCalls.buffer);
}

/**
 * Boots, and has done what calculators do.
 *
 * @param {Bytes} noting
 * @returns {Promise<{pyodide: any, exports: any, modules: string[]}>} with the modules of the snapshot
 */
async function useInterpreter(noting) {
  /** @type {any} */
  let exports;
  const snapshot = await bytesOf(path.join(runtime, "snapshot.bin"));
  const pyodide = await bootFromSnapshot(runtime, snapshot, noting, (all) => (exports = all));
  const modules = JSON.parse(pyodide.runPython("import json, sys\njson.dumps(list(sys.modules))"));
  await unpackParts(pyodide, runtime);
  unpackModules(pyodide, await bytesOf(path.join(runtime, "workbook.bin")));
  await run(pyodide, "archive_modules.py", "use_interpreter.py", "use_language.py", "use_calculators.py", "use_rest.py");
  pyodide.globals.get("modules_of")("workbook");
  for (const use of ["use", "use_language", "use_calculators"]) pyodide.globals.get(use)();
  closePython(pyodide);
  return { pyodide, exports, modules };
}

async function run(/** @type {any} */ pyodide, /** @type {string[]} */ ...scripts) {
  for (const script of scripts) pyodide.runPython(await readFile(path.join(import.meta.dirname, script), "utf8"));
}

/** @returns {Promise<Uint8Array>} by address, whether what lies there when Python starts is for cut functions only, or for help */
async function unneededData() {
  const { pyodide, exports, modules } = await useInterpreter(notingReads(interpreter, called));
  const length = Math.max(...segmentsOf(contentOf(DATA)).map(({ address, content }) => address + content.length));
  const reads = new Uint8Array(exports.notedReads.buffer);
  pyodide.globals.get("use_rest")();
  const readByCut = new Uint8Array(exports.notedReadsByCut.buffer);

  const unneeded = new Uint8Array(length);
  let start = 0;
  let last = -1;
  for (let at = 0; at <= length; at++) {
    if (at < length && readByCut[at] && !reads[at]) {
      if (last < 0) start = at;
      last = at;
    } else if (last >= 0 && (at - last > GAP || reads[at] || at === length)) {
      if (last + 1 - start >= SMALLEST_TABLE) unneeded.fill(1, start, last + 1);
      last = -1;
    }
  }
  await addTexts(unneeded, reads, modules);
  return unneeded;
}

/**
 * Adds the documentation of what is written in C, and the modules compiled into the interpreter that the snapshot has.
 *
 * @param {Uint8Array} unneeded
 * @param {Uint8Array} reads
 * @param {string[]} modules of the snapshot
 */
async function addTexts(unneeded, reads, modules) {
  const plain = await bootPlainly(runtime, REPRODUCIBLE);
  await run(plain, "use_rest.py");
  const image = Buffer.alloc(unneeded.length);
  for (const { address, content } of segmentsOf(contentOf(DATA))) image.set(content, address);
  /** @type {string[]} */
  const texts = plain.globals.get("texts_of_help")().toJs();
  /** @type {Uint8Array[]} */
  const frozen = plain.globals.get("frozen_modules")(plain.toPy(modules)).toJs();
  for (const text of [...texts, ...frozen]) {
    for (let at = image.indexOf(text); at >= 0; at = image.indexOf(text, at + 1)) {
      const end = at + Buffer.from(text).length;
      // Before it, how the function is called.
      const start = image.toString("latin1", at - 4, at) === "--\n\n" ? image.lastIndexOf(0, at) + 1 : at;
      const isText = typeof text !== "string" || !image[end];
      if (isText && !reads.subarray(start, end).some(Boolean)) unneeded.fill(1, start, end);
    }
  }
}

/**
 * @param {Bytes} data
 * @param {Uint8Array} unneededAt by address
 * @returns {[Bytes, Bytes]} two contents of which each has zeros where the other has something else
 */
function splitData(data, unneededAt) {
  const unneeded = new Uint8Array(data.length);
  const needed = data.slice();
  for (const { address, content } of segmentsOf(data)) {
    const offset = content.byteOffset - data.byteOffset;
    for (let index = 0; index < content.length; index++) {
      if (!unneededAt[address + index]) continue;
      unneeded[offset + index] = content[index] ?? 0;
      needed[offset + index] = 0;
    }
  }
  return [needed, unneeded];
}

/** @param {Bytes} data @returns {Array<{address: number, content: Bytes}>} */
function segmentsOf(data) {
  const segments = [];
  for (let [left, at] = readNumber(data, 0); left--; ) {
    // At a constant address: active, i32.const … end.
    if (data[at] !== 0 || data[at + 1] !== 0x41) throw new Error("data that lies elsewhere");
    const [address, end] = readNumber(data, at + 2);
    const [length, start] = readNumber(data, end + 1);
    at = start + length;
    segments.push({ address, content: data.subarray(start, at) });
  }
  return segments;
}
