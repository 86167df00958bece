/**
 * Fetches the page of a calculator when its entry in the gallery is pointed at or touched, so that it is there at the
 * click, unless the reader saves data. Speculation rules would fetch it for the browser's navigation, not for the theme's.
 */

/** @typedef {{ saveData?: boolean, effectiveType?: string }} Connection as browsers tell it, if they do */

/** @type {Set<string>} */
const fetched = new Set();

/** Starts it; called once per full page load. */
export function prefetchFromGallery() {
  document.addEventListener("pointerover", ({ target }) => {
    const link = target instanceof Element ? target.closest(".gallery a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || fetched.has(link.href) || savesData()) return;
    fetched.add(link.href);
    // It fails like the navigation after it, which says so.
    fetch(link.href, { priority: "low" }).then((answer) => answer.text(), () => {});
  });
}

function savesData() {
  const { connection } = /** @type {{ connection?: Connection }} */ (navigator);
  return connection?.saveData || /2g/.test(connection?.effectiveType ?? "");
}
