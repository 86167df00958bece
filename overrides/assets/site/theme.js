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

/** @returns {HTMLElement[]} what scrolls a table that is wider than the screen */
export function tableScrollers() {
  return Array.from(document.querySelectorAll(".md-typeset__scrollwrap")).filter((wrap) => wrap instanceof HTMLElement);
}
