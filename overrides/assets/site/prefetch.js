/**
 * Fetches the page of a calculator when its entry in the gallery is pointed at or touched, so that it is there at the
 * click, unless the reader saves data or the line is slow. Speculation rules would fetch it for the browser's navigation,
 * not for the theme's.
 */
import { isSparing } from "../runtime/line.js";

/** @type {Set<string>} */
const fetched = new Set();

/** Starts it; called once per full page load. */
export function prefetchFromGallery() {
  document.addEventListener("pointerover", ({ target }) => {
    const link = target instanceof Element ? target.closest(".gallery a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || fetched.has(link.href) || isSparing()) return;
    fetched.add(link.href);
    // It fails like the navigation after it, which says so.
    fetch(link.href, { priority: "low" }).then((answer) => answer.text(), () => {});
  });
}
