/**
 * Puts the modules that write workbooks where Python looks for its own.
 *
 * @param {any} pyodide
 * @param {ArrayBuffer} archive made by tools/runtime/make_workbook_modules.mjs
 */
export function unpackModules(pyodide, archive) {
  const folder = pyodide.pyimport("pyodide._package_loader").get_install_dir();
  pyodide.unpackArchive(archive, "zip", { extractDir: folder });
  pyodide.pyimport("importlib").invalidate_caches();
}
