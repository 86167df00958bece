/** Names that tools/bundle.mjs fills in: files beside the bundle. */
declare const ANALYSER_WORKER: string;
declare const CALCULATOR_WORKER: string;
declare const PYTHON_SCRIPT: string;
declare const RUNTIME_FOLDER: string;
/** Bytes of the files in it. */
declare const RUNTIME_SIZES: Record<string, number>;
declare const CALCULATOR_TOOLS: string;
declare const CHARTS: string;
declare const ANALYSER: string;

/** Pyodide's package declares its loader only. */
declare module "pyodide/pyodide.asm.mjs" {
  const createModule: (settings: object) => Promise<any>;
  export default createModule;
}
