/** Names that tools/bundle.mjs fills in: files beside the bundle. */
declare const CALCULATOR_WORKER: string;
declare const PYTHON_SCRIPT: string;
declare const RUNTIME_FOLDER: string;
declare const CALCULATOR_TOOLS: string;
declare const CHARTS: string;

/** Pyodide's package declares its loader only. */
declare module "pyodide/pyodide.asm.mjs" {
  const createModule: (settings: object) => Promise<any>;
  export default createModule;
}
