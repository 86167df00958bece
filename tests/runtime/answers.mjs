/**
 * Answers questions with Pyodide: node answers.mjs plain|snapshot RUNTIME SNAPSHOT < questions > answers
 *
 * A JSON text a line, as the page sends and receives them.
 */
import { text } from "node:stream/consumers";
import { unpackModules } from "../../overrides/assets/runtime/unpack_modules.js";
import { bootFromSnapshot, bootPlainly, bytesOf, unpackParts } from "../../tools/runtime/pyodide_in_node.mjs";

const [boot, runtime = "", scratch = ""] = process.argv.slice(2);
const pyodide = boot === "plain" ? await bootPlainly(runtime) : await bootFromSnapshot(scratch, await bytesOf(`${runtime}/snapshot.bin`));
const { answer } = pyodide.pyimport("calculators.core.page.answer");
// As the worker does when one of each is asked for.
if (boot !== "plain") await unpackParts(pyodide, runtime);
unpackModules(pyodide, await bytesOf(`${runtime}/workbook.bin`));
const questions = (await text(process.stdin)).split("\n").filter(Boolean);
// Not console.log: the process must not end before everything is written.
process.stdout.write(`${questions.map((question) => answer(question)).join("\n")}\n`, () => process.exit(0));
