/**
 * When a calculator asks for Python, which is megabytes the first time.
 *
 * At the reader's first touch in any case. Before that, once the page is idle, so that the text comes first; but not for
 * a reader who saves data or has a slow line, nor on a page that most readers only pass through (`data-waits`). Where
 * nothing large is to be fetched, as the calculator comes near.
 */
import { isKept } from "../runtime/connection.js";
import { isSparing } from "../runtime/line.js";
import { wasAsked } from "../runtime/runtime.js";

const NEAR = "300px";
/** Where a browser does not say when it is idle. */
const IDLE_AFTER_MILLISECONDS = 200;
/** A page that is never idle is not waited for. */
const IDLE_BY_MILLISECONDS = 2000;

/**
 * @param {HTMLElement} calculator
 * @param {{touched: () => void, nobodyWaits: () => void}} start
 * @param {AbortSignal} signal
 */
export function keepBeginning(calculator, { touched, nobodyWaits }, signal) {
  for (const event of ["focusin", "click", "keydown"]) calculator.addEventListener(event, touched, { signal, once: true });
  if (isKept() || wasAsked()) return whenNear(calculator, nobodyWaits, signal);
  if (isSparing()) return;
  if (calculator.dataset["waits"] === undefined) return whenIdle(nobodyWaits, signal);
  // A finger may be scrolling past; a mouse that comes here may well stay.
  calculator.addEventListener("pointerover", ({ pointerType }) => pointerType === "touch" || nobodyWaits(), { signal });
}

/** @param {() => void} start @param {AbortSignal} signal */
function whenIdle(start, signal) {
  const begin = () => signal.aborted || start();
  const wait = () => setTimeout(begin, IDLE_AFTER_MILLISECONDS);
  if ("requestIdleCallback" in window) requestIdleCallback(begin, { timeout: IDLE_BY_MILLISECONDS });
  else if (document.readyState === "complete") wait();
  else window.addEventListener("load", wait, { signal, once: true });
}

/** @param {HTMLElement} calculator @param {() => void} start @param {AbortSignal} signal */
function whenNear(calculator, start, signal) {
  const nearing = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) start();
  }, { rootMargin: NEAR });
  nearing.observe(calculator);
  signal.addEventListener("abort", () => nearing.disconnect());
}
