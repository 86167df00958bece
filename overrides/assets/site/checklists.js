/**
 * Keeps a page's ticks, by item: for the visit, and in this browser if the reader asks for it. Switching that off forgets
 * them at the end of the visit.
 */
import { placeOf } from "./language_switch.js";
import { languageLinks, onEachPage, siteRoot } from "./theme.js";

const REMEMBERED = "playbook-ticks:";
const OF_THE_VISIT = "playbook-visit-ticks:";

/** Starts it; called once per full page load. */
export function rememberTicks() {
  const root = siteRoot();
  const folders = languageLinks().map((link) => link.dataset.languageFolder ?? "");
  onEachPage(() => {
    const control = document.querySelector("[data-control=remember-ticks]");
    const place = placeOf(new URL(location.href), root, folders);
    const ticks = Array.from(document.querySelectorAll("[data-tick]")).filter((tick) => tick instanceof HTMLInputElement);
    if (control instanceof HTMLInputElement && place) enhance(control, ticks, place.path);
  });
}

/**
 * @param {HTMLInputElement} control
 * @param {readonly HTMLInputElement[]} ticks
 * @param {string} path the same for a page in all languages
 */
function enhance(control, ticks, path) {
  const remembered = read(() => localStorage, REMEMBERED + path);
  control.checked = remembered !== null;
  const here = ticks.map((tick) => tick.dataset["tick"] ?? "");
  const kept = names(remembered ?? read(() => sessionStorage, OF_THE_VISIT + path) ?? [], here);
  for (const tick of ticks) {
    if (tick.dataset["tick"] && kept.includes(tick.dataset["tick"])) tick.checked = true;
  }
  control.addEventListener("change", () => {
    const checked = ticks.flatMap((tick) => (tick.checked && tick.dataset["tick"] ? [tick.dataset["tick"]] : []));
    // An item that this release does not have may come back.
    const all = [...checked, ...kept.filter((name) => !here.includes(name))];
    write(() => sessionStorage, OF_THE_VISIT + path, all);
    control.checked = write(() => localStorage, REMEMBERED + path, control.checked ? all : null) && control.checked;
  });
  for (const tick of ticks) {
    tick.addEventListener("change", () => {
      // Another tab may have ticked others meanwhile, or have switched remembering off.
      const latest = read(() => localStorage, REMEMBERED + path);
      control.checked = latest !== null;
      change(() => sessionStorage, OF_THE_VISIT + path, tick, here, kept);
      if (latest) change(() => localStorage, REMEMBERED + path, tick, here, kept);
    });
  }
  control.closest("[hidden]")?.removeAttribute("hidden");
}

/**
 * Adds or removes one tick.
 *
 * @param {() => Storage} storage
 * @param {string} key
 * @param {HTMLInputElement} tick
 * @param {string[]} here the items of the page
 * @param {string[]} before what was ticked when the page came, where nothing is kept yet
 */
function change(storage, key, tick, here, before) {
  const others = names(read(storage, key) ?? before, here).filter((name) => name !== tick.dataset["tick"]);
  write(storage, key, tick.checked && tick.dataset["tick"] ? [...others, tick.dataset["tick"]] : others);
}

/**
 * @param {unknown[]} kept
 * @param {string[]} here the items of the page
 * @returns {string[]} of items: release 0.3 and before kept places
 */
function names(kept, here) {
  const found = kept.map((entry) => (typeof entry === "number" ? here[entry] : entry));
  return /** @type {string[]} */ (found.filter((name) => typeof name === "string" && name !== ""));
}

/**
 * @param {() => Storage} storage which a browser may refuse to name
 * @param {string} key
 * @returns {unknown[] | null} null where nothing is kept, or nothing can be read
 */
function read(storage, key) {
  try {
    const kept = JSON.parse(storage().getItem(key) ?? "null");
    return Array.isArray(kept) ? kept : null;
  } catch {
    return null;
  }
}

/**
 * @param {() => Storage} storage
 * @param {string} key
 * @param {unknown[] | null} ticks null forgets them
 * @returns {boolean} false where the browser keeps nothing
 */
function write(storage, key, ticks) {
  try {
    if (ticks) storage().setItem(key, JSON.stringify(ticks));
    else storage().removeItem(key);
    return true;
  } catch {
    return false;
  }
}
