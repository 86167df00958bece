/**
 * Stands before the search's worker, for the theme (Material for MkDocs 9.8) as if it were that worker.
 *
 * The worker is started when the search box is opened, and again after a failure. As long as it does not answer, the
 * page says that it waits, or why the search does not work: "no matching documents" would be untrue. Of a query that no
 * page answers it says so, above the pages that come nearest.
 */
import { whyNotLoaded } from "../runtime/failures.js";
import { SEARCH_PATIENCE } from "../runtime/limits.js";
import { Patience } from "../runtime/patience.js";
import { keepFailureButtons, showFailure } from "../site/failure_messages.js";

/** The browser's own: box.js puts another in its place until the theme has made one. */
const { Worker } = globalThis;

/** The theme's message types. */
const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;

/** Shorter than that, nothing is said. */
const SAID_AFTER_MILLISECONDS = 1000;

/** Nothing is said about a word that is still being typed. */
const NOTHING_SAID_AFTER_MILLISECONDS = 600;

/** Nor how many pages are found, while words are still being typed. */
const FOUND_SAID_AFTER_MILLISECONDS = 1000;

/** In characters: more than anybody asks for, and less than keeps the worker busy. */
const LONGEST_QUERY = 1_000;

/** @typedef {import("../runtime/failures.js").FailureKind} FailureKind */
/** @typedef {import("./index.js").Result} Result */

export class SearchConnection extends EventTarget {
  /** Of the worker's script. */
  #address;
  #failure;
  #result;
  #nothing;
  #spoken;
  /** Whether the theme listens. */
  #isHeard = false;
  #isOpened = false;
  #isReady = false;
  /** @type {Worker | undefined} */
  #worker;
  #patience = new Patience(() => this.#fail("offline"));
  /** What is not answered yet. */
  #query = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saying;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #sayingNothing;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #sayingFound;

  /**
   * @param {URL} address of our worker
   * @param {HTMLElement | null} failure where the sentences about failures stand
   * @param {HTMLElement | null} result where the theme shows what was found
   * @param {HTMLElement | null} nothing where it is said that no page answers
   * @param {HTMLElement | null} spoken where it is read out how many pages are found
   */
  constructor(address, failure, result, nothing, spoken) {
    super();
    this.#address = address;
    this.#failure = failure;
    this.#result = result;
    this.#nothing = nothing;
    this.#spoken = spoken;
    if (failure) keepFailureButtons(failure, () => this.#ask(this.#query));
    // The box stays while the reader goes from page to page, and addresses are relative to the page.
    for (const place of [failure, nothing]) for (const link of place?.querySelectorAll("a") ?? []) link.setAttribute("href", link.href);
  }

  /** The theme has made its worker and hears it soon. */
  beHeard() {
    setTimeout(() => {
      this.#isHeard = true;
      if (this.#isOpened) this.#beReady();
    });
  }

  /** What the theme says to its worker. @param {{type: number, data?: any}} message */
  postMessage({ type, data }) {
    if (type === SETUP) queueMicrotask(() => this.#beReady());
    else if (type === QUERY) this.#ask(data.slice(0, LONGEST_QUERY));
  }

  /** The box is opened: what is needed for the first query is fetched. */
  open() {
    this.#isOpened = true;
    if (this.#isHeard) this.#beReady();
    if (!this.#worker) this.#start();
  }

  /** Once, and not only after the theme's set-up: that does not come where the theme could not fetch its own index. */
  #beReady() {
    if (this.#isReady) return;
    this.#isReady = true;
    this.#tell({ type: READY });
  }

  /** @param {string} query */
  #ask(query) {
    this.#query = query;
    if (!query.trim()) return this.#settle({ type: RESULT, data: { items: [], suggest: [], isNothing: false } });
    this.open();
    if (!this.#worker) return;
    this.#worker.postMessage({ type: QUERY, data: query });
    this.#patience.wait(SEARCH_PATIENCE);
    this.#saying ??= setTimeout(() => this.#show("waiting"), SAID_AFTER_MILLISECONDS);
  }

  #start() {
    try {
      this.#worker = new Worker(this.#address);
    } catch {
      return this.#fail("unsupported");
    }
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    this.#worker.onerror = async () => {
      this.#leave();
      this.#fail(await whyNotLoaded(this.#address));
    };
  }

  /** @param {{type: number | "failed" | "arriving", kind?: FailureKind, data?: any}} message */
  #hear(message) {
    if (message.type === "failed") this.#fail(message.kind ?? "broken");
    else if (message.type === RESULT) this.#settle({ type: RESULT, data: message.data });
    else this.#patience.wait(SEARCH_PATIENCE); // another part of the index is here
  }

  /** @param {{ type: number, data: Result }} message an answer */
  #settle(message) {
    this.#rest();
    this.#show(null);
    this.#tell(message);
    const { isNothing, items } = message.data;
    this.#showNothing(isNothing ? (items.length ? "near" : "far") : null);
    this.#sayFound(!isNothing && items.length > 0);
  }

  /** In the words of the theme, which counts in a place that comes and goes. @param {boolean} isAnything */
  #sayFound(isAnything) {
    clearTimeout(this.#sayingFound);
    const spoken = this.#spoken;
    if (!spoken) return;
    spoken.textContent = "";
    if (!isAnything) return;
    this.#sayingFound = setTimeout(() => {
      spoken.textContent = this.#result?.querySelector(".md-search-result__meta")?.textContent ?? "";
    }, FOUND_SAID_AFTER_MILLISECONDS);
  }

  /** @param {"near" | "far" | null} what was found instead; null takes the sentence away */
  #showNothing(what) {
    clearTimeout(this.#sayingNothing);
    const nothing = this.#nothing;
    if (!nothing) return;
    // What the theme counts are no answers.
    this.#result?.toggleAttribute("data-nothing", what !== null);
    if (!what) nothing.hidden = true;
    else this.#sayingNothing = setTimeout(() => {
      for (const part of nothing.querySelectorAll("[data-when]")) part.toggleAttribute("hidden", part.getAttribute("data-when") !== what);
      nothing.hidden = false;
    }, nothing.hidden ? NOTHING_SAID_AFTER_MILLISECONDS : 0);
  }

  /** @param {FailureKind} kind */
  #fail(kind) {
    this.#leave();
    // Nothing is said to a reader who has only opened the box: the first query tries again.
    if (this.#query.trim()) this.#show(kind);
  }

  #leave() {
    this.#rest();
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #rest() {
    this.#patience.stop();
    clearTimeout(this.#saying);
    this.#saying = undefined;
  }

  /** @param {import("../site/failure_messages.js").Said | null} kind */
  #show(kind) {
    if (kind) {
      this.#showNothing(null);
      this.#sayFound(false);
    }
    if (this.#failure) showFailure(this.#failure, kind);
    if (this.#result) this.#result.hidden = kind !== null;
  }

  /** @param {object} data */
  #tell(data) {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}
