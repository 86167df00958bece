/** What has to be done right before a page is printed, and after it. */

/**
 * @param {() => void} before
 * @param {() => void} [after]
 * @param {AbortSignal} [signal] of who no longer wants to know
 */
export function whenPrinting(before, after = () => {}, signal = undefined) {
  const options = signal ? { signal } : {};
  window.addEventListener("beforeprint", before, options);
  window.addEventListener("afterprint", after, options);
  // For browsers and tools that show the page as paper without printing it.
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? before() : after()), options);
}

/** Title, address and day are on the sheet of paper, in the page's language. */
export function keepSheets() {
  whenPrinting(() => {
    const title = document.querySelector("h1")?.firstChild?.textContent ?? document.title;
    for (const sheet of document.querySelectorAll("[data-part=sheet]")) {
      const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format();
      const parts = { title, day, address: location.origin + location.pathname };
      for (const [name, text] of Object.entries(parts)) {
        const place = sheet.querySelector(`[data-sheet=${name}]`);
        if (place) place.textContent = text.trim();
      }
    }
  });
}
