/**
 * The files of the runtime, as the host has them (compressed) or as an earlier visit left them (decoded).
 *
 * Decoding costs a second visit more than anything else, so the decoded files are kept in CacheStorage under their
 * address, which changes with their content: a release that changes one of them leaves the others where they are. It
 * holds nothing but this site's own files.
 */

import { Failure, kindOfStatus } from "./failures.js";
import { watched } from "./watched.js";

const CACHE = "playbook-runtime";
/** Where the service worker keeps the site: then it is the one that drops what only an earlier release needs. */
export const CACHE_OF_PAGES = "playbook-pages";
/** First the result, then the cache: writing 20 MB beside a starting Python makes both slow. */
const KEEP_AFTER_MILLISECONDS = 1500;

/** What each of the two large files holds; the others are archives of modules, see tools/runtime/archives.py. */
const TYPES = { interpreter: "application/wasm", snapshot: "application/octet-stream" };
const LARGE = /** @type {const} */ (["interpreter", "snapshot"]);
/** What only the browser's own cache keeps: few readers come to it, and none waits for it at every visit. */
const NOT_KEPT = new Set(["workbook", "analysis", "spreadsheet"]);

export class RuntimeFiles {
  /** Whether a file of an earlier visit was used: where Python does not start with it, it may start without. */
  hasUsedKept = false;
  /** Bytes, of all that has been asked for since everything was there. */
  expected = 0;
  received = 0;
  #isTrusted;
  #arrived;
  /** Archives that this visit has fetched and the next one may find. @type {Map<string, Response>} */
  #fetched = new Map();

  /**
   * @param {URL} worker the address of the worker's script
   * @param {boolean} isTrusted whether what an earlier visit left is used
   * @param {() => void} arrived called with each part of a download
   */
  constructor(worker, isTrusted, arrived) {
    this.root = new URL(".", worker);
    /** Where Pyodide finds what it fetches itself, for the plain boot. */
    this.folder = new URL(`${RUNTIME_FOLDER}/`, worker);
    this.#isTrusted = isTrusted;
    this.#arrived = arrived;
    if (!isTrusted) this.distrust();
  }

  /** Drops what an earlier visit left: it is fetched again. */
  distrust() {
    this.#isTrusted = this.hasUsedKept = false;
    // Not waited for: a store that is damaged itself may never answer.
    self.caches?.delete(CACHE).catch(() => {});
    this.expected = this.received = 0;
  }

  /** @returns {Promise<boolean>} whether an earlier visit left both files, so that nothing large would be fetched */
  async areKept() {
    const found = await Promise.all(LARGE.map((name) => this.#kept(name)));
    return found.every(Boolean);
  }

  /** @returns {Promise<Response>} the WebAssembly of Python, ready for streaming compilation */
  interpreter() {
    return this.#open("interpreter");
  }

  /** @returns {Promise<ArrayBuffer>} the memory snapshot */
  async snapshot() {
    return (await this.#open("snapshot")).arrayBuffer();
  }

  /**
   * @param {string} name of an archive, see tools/runtime/archives.py
   * @returns {Promise<ArrayBuffer>} its modules
   */
  async archive(name) {
    const kept = await this.#kept(name);
    const response = kept ?? (await this.#download(name));
    if (!kept && !NOT_KEPT.has(name)) this.#fetched.set(name, response.clone());
    return response.arrayBuffer();
  }

  /**
   * Drops an archive that cannot be unpacked: it is fetched again.
   *
   * @param {string} name
   */
  async distrustArchive(name) {
    this.#fetched.delete(name);
    const cache = await self.caches?.open(CACHE).catch(() => undefined);
    await cache?.delete(this.#address(name));
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
    if (!(await self.caches.has(CACHE_OF_PAGES))) await this.dropOthers();
    for (const name of LARGE) {
      const address = this.#address(name);
      if (!(await cache.match(address))) await cache.put(address, await this.#download(name, false));
    }
    for (const [name, response] of this.#fetched) await cache.put(this.#address(name), response);
    this.#fetched.clear();
  }

  /** Drops the files of other releases. */
  async dropOthers() {
    const cache = await self.caches.open(CACHE);
    const addresses = new Set(Object.keys(RUNTIME_FILES).map((name) => this.#address(name)));
    for (const request of await cache.keys()) {
      if (!addresses.has(request.url)) await cache.delete(request);
    }
  }

  /** @returns {Promise<string[]>} the names of files that are kept, as this release or an earlier one has them */
  async keptNames() {
    const keys = await (await self.caches.open(CACHE)).keys();
    const kept = new Set(keys.map(({ url }) => url.replace(/^.*\/|-[^-]*$/g, "")));
    return Object.keys(RUNTIME_FILES).filter((name) => kept.has(name));
  }

  /**
   * @param {readonly string[]} names
   * @returns {Promise<{name: string, bytes: number}[]>} those that are not kept as this release has them, with what they weigh on their way
   */
  async missing(names) {
    const kept = await Promise.all(names.map((name) => this.#kept(name)));
    return names.filter((_, index) => !kept[index]).map((name) => ({ name, bytes: RUNTIME_FILES[name]?.bytes ?? 0 }));
  }

  /**
   * Fetches and keeps what is not kept yet; rejects if anything cannot be had, or not be kept.
   *
   * @param {readonly string[]} names
   * @param {(bytes: number) => void} [arrived] called with each part
   * @param {AbortSignal} [signal]
   */
  async take(names, arrived = () => {}, signal) {
    const cache = await self.caches.open(CACHE);
    for (const { name } of await this.missing(names)) await cache.put(this.#address(name), await this.#fetchDecoded(name, arrived, signal));
  }

  /** Drops all that is kept. */
  async forget() {
    await self.caches.delete(CACHE);
  }

  /** @param {typeof LARGE[number]} name */
  async #open(name) {
    const kept = await this.#kept(name);
    if (kept) this.hasUsedKept = true;
    return kept ?? this.#download(name);
  }

  /** @param {string} name */
  async #kept(name) {
    try {
      return this.#isTrusted ? await self.caches?.match(this.#address(name), { cacheName: CACHE }) : undefined;
    } catch {
      return undefined; // storage is switched off
    }
  }

  /**
   * @param {string} name
   * @param {boolean} isWaitedFor
   */
  async #download(name, isWaitedFor = true) {
    if (!isWaitedFor) return this.#fetchDecoded(name);
    if (this.received >= this.expected) this.expected = this.received = 0;
    this.expected += RUNTIME_FILES[name]?.bytes ?? 0;
    return this.#fetchDecoded(name, (bytes) => {
      this.received += bytes;
      this.#arrived();
    });
  }

  /**
   * @param {string} name
   * @param {(bytes: number) => void} [arrived]
   * @param {AbortSignal} [signal]
   */
  async #fetchDecoded(name, arrived, signal) {
    if (typeof DecompressionStream === "undefined") throw new Failure("unsupported", "DecompressionStream is missing");
    const response = await fetch(this.#address(name), { signal }).catch((error) => {
      throw new Failure("offline", `${name}: ${error}`);
    });
    if (!response.ok || !response.body) throw new Failure(kindOfStatus(response.status), `${name}: ${response.status}`);
    const decoded = (arrived ? watched(response.body, arrived) : response.body).pipeThrough(new DecompressionStream("gzip"));
    const type = name in TYPES ? TYPES[/** @type {keyof typeof TYPES} */ (name)] : "application/zip";
    return new Response(decoded, { headers: { "Content-Type": type } });
  }

  /** @param {string} name */
  #address(name) {
    return new URL(RUNTIME_FILES[name]?.file ?? name, this.root).href;
  }
}
