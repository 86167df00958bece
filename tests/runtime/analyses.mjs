/**
 * Asks the analyser with Pyodide: node analyses.mjs plain|snapshot RUNTIME SCRATCH FILES < questions > answers
 *
 * A JSON text a line, as the page's worker asks; the files lie in the folder FILES, which Pyodide sees under that path.
 */
import { text } from "node:stream/consumers";
import { wordsFor } from "../../overrides/assets/runtime/archives.js";
import { unpackModules } from "../../overrides/assets/runtime/unpack_modules.js";
import { groupsOfCalculators } from "../../tools/runtime/groups.mjs";
import { bootFromSnapshot, bootPlainly, bytesOf } from "../../tools/runtime/pyodide_in_node.mjs";

const [boot, runtime = "", scratch = "", files = ""] = process.argv.slice(2);
const pyodide = boot === "plain" ? await bootPlainly(runtime) : await bootFromSnapshot(scratch, await decoded("snapshot"));
const unpacked = new Set();
const groups = await groupsOfCalculators(runtime);
await unpack("analysis", ...[...new Set(Object.values(groups))].map((group) => `group-${group}`));
pyodide.mountNodeFS(files, files);
const session = pyodide.pyimport("calculators.analysis.page.session").Session();
const answers = [];
for (const question of (await text(process.stdin)).split("\n").filter(Boolean)) answers.push(await lastStep(question));
// Not console.log: the process must not end before everything is written.
process.stdout.write(`${answers.join("\n")}\n`, () => process.exit(0));

/** As the worker does, and no more: what another language brings must not be missed. */
async function unpack(/** @type {string[]} */ ...names) {
  for (const name of names) {
    if (!unpacked.has(name)) unpackModules(pyodide, await decoded(name));
    unpacked.add(name);
  }
}

async function lastStep(/** @type {string} */ question) {
  await unpack(...wordsFor(question, groups));
  const steps = session.asking(question);
  let last = "";
  for (let step = steps.next(); !step.done; step = steps.next()) {
    last = step.value;
    const { needs } = JSON.parse(last);
    // As the worker does when a file needs it.
    if (needs) await unpack(needs);
  }
  return last;
}

function decoded(/** @type {string} */ name) {
  return bytesOf(`${runtime}/${name}.bin`);
}
