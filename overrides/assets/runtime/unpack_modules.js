/** Of a zip archive, little endian: how its parts begin, and where in them stands what is read here. */
const END = { signature: 0x06054b50, bytes: 22, count: 10, directory: 16 };
const ENTRY = { signature: 0x02014b50, bytes: 46, method: 10, size: 24, name: 28, extra: 30, comment: 32, header: 42 };
const HEADER = { bytes: 30, name: 26, extra: 28 };

/**
 * Puts modules that are fetched later where Python looks for its own.
 *
 * @param {any} pyodide
 * @param {ArrayBuffer} archive made by tools/runtime/make_archive.mjs
 */
export function unpackModules(pyodide, archive) {
  const { FS } = pyodide;
  const folder = pyodide.pyimport("pyodide._package_loader").get_install_dir();
  /** @type {Set<string>} */
  const folders = new Set();
  for (const { name, content } of filesOf(archive)) {
    const path = `${folder}/${name}`;
    const parent = path.slice(0, path.lastIndexOf("/"));
    if (!folders.has(parent)) FS.mkdirTree(parent);
    folders.add(parent);
    FS.writeFile(path, content);
  }
  // A package that came with the snapshot looks for further modules in an archive that is not there.
  const places = pyodide.pyimport("encodings").__path__;
  if (!places.includes(`${folder}/encodings`)) places.append(`${folder}/encodings`);
  pyodide.pyimport("importlib").invalidate_caches();
}

/**
 * Reads a zip archive of which nothing is compressed: Python's own reader takes longer than what is read.
 *
 * @param {ArrayBuffer} archive
 * @returns {Iterable<{name: string, content: Uint8Array}>} throws where it is not such an archive
 */
function* filesOf(archive) {
  const view = new DataView(archive);
  const end = archive.byteLength - END.bytes;
  if (end < 0 || view.getUint32(end, true) !== END.signature) throw new Error("an archive without an end");
  let at = view.getUint32(end + END.directory, true);
  for (let left = view.getUint16(end + END.count, true); left--; ) {
    if (view.getUint32(at, true) !== ENTRY.signature) throw new Error("an archive with a damaged directory");
    if (view.getUint16(at + ENTRY.method, true)) throw new Error("an archive with something compressed");
    const nameLength = view.getUint16(at + ENTRY.name, true);
    const name = new TextDecoder().decode(new Uint8Array(archive, at + ENTRY.bytes, nameLength));
    const header = view.getUint32(at + ENTRY.header, true);
    const start = header + HEADER.bytes + view.getUint16(header + HEADER.name, true) + view.getUint16(header + HEADER.extra, true);
    if (!name.endsWith("/")) yield { name, content: new Uint8Array(archive, start, view.getUint32(at + ENTRY.size, true)) };
    at += ENTRY.bytes + nameLength + view.getUint16(at + ENTRY.extra, true) + view.getUint16(at + ENTRY.comment, true);
  }
}
