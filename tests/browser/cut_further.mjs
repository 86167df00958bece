/**
 * Cuts one more function out of the interpreter: node cut_further.mjs RUNTIME NAME OUTPUT
 *
 * OUTPUT/interpreter.bin is without the function that is exported as NAME; OUTPUT/rest.bin has it.
 */
import { writeFile } from "node:fs/promises";
import { zstdCompressSync } from "node:zlib";
import { CODE, EXPORTS, bodiesOf, codeOf, fileOf, readNumber, sectionsOf } from "../../overrides/assets/runtime/webassembly.js";
import { bytesOf } from "../../tools/runtime/pyodide_in_node.mjs";

const [runtime = "", wanted = "", output = ""] = process.argv.slice(2);
const [core, rest] = await Promise.all(["interpreter", "rest"].map(async (name) => new Uint8Array(await bytesOf(`${runtime}/${name}.bin`))));
if (!core || !rest) throw new Error("there is no interpreter");
const imported = WebAssembly.Module.imports(new WebAssembly.Module(core)).filter(({ kind }) => kind === "function").length;
const index = functionOf(wanted) - imported;
const [body] = bodiesIn(core).slice(index);
if (!body) throw new Error(`${wanted} is not exported`);
for (const [name, file, changed] of /** @type {const} */ ([["interpreter", core, Uint8Array.of(0, 0, 0x0b)], ["rest", rest, body]])) {
  const code = codeOf(bodiesIn(file).with(index, changed));
  const sections = sectionsOf(file).map(({ id, content }) => ({ id, content: id === CODE ? code : content }));
  await writeFile(`${output}/${name}.bin`, zstdCompressSync(fileOf(sections)));
}
process.exit(0); // Pyodide keeps Node alive.

/** @param {Uint8Array<ArrayBuffer>} file */
function bodiesIn(file) {
  return bodiesOf(sectionsOf(file).find(({ id }) => id === CODE)?.content ?? new Uint8Array());
}

/** @param {string} name @returns {number} the number of the function that has it */
function functionOf(name) {
  const exports = sectionsOf(/** @type {Uint8Array<ArrayBuffer>} */ (rest)).find(({ id }) => id === EXPORTS)?.content ?? new Uint8Array();
  for (let [left, at] = readNumber(exports, 0); left--; ) {
    const [length, start] = readNumber(exports, at);
    const [number, next] = readNumber(exports, start + length + 1);
    if (new TextDecoder().decode(exports.subarray(start, start + length)) === name) return number;
    at = next;
  }
  throw new Error(`${name} is not exported`);
}
