/**
 * What Python may reach in its worker once it has started: this site's own files, and no text becomes a script.
 *
 * The page's Content-Security-Policy does not hold here: a worker takes its own from the answer that brought its script,
 * and GitHub Pages sends none. A worker made from a blob would inherit it, and could not be shared by the pages of a
 * visit. Python runs nothing a reader puts in; this is for the day on which a fault makes it do so.
 */

/** What opens connections, or scopes of their own that could. What a browser does not have is not missed. */
const WAYS_OUT = [
  "EventSource",
  "FontFace",
  "SharedWorker",
  "WebSocket",
  "WebSocketStream",
  "WebTransport",
  "Worker",
  "XMLHttpRequest",
  "importScripts",
];

/**
 * @template {any} Pyodide
 * @param {Pyodide} pyodide that has started
 * @returns {Pyodide} the same, bounded, and its worker with it
 */
export function bounded(pyodide) {
  closePython(pyodide);
  closeScope();
  return pyodide;
}

/**
 * Takes the ways from Python to JavaScript away: it is asked and answers, and asks for nothing itself.
 *
 * @param {any} pyodide
 */
export function closePython(pyodide) {
  const { modules } = pyodide.pyimport("sys");
  for (const name of ["js", "pyodide_js"]) pyodide.unregisterJsModule(name);
  for (const name of [...modules]) if (/^(js|pyodide_js)\b/.test(name)) modules.pop(name);
  // None: it cannot be imported. It would call whatever is compiled in, a function that runs scripts among it.
  modules.set("_ctypes", undefined);
}

/** Closes what is left to whoever gets hold of an object of JavaScript all the same. */
function closeScope() {
  const fetchOfSite = self.fetch;
  replace("fetch", (/** @type {RequestInfo} */ resource, /** @type {RequestInit} */ options) =>
    fetchOfSite(resource, { ...options, mode: "same-origin" }),
  );
  for (const name of WAYS_OUT) replace(name, undefined);
  const cache = self.Cache?.prototype;
  if (cache) Object.defineProperties(cache, { add: { value: undefined }, addAll: { value: undefined } });

  replace("eval", refuse);
  replace("Function", refuse);
  for (const made of [function () {}, async function () {}, function* () {}, async function* () {}]) {
    Object.defineProperty(Object.getPrototypeOf(made), "constructor", { value: refuse });
  }
  for (const name of /** @type {const} */ (["setTimeout", "setInterval"])) {
    const start = self[name];
    replace(name, (/** @type {unknown} */ work, /** @type {unknown[]} */ ...rest) =>
      typeof work === "function" ? Reflect.apply(start, self, [work, ...rest]) : refuse(),
    );
  }
}

/**
 * Wherever the scope has it from: most of it stands in a prototype, where it would still be found.
 *
 * @param {string} name
 * @param {unknown} value
 */
function replace(name, value) {
  for (let holder = self; holder; holder = Object.getPrototypeOf(holder)) {
    if (Object.hasOwn(holder, name)) Object.defineProperty(holder, name, { value, writable: false, configurable: false });
  }
}

/** @returns {never} */
function refuse() {
  throw new EvalError("No text becomes a script here.");
}
// A function is still an instance of what stands in the place of `Function`.
Object.defineProperty(refuse, "prototype", { value: Function.prototype });
