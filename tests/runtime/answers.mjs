/**
 * Answers questions with Pyodide: node answers.mjs plain|snapshot RUNTIME SNAPSHOT < questions > answers
 *
 * A JSON text a line, as the page sends and receives them.
 */
import { text } from "node:stream/consumers";
import { archivesFor } from "../../overrides/assets/runtime/archives.js";
import { unpackModules } from "../../overrides/assets/runtime/unpack_modules.js";
import { groupsOfCalculators } from "../../tools/runtime/groups.mjs";
import { bootFromSnapshot, bootPlainly, bytesOf } from "../../tools/runtime/pyodide_in_node.mjs";

// As in a tab left open for weeks: counters of clocks that are too small for it have run over.
const sinceStart = performance.now.bind(performance);
performance.now = () => sinceStart() + 40 * 24 * 3_600_000;

const [boot, runtime = "", scratch = ""] = process.argv.slice(2);
const [snapshot, interpreter] = await Promise.all([bytesOf(`${runtime}/snapshot.bin`), bytesOf(`${runtime}/interpreter.bin`)]);
// No example needs more of the interpreter than every reader has.
const pyodide = boot === "plain" ? await bootPlainly(runtime) : await bootFromSnapshot(scratch, snapshot, new Uint8Array(interpreter));
const { answer } = pyodide.pyimport("calculators.core.page.answer");
const groups = await groupsOfCalculators(runtime);
const questions = (await text(process.stdin)).split("\n").filter(Boolean);
const unpacked = new Set();
const answers = [];
for (const question of questions) {
  // As the worker does, and no more: what another language or group brings must not be missed.
  for (const name of archivesFor(question, groups)) {
    if (!unpacked.has(name)) unpackModules(pyodide, await bytesOf(`${runtime}/${name}.bin`));
    unpacked.add(name);
  }
  answers.push(answer(question));
}
// Not console.log: the process must not end before everything is written.
process.stdout.write(`${answers.join("\n")}\n`, () => process.exit(0));
