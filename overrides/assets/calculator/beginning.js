/**
 * When a calculator asks for Python, which is megabytes the first time.
 *
 * At the reader's first touch in any case. Before that, once the page is drawn, so that the text comes first; but not for
 * a reader who saves data or has a slow line, nor on a page that most readers only pass through (`data-waits`). Where
 * nothing large is to be fetched, as the calculator comes near.
 */
import { isKept } from "../runtime/connection.js";
import { isSparing } from "../runtime/line.js";
import { wasAsked } from "../runtime/runtime.js";
import { afterPaint } from "../site/after_paint.js";

const NEAR = "300px";

/**
 * @param {HTMLElement} calculator
 * @param {{touched: () => void, nobodyWaits: () => void}} start
 * @param {AbortSignal} signal
 */
export function keepBeginning(calculator, { touched, nobodyWaits }, signal) {
  for (const event of ["focusin", "click", "keydown"]) calculator.addEventListener(event, touched, { signal, once: true });
  if (isKept() || wasAsked()) return whenNear(calculator, nobodyWaits, signal);
  if (isSparing()) return;
  if (calculator.dataset["waits"] === undefined) return afterPaint(() => signal.aborted || nobodyWaits());
  // A finger may be scrolling past; a mouse that comes here may well stay.
  calculator.addEventListener("pointerover", ({ pointerType }) => pointerType === "touch" || nobodyWaits(), { signal });
}

/** @param {HTMLElement} calculator @param {() => void} start @param {AbortSignal} signal */
function whenNear(calculator, start, signal) {
  const nearing = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) start();
  }, { rootMargin: NEAR });
  nearing.observe(calculator);
  signal.addEventListener("abort", () => nearing.disconnect());
}
