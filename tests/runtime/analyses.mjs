/**
 * Asks the analyser with Pyodide: node analyses.mjs plain|snapshot RUNTIME SCRATCH FILES < questions > answers
 *
 * A JSON text a line, as the page's worker asks; the files lie in the folder FILES, which Pyodide sees under that path.
 */
import { text } from "node:stream/consumers";
import { unpackModules } from "../../overrides/assets/runtime/unpack_modules.js";
import { bootFromSnapshot, bootPlainly, bytesOf, unpackParts } from "../../tools/runtime/pyodide_in_node.mjs";

const [boot, runtime = "", scratch = "", files = ""] = process.argv.slice(2);
const pyodide = boot === "plain" ? await bootPlainly(runtime) : await bootFromSnapshot(scratch, await decoded("snapshot"));
unpackModules(pyodide, await decoded("analysis"));
await unpackParts(pyodide, runtime);
pyodide.mountNodeFS(files, files);
const session = pyodide.pyimport("calculators.analysis.page.session").Session();
const answers = [];
for (const question of (await text(process.stdin)).split("\n").filter(Boolean)) answers.push(await lastStep(question));
// Not console.log: the process must not end before everything is written.
process.stdout.write(`${answers.join("\n")}\n`, () => process.exit(0));

async function lastStep(/** @type {string} */ question) {
  const steps = session.asking(question);
  let last = "";
  for (let step = steps.next(); !step.done; step = steps.next()) {
    last = step.value;
    const { needs } = JSON.parse(last);
    // As the worker does when a file needs it.
    if (needs) unpackModules(pyodide, await decoded(needs));
  }
  return last;
}

function decoded(/** @type {string} */ name) {
  return bytesOf(`${runtime}/${name}.bin`);
}
