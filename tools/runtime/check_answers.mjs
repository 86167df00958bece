/**
 * Compares answers: node check_answers.mjs RUNTIME (nothing in it is compressed yet)
 *
 * A Python restored from the snapshot in the interpreter as it was cut, with the archives of all groups and languages, must
 * answer every calculator in every language exactly as one booted plainly in the whole interpreter, and know as much of
 * every character: a table that was cut too much would not stop it.
 */
import { rm } from "node:fs/promises";
import path from "node:path";
import { bootFromSnapshot, bootPlainly, bytesOf, unpackParts } from "./pyodide_in_node.mjs";

const [runtime = ""] = process.argv.slice(2);
const ask = "from calculators.core.page.answer import default_answers\nimport json\njson.dumps(default_answers())";
const characters = `
import unicodedata, zlib
known = "".join(
    f"{unicodedata.category(c)}{unicodedata.normalize('NFKD', c)}{unicodedata.east_asian_width(c)}{unicodedata.numeric(c, '')}"
    f"{unicodedata.bidirectional(c)}{unicodedata.combining(c)}{c.upper()}{c.lower()}{c.casefold()}{c.isalnum()}{c.isprintable()}"
    for c in map(chr, (*range(0xD800), *range(0xE000, 0x110000)))
)
zlib.crc32(known.encode())
`;
const [snapshot, interpreter] = await Promise.all(["snapshot", "interpreter"].map((name) => bytesOf(path.join(runtime, `${name}.bin`))));
const restored = await bootFromSnapshot(runtime, snapshot, interpreter && new Uint8Array(interpreter));
await unpackParts(restored, runtime);
const plain = await bootPlainly(runtime);
for (const asked of [ask, characters]) if (plain.runPython(asked) !== restored.runPython(asked)) throw new Error("a Python restored from the snapshot answers otherwise");
await rm(path.join(runtime, "empty.zip"));
process.exit(0); // Pyodide keeps Node alive.
