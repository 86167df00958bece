/** How much of what is waited for has come, in bytes as they are sent. */

export class Counting {
  /** @type {Map<string, {bytes: number, received: number}>} */
  #files = new Map();
  #changed;

  /** @param {() => void} changed called whenever it has */
  constructor(changed) {
    this.#changed = changed;
  }

  get total() {
    return this.#sum("bytes");
  }

  get received() {
    return this.#sum("received");
  }

  /**
   * Counts a file from now on, or once more from its start. Once everything was there, the next wait is one of its own.
   *
   * @param {string} name
   * @param {number} bytes
   */
  begin(name, bytes) {
    if (this.received >= this.total) this.#files.clear();
    this.#files.set(name, { bytes, received: 0 });
    this.#changed();
  }

  /**
   * @param {string} name
   * @param {number} bytes that have come
   */
  add(name, bytes) {
    const file = this.#files.get(name);
    if (file) file.received = Math.min(file.bytes, file.received + bytes);
    this.#changed();
  }

  /** It has come as a whole, or is not waited for any more. @param {string} name */
  end(name) {
    const file = this.#files.get(name);
    if (file) file.received = file.bytes;
    this.#changed();
  }

  /** @param {"bytes" | "received"} what */
  #sum(what) {
    return [...this.#files.values()].reduce((sum, file) => sum + file[what], 0);
  }
}
