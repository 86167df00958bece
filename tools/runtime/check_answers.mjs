/**
 * Compares answers: node check_answers.mjs RUNTIME (nothing in it is compressed yet)
 *
 * A Python restored from the snapshot in the interpreter as it was cut, with the archives of all groups and languages, must
 * answer every calculator in every language exactly as one booted plainly in the whole interpreter.
 */
import { rm } from "node:fs/promises";
import path from "node:path";
import { bootFromSnapshot, bootPlainly, bytesOf, unpackParts } from "./pyodide_in_node.mjs";

const [runtime = ""] = process.argv.slice(2);
const ask = "from calculators.core.page.answer import default_answers\nimport json\njson.dumps(default_answers())";
const [snapshot, interpreter] = await Promise.all(["snapshot", "interpreter"].map((name) => bytesOf(path.join(runtime, `${name}.bin`))));
const restored = await bootFromSnapshot(runtime, snapshot, interpreter && new Uint8Array(interpreter));
await unpackParts(restored, runtime);
const plain = await bootPlainly(runtime);
if (plain.runPython(ask) !== restored.runPython(ask)) throw new Error("a Python restored from the snapshot answers otherwise");
await rm(path.join(runtime, "empty.zip"));
process.exit(0); // Pyodide keeps Node alive.
