/** Decodes Zstandard, which no browser does for scripts: by the decoder of the package zstddec. */

/**
 * With memory of its own for each file, which goes with it.
 *
 * @param {Uint8Array<ArrayBuffer>} file
 * @returns {Promise<Uint8Array<ArrayBuffer>>} rejects where the file is damaged
 */
export async function decompress(file) {
  const decoder = Uint8Array.from(atob(ZSTANDARD_DECODER), (character) => character.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(decoder, { env: { emscripten_notify_memory_growth() {} } });
  const { memory, malloc, ZSTD_findDecompressedSize: sizeOf, ZSTD_decompress: decode } = /** @type {any} */ (instance.exports);
  const from = malloc(file.length);
  new Uint8Array(memory.buffer).set(file, from);
  const size = Number(sizeOf(from, file.length));
  const to = size >= 0 && malloc(size);
  if (!to || decode(to, size, from, file.length) !== size) throw new Error("a file of the runtime is damaged");
  return new Uint8Array(memory.buffer).slice(to, to + size);
}
