/**
 * Lets Lighthouse look at pages as on a phone: node lighthouse.mjs CHROMIUM CATEGORIES URL… > a JSON line for each page
 *
 * Each line has the page's scores from 0 to 100 by category, and of every audit that took something away what it says.
 */
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, categories = "", ...pages] = process.argv.slice(2);
const chrome = await launch({
  chromePath,
  // Cut off from every host but this machine.
  chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"],
});
try {
  for (const page of pages) {
    const result = await lighthouse(page, { port: chrome.port, onlyCategories: categories.split(","), logLevel: "error" });
    if (!result || result.lhr.runtimeError) throw new Error(`${page}: ${result?.lhr.runtimeError?.message}`);
    const { lhr } = result;
    const scores = Object.fromEntries(Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)]));
    const counted = new Set(Object.values(lhr.categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id)));
    const faults = Object.values(lhr.audits)
      .filter(({ id, score }) => counted.has(id) && score !== null && score < 1)
      .map(({ id, title, displayValue, details }) => ({ id, title, value: displayValue ?? "", places: places(details) }));
    console.log(JSON.stringify({ page, scores, faults }));
  }
} finally {
  await chrome.kill();
}

/** @param {any} details @returns {string[]} the first few places that an audit names */
function places(details) {
  const items = Array.isArray(details?.items) ? details.items : [];
  return items.slice(0, 3).map((/** @type {any} */ item) => item.node?.snippet ?? item.url ?? item.description ?? "").filter(Boolean);
}
