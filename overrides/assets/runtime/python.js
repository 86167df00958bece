/**
 * Pyodide's two scripts and the decoder as one script, a large one: the worker loads it while the files it needs are on
 * their way.
 */
export { loadPyodide } from "pyodide";
export { default as createModule } from "pyodide/pyodide.asm.mjs";
export { decompress } from "./zstandard.js";
