/** Names that tools/bundle.mjs fills in: files beside the bundle. */
declare const ANALYSER_WORKER: string;
declare const CALCULATOR_WORKER: string;
declare const PYTHON_SCRIPT: string;
/** What Pyodide fetches itself. */
declare const RUNTIME_FOLDER: string;
/** WebAssembly in base64. */
declare const ZSTANDARD_DECODER: string;
/** What we fetch, each file by its name in tools/runtime/, with the beginning of the SHA-256 of what it holds. */
declare const RUNTIME_FILES: Record<string, { file: string; bytes: number; holds: string }>;
/** The names of the two large ones. */
declare const LARGE_RUNTIME_FILES: string;
/** The group of each calculator. */
declare const CALCULATOR_GROUPS: Record<string, string>;
declare const CALCULATOR_TOOLS: string;
declare const CHARTS: string;
declare const ANALYSER: string;
declare const ANSWER_KEY: string;
declare const MY_NUMBERS: string;
declare const OFFLINE: string;
declare const WAREHOUSE: string;

/** Pyodide's package declares its loader only. */
declare module "pyodide/pyodide.asm.mjs" {
  const createModule: (settings: object) => Promise<any>;
  export default createModule;
}
