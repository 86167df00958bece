/**
 * The two large files of the runtime, as the host has them (compressed) or as an earlier visit left them (decoded).
 *
 * Decoding costs a second visit more than anything else, so the decoded files are kept in CacheStorage under their
 * address, which changes with their content. It holds nothing but this site's own files.
 */

const CACHE = "playbook-runtime";
/** First the result, then the cache: writing 17 MB beside a starting Python makes both slow. */
const KEEP_AFTER_MILLISECONDS = 1500;

/** Each file's name and what it holds. */
const INTERPRETER = { name: "interpreter.bin", type: "application/wasm" };
const SNAPSHOT = { name: "snapshot.bin", type: "application/octet-stream" };
/** Fetched when the first workbook is asked for. */
const WORKBOOK = { name: "workbook.bin", type: "application/zip" };

export class RuntimeFiles {
  /** @param {URL} folder with a slash at the end */
  constructor(folder) {
    this.folder = folder;
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

  /** @returns {Promise<ArrayBuffer>} an archive of the modules that write workbooks; only the browser's own cache keeps it */
  async workbookModules() {
    return (await this.#download(WORKBOOK)).arrayBuffer();
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
      if (!(await cache.match(address))) await cache.put(address, await this.#download(file));
    }
  }

  /** @param {{name: string, type: string}} file */
  async #open(file) {
    return (await this.#kept(file.name)) ?? this.#download(file);
  }

  /** @param {string} name */
  #kept(name) {
    return self.caches?.match(this.#address(name), { cacheName: CACHE }).catch(() => undefined);
  }

  /** @param {{name: string, type: string}} file */
  async #download({ name, type }) {
    const response = await fetch(this.#address(name));
    if (!response.ok || !response.body) throw new Error(`${name}: ${response.status}`);
    const decoded = response.body.pipeThrough(new DecompressionStream("gzip"));
    return new Response(decoded, { headers: { "Content-Type": type } });
  }

  /** @param {string} name */
  #address(name) {
    return new URL(name, this.folder).href;
  }
}
