/** On the page that says that a page is not kept: lists those that are. Runs while that page is read. */
import { CACHE_OF_PAGES } from "../runtime/files.js";

list().catch(() => {}); // storage is switched off: nothing is kept

async function list() {
  const keys = await (await caches.open(CACHE_OF_PAGES)).keys();
  const kept = new Set(keys.map(({ url }) => new URL(url).pathname));
  for (const link of document.querySelectorAll("[data-part=kept-pages] a")) {
    if (link instanceof HTMLAnchorElement && link.parentElement) link.parentElement.hidden = !kept.has(link.pathname);
  }
}
