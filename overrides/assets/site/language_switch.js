/**
 * Keeps the language switcher on the page that is shown, and makes every change of language a full page load.
 *
 * Instant navigation replaces the content but neither `<html lang>` nor the header nor the search worker: without this
 * the switcher would lead to the page first loaded, and a page reached instantly in another language would be read out
 * with the wrong voice and searched in the wrong index.
 */
import { languageLinks, onEachPage, siteRoot } from "./theme.js";

/**
 * @typedef {object} Place where an address lies within the site
 * @property {string} folder the language's folder, "" for the language at the root, else "ko/"
 * @property {string} path the rest, the same in all languages
 */

/**
 * @param {URL} address
 * @param {URL} root
 * @param {readonly string[]} folders of all languages
 * @returns {Place | null} null outside the site
 */
export function placeOf(address, root, folders) {
  if (address.origin !== root.origin || !address.pathname.startsWith(root.pathname)) return null;
  const path = address.pathname.slice(root.pathname.length);
  const folder = folders.find((candidate) => candidate !== "" && `${path}/`.startsWith(candidate)) ?? "";
  return { folder, path: path.slice(folder.length) };
}

/** Starts it; called once per full page load. */
export function keepLanguageLinksCurrent() {
  const links = languageLinks();
  const root = siteRoot();
  const folders = links.map((link) => link.dataset.languageFolder ?? "");

  const pointToThisPage = () => {
    const here = placeOf(new URL(location.href), root, folders);
    if (!here) return;
    for (const [index, link] of links.entries()) {
      // What follows the path goes along: heading ids, inputs of a calculator, filters of the analyser mean the same everywhere.
      link.href = root.href + folders[index] + here.path + location.search + location.hash;
      if (folders[index] === here.folder) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  onEachPage(pointToThisPage);
  window.addEventListener("hashchange", pointToThisPage);
  // navigation.tracking changes the fragment without an event, so look again just before a link is used or copied.
  for (const link of links) {
    for (const event of ["focus", "pointerdown", "pointerenter"]) link.addEventListener(event, pointToThisPage);
  }

  // Capturing on window comes before the theme's handler on <body>, which would load the page instantly.
  window.addEventListener(
    "click",
    (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!(link instanceof HTMLAnchorElement) || link.target) return;
      const here = placeOf(new URL(location.href), root, folders);
      const there = placeOf(new URL(link.href), root, folders);
      if (here && there && here.folder !== there.folder) event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
