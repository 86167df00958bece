/**
 * The parts of a WebAssembly file, as far as cutting the interpreter and putting it together again needs them.
 *
 * See tools/runtime/cut_interpreter.mjs for what is cut and why.
 */

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {{id: number, content: Bytes}} Section */

export const EXPORTS = 7;
export const CODE = 10;
export const DATA = 11;
/** The magic number and the version, before the first section. */
const HEAD = 8;

/**
 * Reads a number in LEB128, as all lengths are written.
 *
 * @param {Bytes} bytes
 * @param {number} at
 * @returns {[number, number]} the number, and where it ends
 */
export function readNumber(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [value >>> 0, at];
  }
}

/** @param {number} value @returns {number[]} the number in LEB128 */
export function numberBytes(value) {
  const low = value & 0x7f;
  return value < 0x80 ? [low] : [low | 0x80, ...numberBytes(value >>> 7)];
}

/** @param {Bytes} file @returns {Section[]} */
export function sectionsOf(file) {
  const sections = [];
  for (let at = HEAD; at < file.length; ) {
    const id = file[at] ?? 0;
    const [length, start] = readNumber(file, at + 1);
    at = start + length;
    sections.push({ id, content: file.subarray(start, at) });
  }
  return sections;
}

/** @param {Section[]} sections @returns {Bytes} the file */
export function fileOf(sections) {
  const parts = sections.flatMap(({ id, content }) => [Uint8Array.from([id, ...numberBytes(content.length)]), content]);
  return joined([Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), ...parts]);
}

/** @param {Bytes} code a section's content @returns {Bytes[]} the bodies of all functions */
export function bodiesOf(code) {
  let [count, at] = readNumber(code, 0);
  const bodies = [];
  while (count--) {
    const [length, start] = readNumber(code, at);
    at = start + length;
    bodies.push(code.subarray(start, at));
  }
  return bodies;
}

/** @param {Bytes[]} bodies @returns {Bytes} the content of a section */
export function codeOf(bodies) {
  const parts = bodies.flatMap((body) => [Uint8Array.from(numberBytes(body.length)), body]);
  return joined([Uint8Array.from(numberBytes(bodies.length)), ...parts]);
}

/**
 * Puts together what was cut: what is not in the one file is in the other.
 *
 * @param {Bytes} core the interpreter as most readers get it
 * @param {Bytes} rest
 * @returns {Bytes} the interpreter as Pyodide has it
 */
export function whole(core, rest) {
  const cut = new Map(sectionsOf(rest).map(({ id, content }) => [id, content]));
  return fileOf(
    sectionsOf(core).map(({ id, content }) => {
      const other = cut.get(id);
      if (!other) return { id, content };
      if (id === EXPORTS) return { id, content: other };
      if (id === DATA) return { id, content: content.map((byte, index) => byte | (other[index] ?? 0)) };
      const others = bodiesOf(other);
      return { id, content: codeOf(bodiesOf(content).map((body, index) => (others[index]?.length ? others[index] : body))) };
    }),
  );
}

/** @param {Bytes[]} parts @returns {Bytes} */
export function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
