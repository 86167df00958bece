/**
 * Answers questions with Pyodide: node answers.mjs plain|snapshot RUNTIME SNAPSHOT < questions > answers
 *
 * A JSON text a line, as the page sends and receives them.
 */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { unpackModules } from "../../overrides/assets/runtime/unpack_modules.js";
import { bootFromSnapshot, bootPlainly } from "../../tools/runtime/pyodide_in_node.mjs";

const [boot, runtime = "", scratch = ""] = process.argv.slice(2);
const pyodide = boot === "plain" ? await bootPlainly(runtime) : await bootFromSnapshot(scratch, await decoded("snapshot.bin"));
const { answer } = pyodide.pyimport("calculators.core.page.answer");
// As the worker does when the first workbook is asked for.
unpackModules(pyodide, await decoded("workbook.bin"));
const questions = (await text(process.stdin)).split("\n").filter(Boolean);
// Not console.log: the process must not end before everything is written.
process.stdout.write(`${questions.map((question) => answer(question)).join("\n")}\n`, () => process.exit(0));

async function decoded(/** @type {string} */ name) {
  const file = gunzipSync(await readFile(`${runtime}/${name}`));
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.length);
}
