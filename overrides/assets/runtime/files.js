/**
 * The files of the runtime, as the host has them (compressed) or as an earlier visit left them (decoded).
 *
 * Decoding costs a second visit more than anything else, so the decoded files are kept in CacheStorage under their
 * address, which changes with their content: a release that changes one of them leaves the others where they are. It
 * holds nothing but this site's own files.
 */

import { Counting } from "./counting.js";
import { Failure, isAboutMemory, kindOf, kindOfStatus } from "./failures.js";
import { python } from "./python_script.js";
import { watched } from "./watched.js";

export const CACHE = "playbook-runtime";
/** Where the service worker keeps the site, and of the runtime what no visit has decoded yet, as the host has it. */
export const CACHE_OF_PAGES = "playbook-pages";
/** First the result, then the cache: writing 15 MB beside a starting Python makes both slow. */
const KEEP_AFTER_MILLISECONDS = 1500;

/** What each of the two large files holds; the others are archives of modules, see tools/runtime/archives.py. */
const TYPES = { interpreter: "application/wasm", snapshot: "application/octet-stream" };
const LARGE = /** @type {const} */ (["interpreter", "snapshot"]);
/** What is not kept decoded: few readers come to it, and none waits for it at every visit. */
const NOT_KEPT = new Set(["workbook", "analysis", "spreadsheet", "rest"]);

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

export class RuntimeFiles {
  /** Whether a file of an earlier visit was used: where Python does not start with it, it may start without. */
  hasUsedKept = false;
  /** Of what is waited for. @type {Counting} */
  counting;
  #isTrusted;
  /** Archives that are here or on their way. @type {Map<string, Promise<ArrayBuffer>>} */
  #archives = new Map();
  /** @type {Set<string>} */
  #arrived = new Set();
  /** Archives that this visit has fetched and the next one may find. @type {Map<string, Bytes>} */
  #fetched = new Map();
  /** Of large files that this visit has fetched, whether they are the right ones: found out while Python starts. @type {Map<string, Promise<boolean>>} */
  #checks = new Map();
  /** Large files that came as other ones: fetched anew, past all that keeps any. @type {Set<string>} */
  #wrong = new Set();

  /**
   * @param {URL} worker the address of the worker's script
   * @param {boolean} isTrusted whether what an earlier visit left is used
   * @param {() => void} counted called whenever more is waited for, or has come
   */
  constructor(worker, isTrusted, counted) {
    this.root = new URL(".", worker);
    /** Where Pyodide finds what it fetches itself, for the plain boot. */
    this.folder = new URL(`${RUNTIME_FOLDER}/`, worker);
    this.#isTrusted = isTrusted;
    this.counting = new Counting(counted);
  }

  /** Leaves aside what an earlier visit left: it is fetched again, and replaced once that has answered, since it may not come. */
  distrust() {
    this.#isTrusted = this.hasUsedKept = false;
  }

  /** @returns {Promise<boolean>} whether an earlier visit left both files, so that nothing large would be fetched */
  async areKept() {
    const found = await Promise.all(LARGE.map((name) => this.#kept(name)));
    return found.every(Boolean);
  }

  /** @returns {Promise<Response>} the WebAssembly of Python, without what `rest` has; see `foundWrong` */
  async interpreter() {
    return (await this.#keptOf("interpreter")) ?? responseOf("interpreter", await this.#download("interpreter"));
  }

  /** @returns {Promise<ArrayBuffer>} the memory snapshot; see `foundWrong` */
  async snapshot() {
    return (await this.#keptOf("snapshot"))?.arrayBuffer() ?? (await this.#download("snapshot")).buffer;
  }

  /**
   * Whether a large file that was fetched since this was last asked is another one than this release was built with: what
   * started with it is not to be believed. The next time, it is fetched past all that keeps any.
   *
   * @returns {Promise<boolean>}
   */
  async foundWrong() {
    const before = this.#wrong.size;
    for (const [name, check] of this.#checks) if (!(await check)) this.#wrong.add(name);
    this.#checks.clear();
    return this.#wrong.size > before;
  }

  /**
   * Fetches an archive, once; after a failure, again when it is asked for again.
   *
   * @param {string} name see tools/runtime/archives.py
   * @returns {Promise<ArrayBuffer>} its modules
   */
  archive(name) {
    const begun = this.#archives.get(name) ?? this.#fetchArchive(name);
    this.#archives.set(name, begun);
    begun.then(
      () => this.#arrived.add(name),
      () => {
        this.#archives.delete(name);
        this.counting.end(name);
      },
    );
    return begun;
  }

  /** @param {string} name @returns {boolean} whether nobody waits for it */
  isHere(name) {
    return this.#arrived.has(name);
  }

  /** @param {string} name */
  async #fetchArchive(name) {
    const kept = await (await this.#kept(name))?.arrayBuffer().catch(() => undefined); // the store may have lost it
    if (kept && (await isRight(name, kept))) return kept;
    const content = await this.#download(name);
    if (!NOT_KEPT.has(name)) this.#fetched.set(name, content);
    return content.buffer;
  }

  /**
   * Drops an archive that cannot be unpacked: it is fetched again.
   *
   * @param {string} name
   */
  async distrustArchive(name) {
    for (const having of [this.#fetched, this.#archives, this.#arrived]) having.delete(name);
    for (const cacheName of [CACHE, CACHE_OF_PAGES]) await this.#remove(name, cacheName);
  }

  /** @param {string} name @param {string} cacheName */
  async #remove(name, cacheName) {
    try {
      if (await self.caches?.has(cacheName)) await (await self.caches.open(cacheName)).delete(this.#address(name));
    } catch {
      // Storage is switched off: nothing is kept.
    }
  }

  /**
   * Puts the large files and the archives of this visit, decoded, where the next one finds them, and drops those of
   * earlier releases.
   *
   * @param {() => void} done called when they are there; not where storage is full or switched off
   */
  keepDecoded(done) {
    setTimeout(() => this.#keep().then(done, () => {}), KEEP_AFTER_MILLISECONDS);
  }

  async #keep() {
    const cache = await self.caches.open(CACHE);
    const hasServiceWorker = await self.caches.has(CACHE_OF_PAGES);
    const addresses = new Set(Object.keys(RUNTIME_FILES).map((name) => this.#address(name)));
    for (const request of await cache.keys()) {
      // Where there is a service worker, it knows which release is whole: an open page may be of another one.
      if (!hasServiceWorker && !addresses.has(request.url)) await cache.delete(request);
    }
    for (const name of LARGE) {
      const address = this.#address(name);
      const kept = this.#isTrusted ? await cache.match(address) : undefined;
      // Nobody waits for that now; a file that is another one, and starts nevertheless, is replaced for the next visit.
      const content = await kept?.arrayBuffer().catch(() => undefined);
      if (!content || !(await isRight(name, content))) {
        await cache.put(address, responseOf(name, await this.#download(name, false)));
      }
    }
    for (const [name, content] of this.#fetched) await cache.put(this.#address(name), responseOf(name, content));
    this.#fetched.clear();
    if (!hasServiceWorker) return;
    const packed = await self.caches.open(CACHE_OF_PAGES);
    for (const { url } of await cache.keys()) await packed.delete(url);
  }

  /** @param {typeof LARGE[number]} name */
  async #keptOf(name) {
    const kept = await this.#kept(name);
    if (kept) this.hasUsedKept = true;
    return kept;
  }

  /** @param {string} name @param {string} [cacheName] */
  async #kept(name, cacheName = CACHE) {
    try {
      return this.#isTrusted ? await self.caches?.match(this.#address(name), { cacheName }) : undefined;
    } catch {
      return undefined; // storage is switched off
    }
  }

  /** @param {string} name @returns {Promise<Response | undefined>} as the host has it, if the service worker has fetched it ahead */
  async #packed(name) {
    const packed = await this.#kept(name, CACHE_OF_PAGES);
    if (packed) this.hasUsedKept = true;
    return packed;
  }

  /**
   * @param {string} name
   * @param {boolean} isWaitedFor
   * @returns {Promise<Bytes>} decoded
   */
  async #download(name, isWaitedFor = true) {
    if (isWaitedFor) this.counting.begin(name, RUNTIME_FILES[name]?.bytes ?? 0);
    const packed = await this.#packed(name);
    try {
      if (!this.#wrong.has(name)) return await this.#decode(name, packed ?? (await this.#fetch(name)), isWaitedFor);
    } catch (error) {
      if (kindOf(error) || isAboutMemory(error)) throw error;
    }
    // It is damaged, and may have been kept so, by the service worker or the browser itself.
    if (packed) await this.#remove(name, CACHE_OF_PAGES);
    this.#wrong.add(name);
    try {
      return await this.#decode(name, await this.#fetch(name, { cache: "reload" }), isWaitedFor);
    } catch (error) {
      throw kindOf(error) || isAboutMemory(error) ? error : new Failure("broken", `${name}: ${error}`, name);
    }
  }

  /**
   * @param {string} name
   * @param {RequestInit} [options]
   * @returns {Promise<Response>} as the host has it
   */
  async #fetch(name, options) {
    const response = await fetch(this.#address(name), options).catch((error) => {
      throw new Failure("offline", `${name}: ${error}`, name);
    });
    if (!response.ok || !response.body) throw new Failure(kindOfStatus(response.status), `${name}: ${response.status}`, name);
    return response;
  }

  /**
   * @param {string} name
   * @param {Response} response
   * @param {boolean} isWaitedFor
   * @returns {Promise<Bytes>} rejects where it is damaged, or another file, but for a large one: see `foundWrong`
   */
  async #decode(name, response, isWaitedFor) {
    const body = isWaitedFor && response.body ? this.#counted(name, response.body) : response.body;
    const [file, { decompress }] = await Promise.all([new Response(body).arrayBuffer(), python()]);
    const decoded = await decompress(new Uint8Array(file));
    const check = isRight(name, decoded);
    if (name in TYPES && isWaitedFor && !this.#wrong.has(name)) this.#checks.set(name, check);
    else if (!(await check)) throw new Error("a file of the runtime is another one");
    return decoded;
  }

  /**
   * @param {string} name
   * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
   */
  #counted(name, body) {
    return watched(body, (bytes) => this.counting.add(name, bytes));
  }

  /** @param {string} name */
  #address(name) {
    return new URL(RUNTIME_FILES[name]?.file ?? name, this.root).href;
  }
}

/** @param {string} name @param {Bytes} content */
function responseOf(name, content) {
  const type = name in TYPES ? TYPES[/** @type {keyof typeof TYPES} */ (name)] : "application/zip";
  return new Response(content, { headers: { "Content-Type": type } });
}

/**
 * Whether a decoded file is the one that this release was built with. A store, a proxy or a half published release may have
 * another one under its name, of the same form: Python would run with it, and answer wrongly.
 *
 * @param {string} name
 * @param {BufferSource} content
 */
async function isRight(name, content) {
  const { subtle } = self.crypto;
  // Where a page does not come safely, the browser offers no hashes, and keeps nothing either.
  if (!subtle) return true;
  const hash = new Uint8Array(await subtle.digest("SHA-256", content));
  const text = [...hash.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.toUpperCase() === RUNTIME_FILES[name]?.holds;
}
