import { onEachPage, tableScrollers } from "./theme.js";

/** Lets the keyboard reach tables that are wider than the screen, so that arrow keys scroll them. */
export function keepWideTablesReachable() {
  // The theme wraps each table after the page has come, which changes the height of the article.
  const observer = new ResizeObserver(() => {
    for (const scroller of tableScrollers()) {
      if (scroller.scrollWidth > scroller.clientWidth) scroller.tabIndex = 0;
      else scroller.removeAttribute("tabindex");
    }
  });
  onEachPage(() => {
    observer.disconnect();
    const article = document.querySelector("article");
    if (article) observer.observe(article);
  });
}
