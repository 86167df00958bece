/**
 * Keeps a page's ticks in this browser, if the reader asks for it: off until then, and switching off forgets them.
 */
import { placeOf } from "./language_switch.js";
import { languageLinks, onEachPage, siteRoot } from "./theme.js";

const KEY = "playbook-ticks:";

/** Starts it; called once per full page load. */
export function rememberTicks() {
  const root = siteRoot();
  const folders = languageLinks().map((link) => link.dataset.languageFolder ?? "");
  onEachPage(() => {
    const control = document.querySelector("[data-control=remember-ticks]");
    const place = placeOf(new URL(location.href), root, folders);
    const ticks = Array.from(document.querySelectorAll("[data-tick]")).filter((tick) => tick instanceof HTMLInputElement);
    if (control instanceof HTMLInputElement && place) enhance(control, ticks, KEY + place.path);
  });
}

/**
 * @param {HTMLInputElement} control
 * @param {readonly HTMLInputElement[]} ticks
 * @param {string} key the same for a page in all languages
 */
function enhance(control, ticks, key) {
  const kept = read(key);
  control.checked = kept !== null;
  for (const index of kept ?? []) {
    const tick = ticks[index];
    if (tick) tick.checked = true;
  }
  const keep = () => {
    const checked = ticks.flatMap((tick, index) => (tick.checked ? [index] : []));
    control.checked = write(key, control.checked ? checked : null) && control.checked;
  };
  control.addEventListener("change", keep);
  for (const tick of ticks) {
    tick.addEventListener("change", () => {
      if (control.checked) keep();
    });
  }
  control.closest("[hidden]")?.removeAttribute("hidden");
}

/**
 * @param {string} key
 * @returns {number[] | null} null where nothing is kept, or nothing can be read
 */
function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    return Array.isArray(kept) ? kept : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {number[] | null} ticks null forgets them
 * @returns {boolean} false where the browser keeps nothing
 */
function write(key, ticks) {
  try {
    if (ticks) localStorage.setItem(key, JSON.stringify(ticks));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}
