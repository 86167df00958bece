/**
 * The two large files of the runtime, as the host has them (compressed) or as an earlier visit left them (decoded).
 *
 * Decoding costs a second visit more than anything else, so the decoded files are kept in CacheStorage under their
 * address, which changes with their content. It holds nothing but this site's own files.
 */

import { Failure, kindOfStatus } from "./failures.js";
import { watched } from "./watched.js";

const CACHE = "playbook-runtime";
/** First the result, then the cache: writing 20 MB beside a starting Python makes both slow. */
const KEEP_AFTER_MILLISECONDS = 1500;

/** Each file's name and what it holds. */
const INTERPRETER = { name: "interpreter.bin", type: "application/wasm" };
const SNAPSHOT = { name: "snapshot.bin", type: "application/octet-stream" };

export class RuntimeFiles {
  /** Whether a file of an earlier visit was used: where Python does not start with it, it may start without. */
  hasUsedKept = false;
  /** Bytes, of all that has been asked for since everything was there. */
  expected = 0;
  received = 0;
  #isTrusted;
  #arrived;

  /**
   * @param {URL} folder with a slash at the end
   * @param {boolean} isTrusted whether what an earlier visit left is used
   * @param {() => void} arrived called with each part of a download
   */
  constructor(folder, isTrusted, arrived) {
    this.folder = folder;
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
    const found = await Promise.all([INTERPRETER, SNAPSHOT].map(({ name }) => this.#kept(name)));
    return found.every(Boolean);
  }

  /** @returns {Promise<Response>} the WebAssembly of Python, ready for streaming compilation */
  interpreter() {
    return this.#open(INTERPRETER);
  }

  /** @returns {Promise<ArrayBuffer>} the memory snapshot */
  async snapshot() {
    return (await this.#open(SNAPSHOT)).arrayBuffer();
  }

  /**
   * @param {"workbook" | "analysis" | "spreadsheet"} name
   * @returns {Promise<ArrayBuffer>} the modules for one thing, see tools/runtime/archives.py; only the browser's own cache keeps them
   */
  async archive(name) {
    return (await this.#download({ name: `${name}.bin`, type: "application/zip" })).arrayBuffer();
  }

  /**
   * Puts both files, decoded, where the next visit finds them, and drops those of earlier releases.
   *
   * @param {() => void} done called when they are there; not where storage is full or switched off
   */
  keepDecoded(done) {
    setTimeout(() => this.#keep().then(done, () => {}), KEEP_AFTER_MILLISECONDS);
  }

  async #keep() {
    const cache = await self.caches.open(CACHE);
    const addresses = new Set([INTERPRETER, SNAPSHOT].map(({ name }) => this.#address(name)));
    for (const request of await cache.keys()) {
      if (!addresses.has(request.url)) await cache.delete(request);
    }
    for (const file of [INTERPRETER, SNAPSHOT]) {
      const address = this.#address(file.name);
      if (!(await cache.match(address))) await cache.put(address, await this.#download(file, false));
    }
  }

  /** @param {{name: string, type: string}} file */
  async #open(file) {
    const kept = await this.#kept(file.name);
    if (kept) this.hasUsedKept = true;
    return kept ?? this.#download(file);
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
   * @param {{name: string, type: string}} file
   * @param {boolean} isWaitedFor
   */
  async #download({ name, type }, isWaitedFor = true) {
    if (typeof DecompressionStream === "undefined") throw new Failure("unsupported", "DecompressionStream is missing");
    if (isWaitedFor) {
      if (this.received >= this.expected) this.expected = this.received = 0;
      this.expected += RUNTIME_SIZES[name] ?? 0;
    }
    const response = await fetch(this.#address(name)).catch((error) => {
      throw new Failure("offline", `${name}: ${error}`);
    });
    if (!response.ok || !response.body) throw new Failure(kindOfStatus(response.status), `${name}: ${response.status}`);
    const decoded = (isWaitedFor ? this.#counted(response.body) : response.body).pipeThrough(new DecompressionStream("gzip"));
    return new Response(decoded, { headers: { "Content-Type": type } });
  }

  /**
   * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
   */
  #counted(body) {
    return watched(body, (bytes) => {
      this.received += bytes;
      this.#arrived();
    });
  }

  /** @param {string} name */
  #address(name) {
    return new URL(name, this.folder).href;
  }
}
