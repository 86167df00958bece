/**
 * The drawer and the search of a small screen (which a desktop at 400 % zoom is too), by keyboard.
 *
 * The theme opens them with labels of hidden check boxes, which take no focus. Here the labels become buttons, the focus
 * goes where a reader looks, and comes back. What is closed takes no focus: styles/frame.css.
 */
import { focusPlace } from "./places.js";
import { drawerToggle, onEachPage, outsideDrawer, searchInput, searchToggle, sidebar } from "./theme.js";

/** As the theme: below this width the navigation is a drawer, and below the other the search a page of its own. */
const DRAWER = matchMedia("screen and (max-width: 76.234375em)");
const SEARCH = matchMedia("screen and (max-width: 59.984375em)");

/** Starts it; called once per full page load. */
export function reachDrawerByKeyboard() {
  const drawer = drawerToggle();
  const search = searchToggle();
  if (!drawer || !search) return;

  onEachPage(nameLabels);
  let isFirst = true;
  onEachPage(() => {
    // Instant navigation takes the link away that had the focus; the first page of a visit is read from its beginning.
    if (!isFirst && document.activeElement === document.body) focusPlace();
    isFirst = false;
  });
  DRAWER.addEventListener("change", () => {
    if (drawer.checked) drawer.click();
    nameLabels();
  });
  SEARCH.addEventListener("change", nameLabels);
  document.addEventListener("keydown", pressLabel, { capture: true });
  document.addEventListener("keydown", (event) => openSearchByKey(event, search));
  drawer.addEventListener("change", () => (drawer.checked ? enter(drawer) : leave(drawer)));
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.matches(".md-toggle")) tellLabels(target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.checked) drawer.click();
  });
  search.addEventListener("change", () => {
    if (search.checked) searchInput()?.focus();
    const lost = document.activeElement === document.body || document.activeElement === searchInput();
    if (!search.checked && SEARCH.matches && lost) labelsOf(search)[0]?.focus();
  });
}

/** @param {HTMLElement} element @returns {boolean} whether it can be seen, or will be once the drawer has moved in */
function isShown(element) {
  return element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
}

/** @param {HTMLInputElement} toggle @returns {HTMLElement[]} its buttons that can be seen now */
function labelsOf(toggle) {
  return Array.from(toggle.labels ?? []).filter((label) => label.getAttribute("role") === "button" && isShown(label));
}

/** Makes buttons of the labels that do something at this width, and names the lists that they open. */
function nameLabels() {
  // The theme has each named by a label that is only a sign.
  for (const list of document.querySelectorAll("nav.md-nav[aria-labelledby]")) {
    list.setAttribute("aria-label", list.querySelector(".md-nav__title")?.textContent?.trim() ?? "");
    list.removeAttribute("aria-labelledby");
  }
  for (const toggle of document.querySelectorAll("input.md-toggle")) {
    if (!(toggle instanceof HTMLInputElement)) continue;
    for (const label of toggle.labels ?? []) {
      const acts = label.matches(".md-search__icon, [for=__search]") ? SEARCH.matches : DRAWER.matches;
      if (label.matches(".md-overlay, .md-search__overlay, .md-nav__title[for=__drawer]")) continue;
      if (!acts) {
        for (const name of ["role", "tabindex", "aria-expanded", "aria-label"]) label.removeAttribute(name);
        continue;
      }
      label.tabIndex = 0;
      label.setAttribute("role", "button");
      const name = nameOf(label);
      if (name) label.setAttribute("aria-label", name);
    }
    tellLabels(toggle);
  }
}

/** A label that is only a sign is called as what it opens. @param {HTMLLabelElement} label */
function nameOf(label) {
  if (label.textContent?.trim()) return null;
  if (label.htmlFor === "__search") return searchInput()?.getAttribute("aria-label");
  if (label.htmlFor === "__drawer") return sidebar()?.querySelector("nav")?.getAttribute("aria-label");
  return label.parentElement?.querySelector("a")?.textContent?.trim();
}

/** @param {HTMLInputElement} toggle */
function tellLabels(toggle) {
  for (const label of toggle.labels ?? []) {
    if (label.getAttribute("role") === "button") label.setAttribute("aria-expanded", String(toggle.checked));
  }
}

/** Enter and the space bar press a label as they press a button. @param {KeyboardEvent} event */
function pressLabel(event) {
  const label = event.target;
  if (!(label instanceof HTMLLabelElement) || label.getAttribute("role") !== "button") return;
  const toggle = label.control;
  if ((event.key !== "Enter" && event.key !== " ") || !(toggle instanceof HTMLInputElement)) return;
  event.preventDefault();
  // The theme clicks whichever label has the focus by then.
  event.stopPropagation();
  toggle.click();
  if (!toggle.matches(".md-nav__toggle")) return;
  // One level further or back: the label that leads back is what comes next.
  const next = labelsOf(toggle).find((other) => other !== label);
  next?.focus();
}

/**
 * The theme's keys for the search focus its box, which takes no focus where the search is closed, a page of its own.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} search
 */
function openSearchByKey(event, search) {
  const { key, target, altKey, ctrlKey, metaKey, isComposing } = event;
  if (!["/", "f", "s"].includes(key) || altKey || ctrlKey || metaKey || isComposing || !SEARCH.matches || search.checked) return;
  if (target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=radio], [type=checkbox]), textarea, select"))) return;
  event.preventDefault();
  search.click();
}

/** @param {HTMLInputElement} drawer */
function enter(drawer) {
  for (const part of outsideDrawer()) part.inert = true;
  const places = sidebar()?.querySelectorAll("a[href], label[tabindex='0']") ?? [];
  for (const place of places) {
    if (!(place instanceof HTMLElement) || !isShown(place)) continue;
    place.focus();
    opened = { drawer: sidebar(), followed: false };
    break;
  }
  sidebar()?.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("a[href]")) opened.followed = true;
  });
  tellLabels(drawer);
}
/** @type {{ drawer: Element | null, followed: boolean }} */
let opened = { drawer: null, followed: false };

/** @param {HTMLInputElement} drawer */
function leave(drawer) {
  for (const part of outsideDrawer()) part.inert = false;
  const focused = document.activeElement;
  const wasInside = focused === document.body || opened.drawer?.contains(focused);
  if (!opened.drawer?.isConnected || !wasInside) return;
  if (opened.followed) focusPlace();
  else labelsOf(drawer)[0]?.focus();
}
