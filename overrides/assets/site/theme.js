/**
 * What we use of the theme (Material for MkDocs 9.8), in one place, so that another theme means changing one file.
 */

import { afterPaint } from "./after_paint.js";

/** @typedef {{ subscribe(next: () => void): unknown }} PageChanges emits after each page, the first one included */

/** The theme's own. */
const CLOSED_AFTER_MILLISECONDS = 125;

/** @type {(changes: PageChanges) => void} */
let tellChanges;
/** @type {Promise<PageChanges>} */
const themeStarted = new Promise((resolve) => (tellChanges = resolve));

/**
 * Runs the theme's script once the page has been drawn: it measures and restyles the whole page, and neither the text
 * nor a calculator has to wait for that. Called once per full page load; the template names the script.
 */
export function startTheme() {
  const address = document.querySelector("link[data-theme-script]")?.getAttribute("href");
  if (!address) return;
  const script = document.createElement("script");
  script.src = new URL(address, document.baseURI).href;
  script.addEventListener("load", () => {
    const { document$ } = /** @type {{ document$?: PageChanges }} */ (/** @type {unknown} */ (window));
    if (document$) tellChanges(document$);
    // It waits for what has long been; nothing else of ours listens to that. In a task of its own, as both are long.
    setTimeout(() => document.dispatchEvent(new Event("DOMContentLoaded")));
    // It takes what was typed by now, but closes the search once at its start.
    if (document.activeElement === searchInput() || searchToggle()?.checked) setTimeout(openSearch, CLOSED_AFTER_MILLISECONDS + 50);
  });
  afterPaint(() => {
    resolveAddresses(document.querySelectorAll("link[href]"));
    afterPaint(() => {
      resolveAddresses(document.querySelectorAll("[href], [src]"));
      document.body.append(script);
    });
  });
}

function openSearch() {
  const toggle = searchToggle();
  if (toggle?.checked === false) toggle.click();
}

/**
 * Makes addresses absolute, since the path changes with instant navigation. The theme does it, too, at its start, but all
 * at once: the style sheets are read again by that, and the whole page is styled anew.
 *
 * @param {Iterable<Element>} elements
 */
function resolveAddresses(elements) {
  for (const element of elements) {
    const name = element.hasAttribute("href") ? "href" : "src";
    const address = element.getAttribute(name);
    if (address && !/^([a-z]+:|\/\/)/i.test(address)) element.setAttribute(name, new URL(address, document.baseURI).href);
  }
}

/**
 * Calls back for this page and again after each instant navigation.
 *
 * @param {() => void} callback
 */
export async function onEachPage(callback) {
  callback();
  const changes = await themeStarted;
  let isFirst = true;
  changes.subscribe(() => {
    if (!isFirst) callback();
    isFirst = false;
  });
}

/**
 * The address of the site's root. Ask before the first instant navigation: the page gives it relative to itself.
 *
 * @returns {URL} with a slash at the end
 */
export function siteRoot() {
  const root = new URL(settings().base ?? ".", location.href);
  if (!root.pathname.endsWith("/")) root.pathname += "/";
  return root;
}

/** @returns {URL} the address that the theme is told for its search: of our worker */
export function searchWorker() {
  return new URL(settings().search ?? "", location.href);
}

/** @returns {{ base?: string, search?: string }} */
function settings() {
  return JSON.parse(document.getElementById("__config")?.textContent ?? "{}");
}

/** @returns {HTMLAnchorElement[]} the links of the language switcher */
export function languageLinks() {
  return Array.from(document.querySelectorAll("a[data-language-folder]")).filter((link) => link instanceof HTMLAnchorElement);
}

/** @returns {HTMLInputElement | null} the input of the search box */
export function searchInput() {
  const input = document.querySelector("[data-md-component=search-query]");
  return input instanceof HTMLInputElement ? input : null;
}

/** @returns {HTMLElement | null} where the theme shows what the search found */
export function searchResult() {
  return document.querySelector("[data-md-component=search-result]");
}

/** @returns {HTMLElement | null} where it is said that the search does not work: partials/search.html */
export function searchFailure() {
  return document.querySelector("[data-part=search-failure]");
}

/** @returns {HTMLElement | null} where it is said that the playbook has nothing on the query: partials/search.html */
export function searchNothing() {
  return document.querySelector("[data-part=search-nothing]");
}

/** @returns {HTMLElement | null} where it is read out how many pages are found: partials/search.html */
export function searchSpoken() {
  return document.querySelector("[data-part=search-spoken]");
}

/** @returns {HTMLInputElement | null} the hidden check box that opens the drawer */
export function drawerToggle() {
  const toggle = document.getElementById("__drawer");
  return toggle instanceof HTMLInputElement ? toggle : null;
}

/** @returns {HTMLInputElement | null} the hidden check box that opens the search on a small screen */
export function searchToggle() {
  const toggle = document.getElementById("__search");
  return toggle instanceof HTMLInputElement ? toggle : null;
}

/** @returns {HTMLElement | null} what holds the navigation: on a small screen, the drawer */
export function sidebar() {
  return document.querySelector(".md-sidebar--primary");
}

/** @returns {HTMLElement[]} what lies below an open drawer */
export function outsideDrawer() {
  const names = ["skip", "announce", "header"].map((name) => `[data-md-component=${name}]`);
  const parts = document.querySelectorAll([...names, ".md-content", ".md-sidebar--secondary", ".md-footer"].join());
  return Array.from(parts).filter((part) => part instanceof HTMLElement);
}
