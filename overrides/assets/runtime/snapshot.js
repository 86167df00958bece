/**
 * The memory snapshot: a Python in which the calculators are already imported.
 *
 * The file holds only what differs from the memory of a fresh interpreter, as runs of bytes:
 *
 *     4 bytes  length of the header, little endian
 *     header   JSON: SnapshotHeader
 *     bytes    the runs, one after the other
 *
 * Made by tools/runtime/make_snapshot.mjs, which also checks that a restored Python answers like a plainly booted one.
 * Both lean on internals of the pinned Pyodide version, which is why any failure here leads to the plain boot.
 */

/**
 * @typedef {object} SnapshotHeader
 * @property {string} build Pyodide's build id; another build has another memory layout
 * @property {object} interpreter versions as Pyodide's lock file has them
 * @property {object} references what Pyodide needs to reconnect JavaScript objects held by Python
 * @property {number} memory size of the memory in bytes
 * @property {[number, number]} zeroed from and to where memory is cleared before the runs are written
 * @property {number[]} runs pairs: distance from the end of the run before, length
 */

/** An empty zip archive: the standard library is in the snapshot, so nothing is read from it. */
export const EMPTY_ZIP = Uint8Array.from([0x50, 0x4b, 5, 6, ...new Array(18).fill(0)]);

/**
 * The options that make `loadPyodide` restore a snapshot: its own restoring step is replaced by one that writes our runs.
 *
 * @param {ArrayBuffer} file
 * @param {(settings: object) => Promise<any>} createModule Pyodide's module factory
 */
export function restoreOptions(file, createModule) {
  const headerLength = new DataView(file).getUint32(0, true);
  /** @type {SnapshotHeader} */
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 4, headerLength)));
  return {
    lockFileContents: JSON.stringify({ info: header.interpreter, packages: {} }),
    // Any bytes will do: nothing reads them.
    _loadSnapshot: new Uint8Array(8),
    createPyodideModule: async (/** @type {object} */ settings) => {
      const module = await createModule(settings);
      if (typeof module.API.restoreSnapshot !== "function") throw new Error("this Pyodide restores snapshots in another way");
      module.API.restoreSnapshot = () => {
        const memory = module.HEAPU8;
        if (header.build !== module.API.config.BUILD_ID) throw new Error("the snapshot belongs to another build of Pyodide");
        if (header.memory !== memory.length) throw new Error("the snapshot belongs to another size of memory");
        writeRuns(memory, header, new Uint8Array(file, 4 + headerLength));
        return header.references;
      };
      return module;
    },
  };
}

/**
 * @param {Uint8Array} memory
 * @param {SnapshotHeader} header
 * @param {Uint8Array} bytes
 */
function writeRuns(memory, { zeroed, runs }, bytes) {
  memory.fill(0, zeroed[0], zeroed[1]);
  let position = 0;
  let read = 0;
  for (let index = 0; index < runs.length; index += 2) {
    position += runs[index] ?? 0;
    const length = runs[index + 1] ?? 0;
    memory.set(bytes.subarray(read, read + length), position);
    position += length;
    read += length;
  }
  if (read !== bytes.length) throw new Error("the snapshot is incomplete");
}
