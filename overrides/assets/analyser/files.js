/** The reader's files as Python sees them, and those that Python writes as the page gets them. */

/** Where each question's files are. */
const FOLDER = "/files";
/** Of a read that failed, as C numbers it: Python raises OSError. */
const EIO = 29;

/**
 * Shows files to Python, which reads pieces of them: nothing is copied. They stay where they are as long as the worker.
 *
 * @param {any} pyodide
 * @param {number} number of the question
 * @param {File[]} files
 * @returns {string[]} their paths, each with the file's own name
 */
export function mountFiles(pyodide, number, files) {
  const { FS } = pyodide;
  const { WORKERFS } = FS.filesystems;
  makeReadable(WORKERFS, FS);
  return files.map((file, index) => {
    const folder = `${FOLDER}/${number}/${index}`;
    FS.mkdirTree(folder);
    FS.mount(WORKERFS, { files: [file] }, folder);
    return `${folder}/${file.name}`;
  });
}

/**
 * Takes a file away from Python.
 *
 * @param {any} pyodide
 * @param {{path: string, type: string}} file
 * @returns {Blob}
 */
export function takeFile({ FS }, { path, type }) {
  const content = FS.readFile(path);
  FS.unlink(path);
  return new Blob([content], { type });
}

/**
 * A file that was changed, moved or taken away since it was chosen cannot be read any more. Emscripten lets that pass
 * through Python, which does not survive it.
 *
 * @param {any} WORKERFS
 * @param {any} FS
 */
function makeReadable(WORKERFS, FS) {
  const operations = WORKERFS.stream_ops;
  if (operations.isSafe) return;
  operations.isSafe = true;
  const { read } = operations;
  operations.read = (/** @type {unknown[]} */ ...given) => {
    try {
      return read(...given);
    } catch {
      throw new FS.ErrnoError(EIO);
    }
  };
}
