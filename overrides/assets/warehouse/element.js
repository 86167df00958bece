/** `<playbook-sql>`: the SQL of a figure in the dialect that the reader chooses, to be copied. */
import { kindOf } from "../runtime/failures.js";
import { fetchFile } from "../runtime/fetch_file.js";
import { keepFailureButtons, showFailure } from "../site/failure_messages.js";
import { sayIn } from "../site/saying.js";

/** Before each text of a file: tools/pages/warehouse.py. */
const HEAD = /^-- dialect: (\w+) \(.*\)$/m;

export class PlaybookSql extends HTMLElement {
  #leaving = new AbortController();
  /** The text of each dialect; of the shown one from the page, of the others once they were fetched. @type {Map<string, string>} */
  #texts = new Map();
  /** The dialect whose text is shown. */
  #shown = "";

  connectedCallback() {
    const { signal } = (this.#leaving = new AbortController());
    const dialect = this.#dialect;
    const failed = this.#part("failed");
    if (!dialect) return;
    if (!this.#shown) {
      this.#shown = dialect.querySelector("[selected]")?.getAttribute("value") ?? "";
      this.#texts.set(this.#shown, this.#part("text")?.textContent ?? "");
    }
    dialect.value = this.#shown;
    dialect.addEventListener("change", () => this.#choose(), { signal });
    this.#part("choice")?.addEventListener("click", ({ target }) => target instanceof Element && target.closest("button") && this.#copy(), { signal });
    if (failed) keepFailureButtons(failed, () => this.#choose(), signal);
    this.#part("choice")?.removeAttribute("hidden");
    this.#part("all-dialects")?.setAttribute("hidden", "");
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  /** Shows what the reader has chosen; where it does not come, what was shown stays, and the choice with it. */
  async #choose() {
    const dialect = this.#dialect;
    const failed = this.#part("failed");
    if (!dialect || !failed) return;
    const chosen = dialect.value;
    const { signal } = this.#leaving;
    this.#say("");
    showFailure(failed, null);
    try {
      if (!this.#texts.has(chosen)) this.#texts = new Map([...this.#texts, ...(await fetchTexts(this.dataset["file"] ?? "", signal))]);
    } catch (error) {
      if (signal.aborted || dialect.value !== chosen) return;
      const kind = kindOf(error);
      showFailure(failed, kind === "offline" || kind === "gone" ? kind : "broken");
      if (!kind) throw error;
      return;
    }
    if (!signal.aborted && dialect.value === chosen) this.#show(dialect);
  }

  /** @param {HTMLSelectElement} dialect */
  #show(dialect) {
    const option = dialect.selectedOptions[0];
    const [text, name, standing] = [this.#part("text"), this.#part("name"), this.#part("standing")];
    if (!option || !text || !name || !standing) return;
    this.#shown = option.value;
    text.textContent = this.#texts.get(option.value) ?? "";
    name.textContent = option.text;
    const isRun = option.parentElement === dialect.querySelector("optgroup");
    standing.textContent = standing.dataset[isRun ? "run" : "generated"] ?? "";
  }

  async #copy() {
    const text = this.#part("text");
    if (!text) return;
    try {
      await navigator.clipboard.writeText(this.#texts.get(this.#shown) ?? "");
      this.#say(this.#part("said")?.dataset["copied"] ?? "");
    } catch {
      getSelection()?.selectAllChildren(text);
      this.#say(this.#part("said")?.dataset["notCopied"] ?? "");
    }
  }

  /** @param {string} words */
  #say(words) {
    const said = this.#part("said");
    if (said) sayIn(said, words);
  }

  /** @returns {HTMLSelectElement | null} */
  get #dialect() {
    const dialect = this.#part("dialect");
    return dialect instanceof HTMLSelectElement ? dialect : null;
  }

  /** @param {string} name @returns {HTMLElement | null} */
  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }
}

/**
 * @param {string} address relative to the page
 * @param {AbortSignal} left
 * @returns {Promise<[dialect: string, text: string][]>} rejects with Failure, or as the signal says
 */
async function fetchTexts(address, left) {
  const file = await fetchFile(new URL(address, location.href), left);
  const [, ...parts] = (await file.text()).split(HEAD);
  return Array.from({ length: parts.length / 2 }, (_, place) => [parts[2 * place] ?? "", (parts[2 * place + 1] ?? "").trim() + "\n"]);
}
