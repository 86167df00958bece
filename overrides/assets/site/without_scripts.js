/**
 * Says that a calculator cannot be had where the page's main script does not come, is cut off or ends at its start, and
 * tries again when asked: what is typed stays in the fields, and is answered then. Without this, the example's result would
 * stand beside other numbers, and nobody would answer.
 *
 * It stands in the page itself, since a file of its own might not come either.
 */
import { whyNotLoaded } from "../runtime/failures.js";
import { SCRIPT_PATIENCE } from "../runtime/limits.js";
import { keepFailureButtons, showFailure } from "./failure_messages.js";

const PLACES = "playbook-calculator [data-message=failed], :is(playbook-analyser, playbook-answer-key) [data-part=failed]";
/** How often the script has been asked for once more: the browser would not ask again under the same address. */
let attempts = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
/** Of the buttons that are offered. */
let offering = new AbortController();

/** @returns {HTMLScriptElement | null} the latest attempt */
const mainScript = () => [...document.querySelectorAll("script")].findLast((script) => "main" in script.dataset) ?? null;
const isHere = () => customElements.get("playbook-calculator") !== undefined;

// What a script throws while it begins is told of the window, and with its address; that it does not come, of the element.
addEventListener("error", ({ target, filename }) => {
  const address = target instanceof HTMLScriptElement ? target.src : filename;
  if (address && address === mainScript()?.src) fail();
}, true);
addEventListener("input", () => {
  if (!isHere()) waiting ??= setTimeout(fail, SCRIPT_PATIENCE * 1000);
}, true);

async function fail() {
  clearTimeout(waiting);
  waiting = undefined;
  if (isHere()) return;
  // Reloading would lose what is typed, since nothing keeps it: only trying again is offered.
  const kind = (await whyNotLoaded(mainScript()?.src ?? "")) === "offline" ? "offline" : "broken";
  if (isHere()) return;
  offering.abort();
  offering = new AbortController();
  say(kind);
  for (const place of places()) keepFailureButtons(place, tryAgain, offering.signal);
}

/** @param {"offline" | "broken" | null} kind */
function say(kind) {
  for (const place of places()) showFailure(place, kind);
}

/** @returns {HTMLElement[]} */
function places() {
  return [...document.querySelectorAll(PLACES)].filter((place) => place instanceof HTMLElement);
}

function tryAgain() {
  offering.abort();
  say(null);
  const before = mainScript();
  if (!before) return;
  const script = document.createElement("script");
  script.type = "module";
  script.dataset["main"] = "";
  const address = new URL(before.src);
  address.search = `?again=${++attempts}`;
  script.src = address.href;
  document.body.append(script);
  waiting = setTimeout(fail, SCRIPT_PATIENCE * 1000);
}
