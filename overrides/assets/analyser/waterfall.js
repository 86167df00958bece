/** An earlier export of the same deals beside the one that is open: what became of the pipeline of a period. */
import { fillTable } from "../calculator/fill_table.js";
import { filled, part, place } from "./templates.js";

/** @typedef {Record<string, any>} Answer */

export class Waterfall {
  #analyser;
  #ask;
  /** @type {File | undefined} */
  #earlier;
  /** Of the question that was asked last. */
  #asked = 0;

  /**
   * @param {HTMLElement} analyser
   * @param {(question: object, files: File[]) => Promise<Answer | null>} ask null where there is no answer, which is said elsewhere
   * @param {AbortSignal} signal
   */
  constructor(analyser, ask, signal) {
    this.#analyser = analyser;
    this.#ask = ask;
    const input = part(analyser, "earlier", HTMLInputElement);
    input.addEventListener("change", () => {
      this.#earlier = input.files?.[0];
      // So that the same file, corrected, can be chosen again.
      input.value = "";
      this.#compare();
    }, { signal });
    for (const day of [this.#first, this.#last]) day.addEventListener("change", () => this.#compare(), { signal });
  }

  /**
   * Of another answer nothing is compared yet.
   *
   * @param {{first: string, last: string}} period the quarter of the file
   */
  begin({ first, last }) {
    this.#asked++;
    this.#earlier = undefined;
    this.#first.value = first;
    this.#last.value = last;
    this.#say("");
  }

  async #compare() {
    if (!this.#earlier) return;
    const number = ++this.#asked;
    this.#say(place(this.#analyser, "compared").dataset["comparing"] ?? "");
    const days = { first: this.#first.value, last: this.#last.value };
    const answer = await this.#ask({ ask: "waterfall", ...days }, [this.#earlier]);
    if (number !== this.#asked) return;
    this.#say(answer?.["headline"] ?? answer?.["errors"].map((/** @type {Answer} */ { text }) => text).join(" ") ?? "");
    if (answer && !answer["errors"]) this.#show(answer);
  }

  /** @param {string} text an answer takes its steps with it when it is no longer one */
  #say(text) {
    place(this.#analyser, "compared").textContent = text;
    place(this.#analyser, "steps").hidden = true;
  }

  /** @param {Answer} answer see calculators/analysis/page/waterfall.py */
  #show(answer) {
    fillTable(part(this.#analyser, "steps-table", HTMLTableElement), answer["head"], answer["rows"]);
    place(this.#analyser, "steps-notes").replaceChildren(...answer["notes"].map((/** @type {string} */ text) => filled(this.#analyser, "note", { text })));
    part(this.#analyser, "steps-send", HTMLAnchorElement).href = new URL(answer["send"], new URL(this.#analyser.dataset["root"] ?? "", location.href)).href;
    place(this.#analyser, "steps").hidden = false;
  }

  get #first() {
    return part(this.#analyser, "first", HTMLInputElement);
  }

  get #last() {
    return part(this.#analyser, "last", HTMLInputElement);
  }
}
