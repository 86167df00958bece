/**
 * Bundles the site's own scripts and styles into build/assets/, under names that change with their content.
 *
 *     node tools/bundle.mjs [output folder]
 *
 * Writes manifest.json (name in the templates → file) and packages.json (every npm package that went into a bundle, for
 * tools/licences).
 * tools/pages/assets.py publishes the folder as assets/playbook/.
 */
import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ZSTDDecoder } from "zstddec";
import { groupsOfCalculators } from "./runtime/groups.mjs";

/**
 * Name in templates (`asset("…")`) → source and form: `esm` for `<script type="module">`, `iife` for classic scripts and workers.
 * In this order: a script is told the names of those before it.
 */
const ENTRIES = {
  "python.js": { source: "overrides/assets/runtime/python.js", format: "esm" },
  "calculator_worker.js": { source: "overrides/assets/runtime/worker.js", format: "esm" },
  "analyser_worker.js": { source: "overrides/assets/analyser/worker.js", format: "esm" },
  "charts.js": { source: "overrides/assets/calculator/charts.js", format: "esm" },
  "calculator_tools.js": { source: "overrides/assets/calculator/tools.js", format: "esm" },
  "analyser.js": { source: "overrides/assets/analyser/analyser.js", format: "esm" },
  "answer_key.js": { source: "overrides/assets/answer_key/answer_key.js", format: "esm" },
  "my_numbers.js": { source: "overrides/assets/my_numbers/my_numbers.js", format: "esm" },
  "offline.js": { source: "overrides/assets/offline/offline.js", format: "esm" },
  "warehouse.js": { source: "overrides/assets/warehouse/warehouse.js", format: "esm" },
  "not_kept.js": { source: "overrides/assets/offline/not_kept.js", format: "iife" },
  "service_worker.js": { source: "overrides/assets/service_worker/worker.js", format: "iife" },
  "removing_worker.js": { source: "overrides/assets/service_worker/removing_worker.js", format: "iife" },
  "early_start.js": { source: "overrides/assets/runtime/early_start.js", format: "iife" },
  "without_scripts.js": { source: "overrides/assets/site/without_scripts.js", format: "iife" },
  "first_paint.js": { source: "overrides/assets/site/first_paint.js", format: "iife" },
  "site.js": { source: "overrides/assets/site/site.js", format: "esm" },
  "embed.js": { source: "overrides/assets/calculator/embed.js", format: "esm" },
  "not_found.js": { source: "overrides/assets/site/not_found.js", format: "iife" },
  "search.js": { source: "overrides/assets/search/box.js", format: "iife" },
  "search_worker.js": { source: "overrides/assets/search/worker.js", format: "iife" },
  "playbook.css": { source: "overrides/assets/site/styles/playbook.css" },
  "analyser.css": { source: "overrides/assets/analyser/styles/analyser.css" },
};

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const OUTPUT = path.resolve(ROOT, process.argv[2] ?? "build/assets");

/** Made by tools/runtime/bundle.py; published whole, under a name that changes with its content. */
const RUNTIME = path.join(ROOT, "build/runtime");

/** Brings its WebAssembly as a text, for which it needs a request; the site takes that text only. */
const ZSTANDARD_DECODER = "node_modules/zstddec/dist/zstddec.mjs";

/** Browsers that restore our WebAssembly and know import maps, `:has` and logical properties. */
const BROWSERS = ["chrome111", "firefox114", "safari16.4"];

await rm(OUTPUT, { recursive: true, force: true });
await mkdir(OUTPUT, { recursive: true });

const runtimeFiles = await publishRuntimeFiles();
/** @type {Record<string, string>} */
const manifest = { runtime: await publishRuntimeFolder() };
/** @type {Set<string>} */
const inputs = new Set();

for (const [name, { source, format }] of Object.entries(ENTRIES)) {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: { [path.parse(name).name]: source },
    outdir: OUTPUT,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format,
    target: BROWSERS,
    // Pyodide asks for these under Node only.
    external: ["node:*", "ws"],
    // Emscripten's habits, not ours.
    logOverride: { "direct-eval": "silent", "commonjs-variable-in-esm": "silent" },
    // As tools/runtime/bundle.py leaves it, for a quicker start.
    alias: { "pyodide/pyodide.asm.mjs": path.join(ROOT, "build/pyodide.asm.mjs") },
    define: {
      // Workbox is without its sentences for developers then.
      "process.env.NODE_ENV": '"production"',
      PYTHON_SCRIPT: JSON.stringify(manifest["python.js"] ?? ""),
      CALCULATOR_WORKER: JSON.stringify(manifest["calculator_worker.js"] ?? ""),
      ANALYSER: JSON.stringify(manifest["analyser.js"] ?? ""),
      ANALYSER_WORKER: JSON.stringify(manifest["analyser_worker.js"] ?? ""),
      CHARTS: JSON.stringify(manifest["charts.js"] ?? ""),
      CALCULATOR_TOOLS: JSON.stringify(manifest["calculator_tools.js"] ?? ""),
      ANSWER_KEY: JSON.stringify(manifest["answer_key.js"] ?? ""),
      MY_NUMBERS: JSON.stringify(manifest["my_numbers.js"] ?? ""),
      OFFLINE: JSON.stringify(manifest["offline.js"] ?? ""),
      WAREHOUSE: JSON.stringify(manifest["warehouse.js"] ?? ""),
      RUNTIME_FOLDER: JSON.stringify(manifest.runtime),
      RUNTIME_FILES: JSON.stringify(runtimeFiles),
      LARGE_RUNTIME_FILES: JSON.stringify(["interpreter", "snapshot"].map((name) => runtimeFiles[name]?.file).join(" ")),
      ZSTANDARD_DECODER: JSON.stringify(await zstandardDecoder()),
      CALCULATOR_GROUPS: JSON.stringify(await groupsOfCalculators(RUNTIME)),
    },
    charset: "utf8",
    legalComments: "linked",
    metafile: true,
    logLevel: "warning",
  });
  for (const [file, { entryPoint, inputs: parts }] of Object.entries(result.metafile.outputs)) {
    if (entryPoint) manifest[name] = path.basename(file);
    for (const input of Object.keys(parts)) inputs.add(input);
  }
}

inputs.add(ZSTANDARD_DECODER);
for (const [name, { file }] of Object.entries(runtimeFiles)) manifest[`${name}.bin`] = file;
await writeFile(path.join(OUTPUT, "packages.json"), `${JSON.stringify(packagesOf(inputs), null, 2)}\n`);
await writeFile(path.join(OUTPUT, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);

/** @returns {Promise<Record<string, {file: string, bytes: number, holds: string}>>} what our workers fetch, each under a name that changes with its content, and the hash of what it holds */
async function publishRuntimeFiles() {
  /** @type {Record<string, {file: string, bytes: number, holds: string}>} */
  const published = {};
  const decoder = new ZSTDDecoder();
  await decoder.init();
  for (const file of (await readdir(RUNTIME)).filter((name) => name.endsWith(".bin")).sort()) {
    const content = await readFile(path.join(RUNTIME, file));
    const { name } = path.parse(file);
    published[name] = { file: `${name}-${hashOf(content)}.bin`, bytes: content.length, holds: hashOf(decoder.decode(content)) };
    await writeFile(path.join(OUTPUT, published[name].file), content);
  }
  return published;
}

/** @returns {Promise<string>} the folder, beside the bundles, of what Pyodide fetches itself by fixed names */
async function publishRuntimeFolder() {
  const files = (await readdir(RUNTIME)).filter((name) => !name.endsWith(".bin")).sort();
  const contents = await Promise.all(files.map((file) => readFile(path.join(RUNTIME, file))));
  const name = `runtime-${hashOf(...files, ...contents)}`;
  await mkdir(path.join(OUTPUT, name));
  for (const file of files) await cp(path.join(RUNTIME, file), path.join(OUTPUT, name, file));
  return name;
}

/** @returns {Promise<string>} the WebAssembly that decodes Zstandard, in base64 */
async function zstandardDecoder() {
  const [, decoder] = /^const wasm = "([\w+/=]+)";$/m.exec(await readFile(path.join(ROOT, ZSTANDARD_DECODER), "utf8")) ?? [];
  if (!decoder) throw new Error("zstddec keeps its decoder in another way");
  return decoder;
}

/** @param {Array<string | Uint8Array>} contents */
function hashOf(...contents) {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 8).toUpperCase();
}

/**
 * @param {Iterable<string>} files relative to the root
 * @returns {string[]} the folders of the npm packages that they are of
 */
function packagesOf(files) {
  const folders = new Set();
  for (const file of files) {
    const match = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file);
    if (match) folders.add(path.relative(ROOT, path.resolve(ROOT, match[0])));
  }
  return [...folders].sort();
}
