/**
 * <playbook-analyser>: a reader's export, read in a worker and shown here.
 *
 * Everything it shows is in the page already or comes from Python as text. Its `data-state` is `static` (as built), `idle`
 * (no file yet), `working`, `shown` or `failed`. A question that fails or is stopped leaves what was there as it was.
 */
import { learnNumbers } from "../calculator/known_numbers.js";
import { kindOf } from "../runtime/failures.js";
import { keepFailureButtons, showFailure } from "../site/failure_messages.js";
import { bringNumbers } from "./addresses.js";
import { focusAgain, keepAt, keepPlace, unfold } from "./coming_back.js";
import { emptyMapping, showConfirm, withChoice, withDecision, without } from "./confirming.js";
import { Analyser } from "./connection.js";
import { areSamples, keepDropping } from "./dropping.js";
import { showingSections } from "./figures.js";
import { showFilesInUse } from "./files_in_use.js";
import { showGate } from "./gate.js";
import { keepAnswers } from "./keeping.js";
import { markOpened, readKept, wasOpened } from "./kept_mapping.js";
import { showCharts, showPicture } from "./picture.js";
import { keepPrinting } from "./printing.js";
import { lead, leadOn, toHeadline } from "./leading.js";
import { Progress } from "./progress.js";
import { RowsDialog } from "./rows_dialog.js";
import { refuseQuota, settingsOfAddress, showSettings, withSetting, withoutFilters, writeAddress } from "./settings.js";
import { showSheets } from "./sheets.js";
import { keepTaking } from "./taking.js";
import { breathe, filled, part, place } from "./templates.js";
import { Waterfall } from "./waterfall.js";

/** @typedef {Record<string, any>} Answer */
/** @typedef {import("./confirming.js").Mapping} Mapping */
/**
 * @typedef {object} Asked what an answer is the answer to
 * @property {File[]} files
 * @property {string} sheet "" for the first one that holds deals
 * @property {Mapping} mapping
 * @property {Mapping | null} remembered the answers kept from an earlier file that this one began with
 * @property {import("./settings.js").Settings} settings
 */
/** @typedef {{kind?: "file" | "remembered" | "answer" | "quota" | "more", returnTo?: string}} Way how a question came about, and which control is on after it */

/** The worker of this visit: what it has read outlives the page, which instant navigation takes away. */
const worker = new Analyser();
/** What is shown, for as long as the visit goes on without loading anew: a page that is come back to shows it again. */
/** @type {{asked: Asked, answer: Answer} | null} */
let shown = null;
/** Where the reader was when the page was left. @type {import("./coming_back.js").Place | null} */
let left = null;

export class PlaybookAnalyser extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;
  /** @type {AbortController | undefined} */
  #working;
  /** @type {Asked} */
  #asked = { files: [], sheet: "", mapping: emptyMapping(), remembered: null, settings: settingsOfAddress() };
  #progress = new Progress(this);
  /** @type {(() => void) | undefined} */
  #retry;
  /** The answer that is being shown. @type {Answer | undefined} */
  #showing;
  /** @type {RowsDialog | undefined} */
  #rows;
  /** @type {Waterfall | undefined} */
  #waterfall;
  #isComingBack = false;
  /** What the sheets are of, also where none of them could be read. @type {Asked | undefined} */
  #sheetOf;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    keepDropping(this, (files) => this.#open(files), (fetching) => this.#openLater(fetching), signal);
    this.addEventListener("change", ({ target }) => this.#change(target), { signal });
    this.addEventListener("click", ({ target }) => this.#click(target), { signal });
    keepFailureButtons(place(this, "failed"), () => this.#retry?.(), signal);
    keepAnswers(this, () => this.#mappingNow, (mapping) => this.#read({ ...this.#asked, mapping, remembered: mapping }), signal);
    keepTaking(this, (question, retry) => this.askAgain(question, retry), () => this.#rows?.key ?? "", signal);
    // Python is on its way before the file is.
    for (const event of ["pointerenter", "focusin", "dragenter"]) place(this, "drop").addEventListener(event, () => worker.start(), { signal, once: true });
    this.#rows = new RowsDialog(this, (question, retry) => this.askAgain(question, retry), signal);
    this.#waterfall = new Waterfall(this, (question, files) => this.#askBeside(question, files), signal);
    keepPrinting(this, signal);
    keepPlace(this, (place) => {
      // Until it is as it was left, there is no new place: whoever leaves again at once still comes back to the old one.
      if (!this.#isComingBack) left = shown && place;
    }, signal);
    this.#state = "idle";
    if (shown) {
      this.#asked = shown.asked;
      this.#comeBack(shown.answer);
    } else place(this, "left").hidden = !wasOpened();
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#working?.abort();
    this.#state = "static";
  }

  /** Files are to be fetched first. @param {(signal: AbortSignal) => Promise<File[]>} fetching */
  async #openLater(fetching) {
    const working = this.#begin(() => this.#openLater(fetching), true);
    try {
      const files = await fetching(working.signal);
      if (this.#working === working && this.isConnected) this.#open(files);
    } catch (error) {
      if (this.#working === working && this.isConnected) this.#fail(error);
    }
  }

  /**
   * What was asked before is not waited for any more.
   *
   * @param {() => void} retry
   * @param {boolean} isNew whether a file is to be read
   * @returns {AbortController} which the reader's "Cancel" aborts
   */
  #begin(retry, isNew) {
    this.#working?.abort();
    const working = (this.#working = new AbortController());
    this.#retry = retry;
    this.#quiet();
    this.#showing = undefined;
    this.#state = "working";
    this.#progress.begin(isNew);
    return working;
  }

  /** Of an entry of the history, the theme knows where the page was; a link that is followed has none yet. @param {Answer} answer */
  async #comeBack(answer) {
    const place = history.state === null ? null : left;
    this.#isComingBack = true;
    await this.#show(answer);
    if (place && this.#showing === answer) {
      unfold(this, place);
      keepAt(this, place);
      focusAgain(this, place);
    }
    this.#isComingBack = false;
  }

  /** A file is dropped or chosen. @param {File[]} files */
  #open(files) {
    const remembered = readKept();
    const settings = { ...settingsOfAddress(), quota: this.#asked.settings.quota };
    const kind = remembered ? "remembered" : "file";
    this.#read({ files, sheet: "", mapping: remembered ?? emptyMapping(), remembered, settings }, { kind });
  }

  /**
   * @param {Asked} asked
   * @param {Way} [way] of a `file` or sheet that is new, also one that answers were `remembered` for; of an `answer` to a
   *   question; of the `quota`; or of what else changes
   */
  async #read(asked, way = {}) {
    const isNew = way.kind === "file" || way.kind === "remembered";
    const working = this.#begin(() => this.#read(asked, way), isNew);
    const question = { ...this.#questionOf(asked), is_remembered: way.kind === "remembered", ask: isNew ? "read" : "again" };
    try {
      const answer = await worker.ask(question, {
        files: isNew ? asked.files : [],
        onProgress: (step) => {
          if (this.#working === working) this.#progress.show(step);
        },
        signal: working.signal,
      });
      if (this.#working !== working || !this.isConnected) return;
      this.#finish(answer, asked, way, isNew);
    } catch (error) {
      if (this.#working === working && this.isConnected) this.#fail(error);
    }
  }

  /** @param {Asked} asked */
  #questionOf({ sheet, mapping, remembered, settings }) {
    return { language: this.lang, sheet, mapping, remembered: remembered ?? emptyMapping(), ...settings };
  }

  /** @param {Answer} answer @param {Asked} wanted @param {Way} way @param {boolean} isNew */
  #finish(answer, wanted, way, isNew) {
    // Kept answers that do not fit this file were not taken.
    const isUnfit = way.kind === "remembered" && !answer["errors"] && !answer["is_remembered"];
    const asked = isUnfit ? { ...wanted, mapping: emptyMapping(), remembered: null } : wanted;
    this.#progress.end();
    showSheets(this, answer["sheets"] ?? [], asked.sheet);
    this.#sheetOf = asked;
    const quota = answer["errors"]?.find((/** @type {Answer} */ { column, code }) => column === "quota" || code === "quota");
    // Beside a filter that is changed meanwhile, what was refused stays refused.
    if (quota || way.kind === "quota") refuseQuota(this, quota?.text ?? "");
    if (this.#joins(answer, asked, isNew)) return;
    if (answer["errors"]) return this.#refuse(answer["errors"].filter((/** @type {Answer} */ error) => error !== quota), isNew);
    this.#asked = asked;
    shown = { asked, answer };
    markOpened(true);
    writeAddress(asked.settings);
    this.dispatchEvent(new CustomEvent("playbook-analysed"));
    // Of the sample, or of a part of the deals, the numbers are not those of the reader's pipeline.
    const isWhole = !areSamples(asked.files) && !Object.values(asked.settings.filters).some(Boolean);
    if (isWhole) learnNumbers(answer["numbers"], "analysis", answer["currency"]);
    place(this, "offered").hidden = !isWhole;
    this.#show(answer, () => {
      const headline = place(this, "headline");
      const wasThere = document.activeElement === headline;
      if (isNew) lead(this, answer);
      else leadOn(this, answer, way);
      // Read out already where the focus has come to it.
      if (wasThere || document.activeElement !== headline) this.#speak(answer["summary"]);
    });
  }

  /**
   * A history of stages that comes alone belongs to the deals that are shown.
   *
   * @param {Answer} answer @param {Asked} asked @param {boolean} isNew @returns {boolean} whether both are read now
   */
  #joins(answer, { files }, isNew) {
    const isHistory = answer["errors"]?.some((/** @type {Answer} */ { code }) => code === "history_alone");
    const deals = shown?.asked.files.find(({ name }) => name === shown?.answer["files"].deals.name);
    if (!isNew || !isHistory || !shown || !deals || files.length !== 1) return false;
    this.#read({ ...shown.asked, files: [deals, ...files] }, { kind: "file" });
    return true;
  }

  /**
   * Shows an answer piece by piece, as long as none comes after it.
   *
   * @param {Answer} answer
   * @param {() => void} [leads] takes the reader there, once that is shown which is read first
   */
  async #show(answer, leads = () => {}) {
    this.#showing = answer;
    place(this, "answer").hidden = false;
    const steps = [
      () => showPicture(this, answer),
      () => showFilesInUse(this, answer),
      () => showConfirm(this, answer["confirm"], this.#asked),
      () => showGate(this, answer["gate"]),
      leads,
      () => showSettings(this, this.#asked.settings, answer),
      () => showCharts(this, answer["charts"]),
      () => this.#waterfall?.begin(answer["period"]),
      ...showingSections(this, answer["sections"]),
      () => (this.#state = "shown"),
    ];
    for (const step of steps) {
      if (this.#showing !== answer || !this.isConnected) return;
      step();
      await breathe();
    }
  }

  /** What is typed and chosen stays; so does the answer from before. @param {Answer[]} errors @param {boolean} isOfFile */
  #refuse(errors, isOfFile) {
    const list = place(this, "refused");
    const names = shown?.asked.files.map(({ name }) => name).join(", ");
    const still = isOfFile && names ? [filled(this, "still", { text: names })] : [];
    list.replaceChildren(...errors.map((error) => filled(this, "refusal", error)), ...still);
    list.hidden = !errors.length;
    this.#settle();
    if (!isOfFile) this.#speak(errors.map(({ text }) => text).join(" "));
    if (!isOfFile || !errors.length) return;
    list.scrollIntoView({ block: "center" });
    list.focus({ preventScroll: true });
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#progress.end();
    if (error instanceof DOMException && error.name === "AbortError") return this.#stopped();
    const kind = kindOf(error);
    this.#settle(!shown);
    showFailure(place(this, "failed"), kind ?? "broken");
    if (!kind) throw error;
  }

  #stopped() {
    const said = place(this, "stopped");
    said.textContent = said.dataset[shown ? "before" : "nothing"] ?? "";
    said.hidden = false;
    // What was chosen for the question that is stopped goes back as well.
    this.#settle();
    part(this, "files", HTMLInputElement).focus();
  }

  /** @param {boolean} [hasFailed] */
  #settle(hasFailed = false) {
    this.#state = hasFailed ? "failed" : shown ? "shown" : "idle";
    // The question may have come while its answer was being shown.
    if (shown && this.#showing !== shown.answer) this.#show(shown.answer);
  }

  /** Takes away what was said about an earlier question. */
  #quiet() {
    for (const name of ["refused", "stopped", "left"]) place(this, name).hidden = true;
    showFailure(place(this, "failed"), null);
  }

  /** @param {EventTarget | null} target */
  #change(target) {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
    if (target.dataset["part"] === "sheet-choice") {
      const asked = this.#sheetOf ?? this.#asked;
      this.#read({ ...asked, sheet: target.value }, { kind: "file" });
      return;
    }
    const { mapping } = this.#asked;
    const settings = withSetting(this.#asked.settings, target);
    if (settings) this.#read({ ...this.#asked, settings }, { kind: target.dataset["setting"] === "quota" ? "quota" : "more" });
    else if (target.dataset["decides"]) this.#read({ ...this.#asked, mapping: withDecision(mapping, target.dataset["decides"], target.value) }, { kind: "answer" });
    else if (target instanceof HTMLSelectElement && target.dataset["name"] !== undefined) this.#read({ ...this.#asked, mapping: withChoice(mapping, target) });
  }

  /** @param {EventTarget | null} target */
  #click(target) {
    const link = target instanceof Element ? target.closest("a[data-link=send]") : null;
    if (link instanceof HTMLAnchorElement) bringNumbers(link);
    const button = target instanceof Element ? target.closest("[data-do]") : null;
    if (!(button instanceof HTMLElement)) return;
    const { do: act, rows = "", title = "" } = button.dataset;
    if (act === "cancel") this.#working?.abort();
    if (act === "confirm") this.#confirm();
    if (act === "rows") this.#rows?.open(rows, title);
    if (act === "undo") this.#read({ ...this.#asked, mapping: without(this.#asked, button.dataset["undoes"] ?? "") }, { returnTo: button.dataset["undoes"] ?? "" });
    if (act === "forget") this.#forget();
    if (act === "remove-history") this.#removeHistory();
    if (act === "clear-filters") this.#read({ ...this.#asked, settings: withoutFilters(this.#asked.settings) }, { returnTo: "settings" });
  }

  #confirm() {
    part(this, "confirm", HTMLDetailsElement).open = false;
    place(this, "confirmed").hidden = false;
    toHeadline(this);
  }

  #forget() {
    // As unticking does it.
    const remember = part(this, "remember", HTMLInputElement);
    if (remember.checked) remember.click();
    this.#read({ ...this.#asked, mapping: emptyMapping(), remembered: null }, { returnTo: "confirm" });
  }

  #removeHistory() {
    const deals = this.#asked.files[shown?.answer["files"].deals.place ?? 0];
    if (deals) this.#read({ ...this.#asked, files: [deals] }, { kind: "file" });
  }

  /**
   * Asks about the file that is open.
   *
   * @param {object} question
   * @param {() => void} retry asks as the reader did
   * @returns {Promise<Answer | null>} null where there is no answer, and why is said
   */
  async askAgain(question, retry) {
    this.#quiet();
    this.#retry = retry;
    try {
      const answer = await worker.ask({ ...this.#questionOf(this.#asked), ...question });
      if (!answer["errors"]) return answer;
      this.#refuse(answer["errors"], false);
    } catch (error) {
      this.#fail(error);
    }
    return null;
  }

  /**
   * Asks with a further file about the one that is open; what is refused is said where it was asked.
   *
   * @param {object} question
   * @param {File[]} files
   * @returns {Promise<Answer | null>} null where there is no answer, and why is said
   */
  async #askBeside(question, files) {
    this.#quiet();
    this.#retry = undefined;
    try {
      return await worker.ask({ ...this.#questionOf(this.#asked), ...question }, { files });
    } catch (error) {
      this.#fail(error);
      return null;
    }
  }

  /** What the answers are now: the reader's own, and what was understood besides. @returns {Mapping} */
  get #mappingNow() {
    return shown?.answer["mapping"] ?? this.#asked.mapping;
  }

  /** @param {string} text */
  #speak(text) {
    const spoken = place(this, "spoken");
    spoken.textContent = "";
    // Also where it is the same sentence again: something was asked, and is answered.
    setTimeout(() => (spoken.textContent = text), 50);
  }

  /** @param {"static" | "idle" | "working" | "shown" | "failed"} state */
  set #state(state) {
    this.dataset["state"] = state;
    this.toggleAttribute("aria-busy", state === "working");
  }
}
