/**
 * Puts modules that are fetched later where Python looks for its own.
 *
 * @param {any} pyodide
 * @param {ArrayBuffer} archive made by tools/runtime/make_archive.mjs
 */
export function unpackModules(pyodide, archive) {
  const folder = pyodide.pyimport("pyodide._package_loader").get_install_dir();
  pyodide.unpackArchive(archive, "zip", { extractDir: folder });
  // A package that came with the snapshot looks for further modules in an archive that is not there.
  const places = pyodide.pyimport("encodings").__path__;
  if (!places.includes(`${folder}/encodings`)) places.append(`${folder}/encodings`);
  pyodide.pyimport("importlib").invalidate_caches();
}
