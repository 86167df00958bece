/**
 * Each tool says itself that it waits, offers to stop what takes long, or says why it cannot work: the reader looks at it,
 * not at the result above.
 */
import { keepFailureButtons, showFailure } from "../site/failure_messages.js";
import { LongRun } from "./long_run.js";

/** @typedef {import("./element.js").PlaybookCalculator} Calculator */

/** Shorter than that, nothing is said. */
const SAID_AFTER_MILLISECONDS = 1000;

/**
 * @param {Element} panel an opened tool
 * @param {import("../site/failure_messages.js").Said | null} kind null takes the sentence away
 */
export function showToolFailure(panel, kind) {
  const place = panel.querySelector("[data-part=tool-failure]") ?? (kind && addPlace(panel));
  if (place instanceof HTMLElement) showFailure(place, kind);
}

/**
 * @template Result
 * @param {Calculator} calculator
 * @param {Element} panel
 * @param {Promise<Result>} work that the tool waits for
 * @returns {Promise<Result>}
 */
export async function sayWaiting(calculator, panel, work) {
  const saying = setTimeout(() => showToolFailure(panel, "waiting"), SAID_AFTER_MILLISECONDS);
  const ending = new AbortController();
  const run = new LongRun((isLong) => isLong && offerStop(calculator, panel));
  calculator.follow(({ state }) => run.follow(state === "computing"), ending.signal);
  try {
    const result = await work;
    showToolFailure(panel, null);
    return result;
  } finally {
    clearTimeout(saying);
    ending.abort();
    run.end();
  }
}

/** @param {Calculator} calculator @param {Element} panel */
function offerStop(calculator, panel) {
  showToolFailure(panel, "computing");
  const stop = panel.querySelector("[data-remedy=stop]");
  if (stop instanceof HTMLElement) stop.onclick = () => calculator.stop();
}

/** The sentences stand once in the page, behind the tools. @param {Element} panel */
function addPlace(panel) {
  const place = panel.parentElement?.querySelector(":scope > [data-part=tool-failure]")?.cloneNode(true);
  if (!(place instanceof HTMLElement)) return null;
  panel.querySelector("[data-part=tool-said]")?.append(place);
  // As if it were opened again.
  keepFailureButtons(place, () => panel.dispatchEvent(new Event("toggle")));
  return place;
}
