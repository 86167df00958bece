/**
 * What we use of the theme (Material for MkDocs 9.8), in one place, so that another theme means changing one file.
 */

/** @typedef {{ subscribe(next: () => void): unknown }} PageChanges emits after each page, the first one included */

/**
 * Calls back for this page and again after each instant navigation.
 *
 * @param {() => void} callback
 */
export function onEachPage(callback) {
  const theme = /** @type {{ document$?: PageChanges }} */ (/** @type {unknown} */ (window));
  if (theme.document$) theme.document$.subscribe(callback);
  else callback();
}

/**
 * The address of the site's root. Ask before the first instant navigation: the page gives it relative to itself.
 *
 * @returns {URL} with a slash at the end
 */
export function siteRoot() {
  const settings = document.getElementById("__config")?.textContent ?? "{}";
  const root = new URL(JSON.parse(settings).base ?? ".", location.href);
  if (!root.pathname.endsWith("/")) root.pathname += "/";
  return root;
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
