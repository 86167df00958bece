/**
 * Times answers of the Pyodide that the page restores: node timings.mjs RUNTIME SCRATCH RUNS < questions > milliseconds
 *
 * A JSON text a line; for each question a line with the milliseconds of every run.
 */
import { text } from "node:stream/consumers";
import { bootFromSnapshot, bytesOf, unpackParts } from "../../tools/runtime/pyodide_in_node.mjs";

const [runtime = "", scratch = "", runs = "0"] = process.argv.slice(2);
const pyodide = await bootFromSnapshot(scratch, await bytesOf(`${runtime}/snapshot.bin`));
await unpackParts(pyodide, runtime);
const { answer } = pyodide.pyimport("calculators.core.page.answer");
// Numbers that were written before are kept; a reader's new ones were not.
const forget = pyodide.pyimport("calculators.core.numbers.numerals").applied.cache_clear;
const lines = [];
for (const question of (await text(process.stdin)).split("\n").filter(Boolean)) {
  const times = [];
  for (let run = 0; run < Number(runs); run++) {
    forget();
    const start = performance.now();
    answer(question);
    times.push(performance.now() - start);
  }
  lines.push(JSON.stringify(times));
}
process.stdout.write(`${lines.join("\n")}\n`, () => process.exit(0));
