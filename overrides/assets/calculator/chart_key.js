/** What the colours and lines of a chart mean, above it: as text of the page, it breaks into lines and overlaps nothing. */

/**
 * @param {HTMLElement} key
 * @param {any} option see calculators/core/declaring/charts.py
 */
export function fillKey(key, { series, marks }) {
  const named = series.length > 1 ? series : [];
  key.replaceChildren(
    ...named.map((/** @type {any} */ { name, type, colour }) => entry(name, type, String(colour))),
    ...marks.map((/** @type {any} */ { name, text }) => entry(`${name} ${text}`, "mark", "")),
  );
}

/**
 * @param {string} text
 * @param {string} sign
 * @param {string} colour
 */
function entry(text, sign, colour) {
  const item = document.createElement("li");
  item.textContent = text;
  item.dataset["sign"] = sign;
  item.dataset["colour"] = colour;
  return item;
}
