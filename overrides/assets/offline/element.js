/** `<playbook-offline>`: takes a whole language along, says how far it is, and removes it again. */
import { markAsRemoved } from "../runtime/connection.js";
import { Refusal, ask } from "./asking.js";
import { register, releaseOfPage, serviceWorkers } from "./registration.js";

/** @typedef {"checking" | "unsupported" | "absent" | "partly" | "taking" | "taken" | "renewing" | "stale" | "failed" | "full" | "removed"} Said see partials/offline.html */

const AT_ONCE = 4;
const MEGABYTE = 1_000_000;

export class PlaybookOffline extends HTMLElement {
  #leaving = new AbortController();
  /** Of what is being taken. @type {AbortController | undefined} */
  #taking;

  connectedCallback() {
    const { signal } = (this.#leaving = new AbortController());
    this.addEventListener("click", (event) => this.#press(event), { signal });
    const workers = serviceWorkers();
    // Another tab, or a new release.
    workers?.addEventListener("message", ({ data }) => data.installing && this.#showInstalling(data.installing), { signal });
    workers?.addEventListener("controllerchange", () => this.#taking || this.#look(), { signal });
    if (workers) this.#say("checking"); // the first time, the service worker is only on its way
    this.#look();
  }

  disconnectedCallback() {
    this.#leaving.abort();
    this.#taking?.abort();
  }

  /** @param {Event} event */
  #press({ target }) {
    const what = target instanceof Element ? target.closest("button")?.dataset["do"] : undefined;
    if (what === "take" && !this.#taking) this.#take();
    if (what === "cancel") this.#taking?.abort();
    if (what === "remove") this.#remove();
    if (what === "renew") this.#look();
  }

  /** Says how it stands. @param {Said} [instead] what is said where nothing is wrong, but for this */
  async #look(instead) {
    try {
      const { active, isRenewed } = await this.#worker();
      const state = await this.#state(active);
      if (isRenewed) return this.#say("renewing");
      if (state.scripts !== releaseOfPage()) return this.#say("stale");
      const isWhole = !state.missing.length;
      this.#say(instead ?? (state.isTaken && isWhole ? "taken" : state.isTaken || state.isBegun ? "partly" : "absent"), state.bytes);
    } catch (error) {
      console.debug(error);
      this.#say("unsupported");
    }
  }

  /** @returns {Promise<{active: ServiceWorker, isRenewed: boolean}>} with whether a new release is on its way */
  async #worker() {
    const workers = serviceWorkers();
    if (!workers) throw new Error("no service worker");
    const registration = await register();
    const { active } = await Promise.race([workers.ready, refused(registration)]);
    if (!active) throw new Error("no service worker");
    const coming = await registration.update().then(() => registration.installing, () => null); // without a network
    coming?.addEventListener("statechange", () => coming.state === "redundant" && this.#say("stale"), { signal: this.#leaving.signal });
    return { active, isRenewed: Boolean(coming) };
  }

  /** @param {ServiceWorker} worker */
  async #state(worker) {
    const state = /** @type {import("./asking.js").State} */ (await ask(worker, { state: this.#language }));
    return { ...state, bytes: state.missing.reduce((total, { bytes }) => total + bytes, 0) };
  }

  async #take() {
    const { signal } = (this.#taking = new AbortController());
    /** @type {ServiceWorker | undefined} */
    let active;
    try {
      // Asked for by the reader: where the browser would make room by itself, it asks or leaves this alone.
      navigator.storage?.persist?.().catch(() => {});
      const worker = (active = (await this.#worker()).active);
      const state = await this.#state(worker);
      if (state.scripts !== releaseOfPage()) {
        this.#taking = undefined;
        return this.#say("stale");
      }
      await ask(worker, { begun: this.#language });
      let received = 0;
      const arrived = (/** @type {number} */ bytes) => this.#progress((received += bytes), state.bytes);
      this.#say("taking");
      arrived(0);
      const waiting = [...state.missing];
      const takeNext = async () => {
        for (let file = waiting.pop(); file && !signal.aborted; file = waiting.pop()) {
          await ask(worker, { take: [file.path] }, { arrived, signal });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, takeNext));
      signal.throwIfAborted();
      await ask(worker, { noted: this.#language });
      this.#taking = undefined;
      await this.#look();
    } catch (error) {
      this.#taking = undefined;
      // Without asking the network, which may be the reason.
      const state = signal.aborted && active ? await this.#state(active).catch(() => null) : null;
      if (state) return this.#say("partly", state.bytes);
      this.#say(error instanceof Refusal && error.isFull ? "full" : "failed");
    }
  }

  async #remove() {
    try {
      const { active } = await this.#worker();
      await ask(active, { remove: this.#language });
      markAsRemoved();
      await this.#look("removed");
    } catch (error) {
      console.debug(error);
      await this.#look(); // what is there still
    }
  }

  /** @param {{received: number, total: number}} progress of a new release */
  #showInstalling({ received, total }) {
    if (this.#taking) return;
    this.#say("renewing");
    this.#progress(received, total);
  }

  /** @param {Said} what @param {number} [bytes] that are missing */
  #say(what, bytes = 0) {
    if (this.#leaving.signal.aborted) return;
    this.dataset["state"] = what;
    for (const part of this.querySelectorAll("[data-when]")) {
      if (part instanceof HTMLElement) this.#toggle(part, !part.dataset["when"]?.split(" ").includes(what));
    }
    const said = this.querySelector("[data-part=said]");
    if (!(said instanceof HTMLElement)) return;
    const words = (said.dataset[what] ?? "").replace("{size}", this.#megabytes(bytes));
    if (said.textContent !== words) said.textContent = words;
  }

  /** The focus goes along: the button that was pressed may be the one that goes. @param {HTMLElement} part @param {boolean} isHidden */
  #toggle(part, isHidden) {
    const hadFocus = isHidden && part === document.activeElement;
    part.hidden = isHidden;
    if (hadFocus) this.querySelector("[data-part=said]")?.parentElement?.focus();
  }

  /** @param {number} received @param {number} total */
  #progress(received, total) {
    const bar = this.querySelector("progress");
    const bytes = this.querySelector("[data-part=bytes]");
    if (!bar || !(bytes instanceof HTMLElement)) return;
    bar.max = total || 1;
    bar.value = received;
    bytes.textContent = (bytes.dataset["text"] ?? "").replace("{received}", this.#megabytes(received)).replace("{total}", this.#megabytes(total));
  }

  /** @param {number} bytes */
  #megabytes(bytes) {
    return (bytes / MEGABYTE).toLocaleString(this.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }

  get #language() {
    return this.dataset["language"] ?? "";
  }
}

/**
 * Rejects when the first service worker could not be brought: where nothing can be kept, for one. Nobody would be ready then.
 *
 * @param {ServiceWorkerRegistration} registration
 * @returns {Promise<never>}
 */
function refused(registration) {
  return new Promise((_resolve, reject) => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (installing.state === "redundant" && !registration.active) reject(new Error("no service worker"));
    });
  });
}
