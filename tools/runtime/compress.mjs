/**
 * Compresses the files of the runtime in place: node compress.mjs RUNTIME
 *
 * By Zstandard, of which the worker brings its own decoder (overrides/assets/runtime/zstandard.js): a fifth less than
 * gzip, and decoded as quickly. Node has it; Python only from 3.14 on.
 */
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { constants, zstdCompressSync } from "node:zlib";

const HIGHEST = 22;
const [runtime = ""] = process.argv.slice(2);
for (const name of (await readdir(runtime)).filter((file) => file.endsWith(".bin"))) {
  const file = path.join(runtime, name);
  const content = await readFile(file);
  const params = { [constants.ZSTD_c_compressionLevel]: HIGHEST, [constants.ZSTD_c_checksumFlag]: 1 };
  await writeFile(file, zstdCompressSync(content, { params, pledgedSrcSize: content.length }));
}
