/** `<playbook-answer-key>`: runs every example of the answer key in the calculators' worker, and marks what agrees. */
import { kindOf } from "../runtime/failures.js";
import { fetchFile } from "../runtime/fetch_file.js";
import { keepFailureButtons, showFailure } from "../site/failure_messages.js";
import { sayIn } from "../site/saying.js";
import { differences } from "./comparing.js";

/** @typedef {import("./comparing.js").Example} Example */
/** @typedef {import("./comparing.js").Difference} Difference */
/** @typedef {typeof import("../runtime/runtime.js").runtime} Python */
/** @typedef {"ready" | "starting" | "running"} State */

export class PlaybookAnswerKey extends HTMLElement {
  /** Given before the first one is made. @type {Python} */
  static runtime;

  #leaving = new AbortController();
  /** Of the run that is on. @type {AbortController | undefined} */
  #running;

  connectedCallback() {
    const { signal } = (this.#leaving = new AbortController());
    this.addEventListener("click", (event) => this.#press(event), { signal });
    const failed = this.#part("failed");
    if (failed) keepFailureButtons(failed, () => this.#run(), signal);
    this.#enter("ready");
  }

  disconnectedCallback() {
    this.#leaving.abort();
    this.#running?.abort();
  }

  /** @param {Event} event */
  #press({ target }) {
    const what = target instanceof Element ? target.closest("button")?.dataset["do"] : undefined;
    if (what === "run") this.#run();
    if (what === "stop") this.#running?.abort();
  }

  async #run() {
    if (this.#running) return;
    const { signal } = (this.#running = new AbortController());
    const marks = new Marks(this);
    this.#clear();
    this.#enter("starting");
    this.#say("starting");
    /** @type {Example[]} */
    let examples = [];
    try {
      examples = JSON.parse(await (await fetchFile(this.dataset["key"] ?? "", signal)).text());
      marks.begin(examples);
      for (const [number, example] of examples.entries()) {
        const answer = await orAborted(this.#ask(example), signal);
        if (number === 0) {
          this.#enter("running");
          this.#say("running");
        }
        const found = differences(example, answer);
        marks.mark(number, found);
        if (found.length) this.#list(example, found);
        this.#progress(number + 1, examples.length);
      }
      this.#say(marks.counts.wrong ? "wrong" : "right", marks.counts);
    } catch (error) {
      if (!signal.aborted) return this.#fail(error);
      const { done, wrong } = marks.counts;
      this.#say(!done ? "stoppedEarly" : wrong ? "stoppedWrong" : "stopped", marks.counts);
    } finally {
      this.#running = undefined;
      this.#enter("ready");
    }
  }

  /** @param {Example} example @returns {Promise<import("./comparing.js").Printed>} */
  #ask({ calculator, inputs }) {
    // What is expected is the same on every page, and where it is words, they are English. Inputs are values as programs
    // write them, where a form has texts.
    const question = { ask: "values", calculator, currency: "", language: "en" };
    return /** @type {Promise<any>} */ (PlaybookAnswerKey.runtime().ask({ ...question, inputs: /** @type {any} */ (inputs) }));
  }

  /** Of an earlier run, nothing is left. */
  #clear() {
    const failed = this.#part("failed");
    if (failed) showFailure(failed, null);
    const list = this.#part("differences");
    if (list) list.hidden = true;
    list?.querySelector("ul")?.replaceChildren();
    const calculators = this.#part("calculators");
    if (calculators instanceof HTMLDetailsElement) calculators.open = true;
    this.#progress(0, 0);
  }

  /** @param {unknown} error */
  #fail(error) {
    const failed = this.#part("failed");
    if (!failed) return;
    this.#say("");
    const kind = kindOf(error);
    showFailure(failed, kind ?? "broken");
    if (!kind) throw error;
  }

  /** What can be pressed goes with the state, and the focus with it. @param {State} state */
  #enter(state) {
    if (this.#leaving.signal.aborted) return;
    this.dataset["state"] = state;
    const group = /** @type {HTMLElement | null} */ (this.querySelector("[role=group]"));
    for (const part of this.querySelectorAll("[data-when]")) {
      if (!(part instanceof HTMLElement)) continue;
      const isHidden = !part.dataset["when"]?.split(" ").includes(state);
      const hadFocus = isHidden && part === document.activeElement;
      part.hidden = isHidden;
      if (hadFocus) group?.focus();
    }
  }

  /** @param {string} what by its name in the page's words @param {Record<string, number>} [figures] that these name */
  #say(what, figures = {}) {
    const said = this.#part("said");
    if (said) sayIn(said, filled(said.dataset[what] ?? "", figures));
  }

  /** @param {number} done @param {number} total 0 while it is not known */
  #progress(done, total) {
    const bar = this.querySelector("progress");
    const count = this.#part("count");
    if (!bar || !count) return;
    if (total) {
      bar.max = total;
      bar.value = done;
    } else bar.removeAttribute("value");
    count.textContent = total ? filled(count.dataset["text"] ?? "", { done, total }) : "";
  }

  /** @param {Example} example @param {Difference[]} found */
  #list({ calculator, name }, found) {
    const list = this.#part("differences");
    const template = list?.querySelector("template");
    const entry = template?.content.firstElementChild?.cloneNode(true);
    if (!list || !template || !(entry instanceof HTMLElement)) return;
    const title = entry.querySelector("[data-slot=title]");
    if (title) title.textContent = this.#mark(calculator)?.dataset["title"] ?? calculator;
    const named = entry.querySelector("[data-slot=name]");
    if (named) named.textContent = name;
    for (const { kind, ...values } of found) {
      const line = document.createElement("li");
      line.append(...inCode(template.dataset[kind] ?? "", values));
      entry.querySelector("ul")?.append(line);
    }
    list.querySelector("ul")?.append(entry);
    list.hidden = false;
  }

  /** @param {string} calculator @returns {HTMLElement | null} where it is said how many of its examples agree */
  #mark(calculator) {
    return this.querySelector(`[data-calculator="${CSS.escape(calculator)}"]`);
  }

  /** @param {string} name @returns {HTMLElement | null} */
  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }
}

/** The marks in the page's tables. */
class Marks {
  #wrong = 0;
  #done = 0;
  /** @type {Example[]} */
  #examples = [];
  /** @type {Map<string, {right: number, done: number, total: number}>} by calculator */
  #counts = new Map();
  #element;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /** @param {Example[]} examples */
  begin(examples) {
    this.#examples = examples;
    for (const { calculator } of examples) {
      const count = this.#counts.get(calculator) ?? { right: 0, done: 0, total: 0 };
      this.#counts.set(calculator, { ...count, total: count.total + 1 });
    }
    for (const mark of this.#element.querySelectorAll("[data-example]")) mark.textContent = "";
    for (const calculator of this.#counts.keys()) this.#show(calculator);
  }

  /** @param {number} number of the example @param {Difference[]} found */
  mark(number, found) {
    const { calculator = "" } = this.#examples[number] ?? {};
    const count = this.#counts.get(calculator);
    if (!count) return;
    count.done++;
    this.#done++;
    if (found.length) this.#wrong++;
    else count.right++;
    this.#show(calculator);
    for (const mark of this.#element.querySelectorAll(`[data-example="${number}"]`)) mark.textContent = found.length ? "✗" : "✓";
  }

  get counts() {
    const errors = this.#examples.reduce((count, { wrong }) => count + Object.keys(wrong).length, 0);
    return { done: this.#done, total: this.#examples.length, wrong: this.#wrong, errors };
  }

  /** @param {string} calculator */
  #show(calculator) {
    const { right, done, total } = this.#counts.get(calculator) ?? { right: 0, done: 0, total: 0 };
    const mark = this.#element.querySelector(`[data-calculator="${CSS.escape(calculator)}"]`);
    if (!(mark instanceof HTMLElement)) return;
    const sign = right < done ? "✗ " : done === total ? "✓ " : "";
    mark.textContent = sign + filled(mark.dataset["text"] ?? "", { right, total });
  }
}

/**
 * The answer is not waited for any more once the reader stops; the worker goes on to the end of it.
 *
 * @template T
 * @param {Promise<T>} answer
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
function orAborted(answer, signal) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    answer.then(resolve, reject);
  });
}

/** @param {string} text @param {Record<string, number>} figures that its {names} stand for */
function filled(text, figures) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(figures[name] ?? whole));
}

/** @param {string} text @param {Record<string, string>} values @returns {Array<string | HTMLElement>} the text, with values as code in the places of its {names} */
function inCode(text, values) {
  return text.split(/\{(\w+)\}/).map((part, place) => {
    if (place % 2 === 0) return part;
    const code = document.createElement("code");
    code.lang = "en";
    code.textContent = values[part] ?? "";
    return code;
  });
}
