/**
 * Offers a page in the language that the reader's browser prefers, if it is written in it; nobody is sent there. All
 * offers stand in the page, hidden. Once a language was chosen, or the offer closed, there is none any more.
 */
import { focusPlace } from "./places.js";
import { onEachPage } from "./theme.js";

const KEY = "playbook-language";

/** Shows the offer that fits, if one does. */
export function offerLanguage() {
  const offers = Array.from(document.querySelectorAll("[data-language-offer]")).filter((offer) => offer instanceof HTMLElement);
  const known = [document.documentElement.lang, ...offers.map((offer) => offer.lang)];
  const preferred = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0] ?? "").find((tag) => known.includes(tag));
  for (const offer of offers) offer.hidden = offer.lang !== preferred || isDecided();
}

/** Keeps it right; called once per full page load. */
export function keepLanguageOffer() {
  onEachPage(offerLanguage);
  // Before language_switch.js, which lets no click on a link to another language through.
  const answer = (/** @type {MouseEvent} */ { target }) => {
    if (!(target instanceof Element)) return;
    const isClosed = target.closest("[data-control=dismiss-language-offer]");
    if (!isClosed && !target.closest("[data-language-offer] a, a[data-language-folder]")) return;
    decide();
    if (!isClosed) return;
    for (const offer of document.querySelectorAll("[data-language-offer]")) offer.setAttribute("hidden", "");
    focusPlace();
  };
  window.addEventListener("click", answer, { capture: true });
}

/** Where nothing can be kept, what was decided counts until the next full page load. */
let wasDecided = false;

function isDecided() {
  try {
    return wasDecided || localStorage.getItem(KEY) !== null;
  } catch {
    return wasDecided;
  }
}

function decide() {
  wasDecided = true;
  try {
    localStorage.setItem(KEY, "decided");
  } catch {
    // Nothing can be kept.
  }
}
