/** The picture of one page: the sentence, the few figures below it, and the charts. */
import { fillTable } from "../calculator/fill_table.js";
import { kindOf } from "../runtime/failures.js";
import { loadScript } from "../runtime/load_script.js";
import { breathe, filled, place } from "./templates.js";

/** @typedef {Record<string, any>} Answer */

/** The first letter that is as wide as it is high, and how wide those before it are at most. */
const FIRST_WIDE = "\u1100";
const NARROW_EMS = 0.7;

/** @param {HTMLElement} analyser @param {Answer} answer see calculators/analysis/page/view.py */
export function showPicture(analyser, answer) {
  place(analyser, "headline").textContent = answer["headline"];
  place(analyser, "tiles").replaceChildren(...answer["tiles"].map((/** @type {Answer} */ tile) => tileOf(analyser, tile)));
  place(analyser, "as-of").textContent = answer["as_of"]["text"];
}

/** @param {HTMLElement} analyser @param {Answer} tile */
function tileOf(analyser, tile) {
  const element = filled(analyser, "tile", tile);
  const ems = [...tile["text"]].reduce((sum, letter) => sum + (letter < FIRST_WIDE ? NARROW_EMS : 1), 0);
  element.querySelector("output")?.style.setProperty("--ems", String(ems));
  return element;
}

/** @param {HTMLElement} analyser @param {Answer[]} charts */
export function showCharts(analyser, charts) {
  const known = new Map([...place(analyser, "charts").children].map((figure) => [/** @type {HTMLElement} */ (figure).dataset["chart"], figure]));
  const figures = charts.map((chart) => {
    const figure = /** @type {HTMLElement} */ (known.get(chart["name"]) ?? filled(analyser, "chart", chart));
    figure.dataset["chart"] = chart["name"];
    const title = figure.querySelector("figcaption");
    if (title) title.textContent = chart["title"];
    figure.querySelector(".calculator__scroll")?.setAttribute("aria-label", chart["title"]);
    const table = figure.querySelector("table");
    if (table) fillTable(table, chart["head"], chart["rows"]);
    return figure;
  });
  place(analyser, "charts").replaceChildren(...figures);
  if (charts.length) draw(figures, charts);
}

/** @param {HTMLElement[]} figures @param {Answer[]} charts */
async function draw(figures, charts) {
  try {
    const { show } = await loadScript(CHARTS);
    for (const [number, figure] of figures.entries()) {
      await breathe();
      if (figure.isConnected) show(place(figure, "plot"), charts[number]);
    }
  } catch (error) {
    if (!kindOf(error)) throw error;
    for (const figure of figures) {
      // The table has the same numbers.
      place(figure, "plot").hidden = true;
      place(figure, "chart-failure").hidden = false;
      const table = figure.querySelector("details");
      if (table) table.open = true;
    }
  }
}
