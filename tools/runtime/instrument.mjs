/**
 * Lets an interpreter note which of its functions are called and what they read.
 *
 * By further memories of its own, in which a byte is set for each: nothing that Python sees is changed.
 */
import { CODE, EXPORTS, bodiesOf, codeOf, fileOf, joined, numberBytes, readNumber, sectionsOf } from "../../overrides/assets/runtime/webassembly.js";

/** @typedef {import("../../overrides/assets/runtime/webassembly.js").Bytes} Bytes */
/** @typedef {import("../../overrides/assets/runtime/webassembly.js").Section} Section */

const TYPES = 1;
const FUNCTIONS = 3;
const MEMORIES = 5;
/** Pages of 64 KiB: one for the functions, and as many as Python may come to need. */
const PAGES = { notedCalls: 1, notedReads: 4096, notedReadsByCut: 4096 };
const I32 = 0x7f;
/** Of each instruction that reads memory, from 0x28 on, how many bytes that is. */
const WIDTHS = [4, 8, 4, 8, 1, 1, 2, 2, 1, 1, 2, 2, 4, 4];
/** By width, a constant of ones and the instruction that stores it. @type {Record<number, [number[], number]>} */
const MARKS = {
  1: [[0x41, 1], 0x3a],
  2: [[0x41, 0x81, 2], 0x3b],
  4: [[0x41, 0x81, 0x82, 0x84, 8], 0x36],
  8: [[0x42, 0x81, 0x82, 0x84, 0x88, 0x90, 0xa0, 0xc0, 0x80, 1], 0x37],
};

/**
 * @param {Bytes} interpreter
 * @returns {Bytes} one that exports a memory `notedCalls`, with a byte for each function
 */
export function notingCalls(interpreter) {
  const note = (/** @type {Bytes} */ body, /** @type {number} */ index) => {
    const [, start] = localsOf(body);
    return joined([body.subarray(0, start), Uint8Array.from([0x41, ...signedBytes(index), 0x41, 1, 0x3a, 0x40, 1, 0]), body.subarray(start)]);
  };
  return withMemories(interpreter, ["notedCalls"], (bodies) => bodies.map(note));
}

/**
 * @param {Bytes} interpreter
 * @param {Uint8Array} called by function
 * @returns {Bytes} one that exports two memories with a byte for each of its own: `notedReads`, by functions that are
 *   called, and `notedReadsByCut`
 */
export function notingReads(interpreter, called) {
  const parameters = parametersOf(sectionsOf(interpreter));
  return withMemories(interpreter, ["notedReads", "notedReadsByCut"], (bodies) =>
    bodies.map((body, index) => notingReadsOf(body, parameters[index] ?? 0, called[index] ? 1 : 2)),
  );
}

/**
 * @param {Bytes} interpreter
 * @param {Array<keyof typeof PAGES>} names
 * @param {(bodies: Bytes[]) => Bytes[]} change
 */
function withMemories(interpreter, names, change) {
  const memories = names.map((name) => [0, ...numberBytes(PAGES[name])]);
  const exports = names.map((name, index) => [name.length, ...Buffer.from(name), 2, index + 1]);
  return fileOf(
    sectionsOf(interpreter).map(({ id, content }) => {
      if (id === CODE) return { id, content: codeOf(change(bodiesOf(content))) };
      if (id === MEMORIES) return { id, content: withEntries(content, memories) };
      if (id === EXPORTS) return { id, content: withEntries(content, exports) };
      return { id, content };
    }),
  );
}

/**
 * @param {Bytes} content of a section that is a list
 * @param {number[][]} entries
 */
function withEntries(content, entries) {
  const [count, start] = readNumber(content, 0);
  return joined([Uint8Array.from(numberBytes(count + entries.length)), content.subarray(start), Uint8Array.from(entries.flat())]);
}

/** @param {Bytes} body @returns {[number, number]} how many locals it declares, and where its instructions start */
function localsOf(body) {
  let [groups, at] = readNumber(body, 0);
  let count = 0;
  while (groups--) {
    const [ofGroup, type] = readNumber(body, at);
    count += ofGroup;
    at = type + 1;
  }
  return [count, at];
}

/** @param {Section[]} sections @returns {number[]} by function, how many parameters it has */
function parametersOf(sections) {
  const content = (/** @type {number} */ wanted) => sections.find(({ id }) => id === wanted)?.content ?? new Uint8Array();
  const types = content(TYPES);
  const counts = [];
  for (let [left, at] = readNumber(types, 0); left--; ) {
    if (types[at++] !== 0x60) throw new Error("a type that is none of a function");
    const [given, first] = readNumber(types, at);
    const [returned, last] = readNumber(types, first + given);
    at = last + returned;
    counts.push(given);
  }
  const functions = content(FUNCTIONS);
  const parameters = [];
  for (let [left, at] = readNumber(functions, 0); left--; ) {
    const [type, next] = readNumber(functions, at);
    at = next;
    parameters.push(counts[type] ?? 0);
  }
  return parameters;
}

/**
 * @param {Bytes} body
 * @param {number} parameters
 * @param {number} memory where it is noted
 */
function notingReadsOf(body, parameters, memory) {
  const [locals, start] = localsOf(body);
  const [groups, first] = readNumber(body, 0);
  const address = numberBytes(parameters + locals);
  /** @type {Bytes[]} */
  const parts = [Uint8Array.from(numberBytes(groups + 1)), body.subarray(first, start), Uint8Array.of(1, I32)];
  let copied = start;
  for (let at = start; at < body.length; ) {
    const width = WIDTHS[(body[at] ?? 0) - 0x28];
    const next = afterInstruction(body, at);
    if (width) {
      const [, offset] = readNumber(body, at + 1);
      const [ones, store] = MARKS[width] ?? [[], 0];
      // local.tee address, local.get address, ones, store at the same offset in the other memory
      const note = [0x22, ...address, 0x20, ...address, ...ones, store, 0x40, memory];
      parts.push(body.subarray(copied, at), Uint8Array.from(note), body.subarray(offset, next));
      copied = at;
    }
    at = next;
  }
  return joined([...parts, body.subarray(copied)]);
}

/** @param {Bytes} code @param {number} at an instruction @returns {number} where the next one starts */
function afterInstruction(code, at) {
  const skip = (/** @type {number} */ from, count = 1) => {
    while (count--) from = readNumber(code, from)[1];
    return from;
  };
  const instruction = code[at++] ?? 0;
  if ((instruction >= 0x45 && instruction <= 0xc4) || [0x00, 0x01, 0x05, 0x0a, 0x0b, 0x0f, 0x19, 0x1a, 0x1b, 0xd1].includes(instruction)) return at;
  if (instruction >= 0x28 && instruction <= 0x3e) return skip(at, 2);
  if ([0x11, 0x13].includes(instruction)) return skip(at, 2);
  if (instruction === 0x43) return at + 4;
  if (instruction === 0x44) return at + 8;
  if (instruction === 0x0e || instruction === 0x1c) {
    const [count, first] = readNumber(code, at);
    return skip(first, instruction === 0x0e ? count + 1 : count);
  }
  if (instruction === 0xfc) {
    const [kind, next] = readNumber(code, at);
    return skip(next, kind < 8 ? 0 : [8, 10, 12, 14].includes(kind) ? 2 : 1);
  }
  const withOne = [0x02, 0x03, 0x04, 0x06, 0x07, 0x08, 0x09, 0x0c, 0x0d, 0x10, 0x12, 0x18, 0x3f, 0x40, 0x41, 0x42, 0xd0, 0xd2];
  if (withOne.includes(instruction) || (instruction >= 0x20 && instruction <= 0x26)) return skip(at);
  throw new Error(`an instruction that is not known here: ${instruction}`);
}

/** @returns {number[]} */
function signedBytes(/** @type {number} */ value) {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signedBytes(value >> 7)];
}
