/** All figures in their sections, each with what it rests on and what can be done with it. */
import { fillTable } from "../calculator/fill_table.js";
import { filled, listIn, place, refill } from "./templates.js";

/** @typedef {Record<string, any>} Answer */

const WIDE = matchMedia("(min-width: 60em)");

/**
 * @param {HTMLElement} analyser
 * @param {Answer[]} sections see calculators/analysis/page/parts.py
 * @returns {Array<() => void>} what puts each of them in its place, one after the other
 */
export function showingSections(analyser, sections) {
  const root = new URL(analyser.dataset["root"] ?? "", location.href);
  const parent = place(analyser, "sections");
  const holders = new Map([...parent.children].map((holder) => [/** @type {HTMLElement} */ (holder).dataset["holder"], holder]));
  const showing = sections.map((section, number) => () => {
    const holder = /** @type {HTMLElement} */ (holders.get(section["name"]) ?? document.createElement("div"));
    holder.dataset["holder"] = section["name"];
    // Moved, it would lose the focus.
    if (parent.children[number] !== holder) parent.insertBefore(holder, parent.children[number] ?? null);
    refill(holder, [sectionOf(analyser, section, root)]);
  });
  return [...showing, () => [...parent.children].slice(sections.length).forEach((holder) => holder.remove())];
}

/** @param {HTMLElement} analyser @param {Answer} section @param {URL} root */
function sectionOf(analyser, section, root) {
  const element = /** @type {HTMLDetailsElement} */ (filled(analyser, "section", section));
  element.dataset["section"] = section["name"];
  element.dataset["key"] = `section:${section["name"]}`;
  // On a phone, the headings with their main figures are what is read first.
  element.open = WIDE.matches;
  // Of its parts: each figure has a link of the same kind.
  const own = element.querySelector(":scope > .analyser__actions [data-link=send]");
  link(own, section["send"], root);
  listIn(element, "figures").append(...section["figures"].map((/** @type {Answer} */ figure) => figureOf(analyser, figure, root)));
  listIn(element, "tables").append(...section["tables"].map((/** @type {Answer} */ table) => tableOf(analyser, table)));
  const notes = listIn(element, "notes");
  notes.append(...section["notes"].map((/** @type {string} */ text) => filled(analyser, "note", { text })));
  notes.hidden = !section["notes"].length;
  return element;
}

/** @param {HTMLElement} analyser @param {Answer} figure @param {URL} root */
function figureOf(analyser, figure, root) {
  const element = filled(analyser, "figure", figure);
  element.dataset["figure"] = figure["name"];
  element.toggleAttribute("data-missing", Boolean(figure["why"]));
  const rule = element.querySelector("details");
  if (rule) {
    rule.dataset["key"] = `rule:${figure["name"]}`;
    rule.hidden = !figure["rule"];
  }
  const more = element.querySelector("[data-link=more]");
  if (more instanceof HTMLElement) more.textContent = (more.dataset["said"] ?? "").replace("{text}", () => figure["more"]?.title ?? "");
  link(more, figure["more"]?.address ?? "", root);
  link(element.querySelector("[data-link=send]"), figure["send"], root);
  const rows = element.querySelector("[data-do=rows]");
  if (rows instanceof HTMLElement) nameRows(rows, figure["rows"], figure["label"], `rows:${figure["name"]}`);
  return element;
}

/** @param {HTMLElement} button @param {string} rows which deals it shows @param {string} title @param {string} key */
function nameRows(button, rows, title, key) {
  Object.assign(button.dataset, { rows, title, key });
  button.hidden = !rows;
}

/** @param {Element | null} place @param {string} address within the folder of the language @param {URL} root */
function link(place, address, root) {
  if (!(place instanceof HTMLAnchorElement)) return;
  place.hidden = !address;
  if (address) place.href = new URL(address, root).href;
  else place.removeAttribute("href");
}

/** @param {HTMLElement} analyser @param {Answer} table */
function tableOf(analyser, table) {
  const element = filled(analyser, "table", table);
  element.dataset["table"] = table["name"];
  const grid = /** @type {HTMLTableElement} */ (element.querySelector("table"));
  element.querySelector(".calculator__scroll")?.setAttribute("aria-label", table["title"] || table["head"][0]);
  fillTable(grid, table["head"], table["rows"]);
  for (const [number, row] of [...(grid.tBodies[0]?.rows ?? [])].entries()) {
    row.toggleAttribute("data-small", table["small"].includes(number));
    const first = row.cells[0];
    if (first && table["keys"][number]) first.replaceChildren(rowsButton(table, number));
  }
  return element;
}

/** @param {Answer} table @param {number} number of the row, whose first cell shows the deals behind it */
function rowsButton(table, number) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "analyser__action";
  button.dataset["do"] = "rows";
  button.textContent = table["rows"][number][0];
  nameRows(button, table["keys"][number], table["rows"][number][0], `rows:${table["name"]}:${table["keys"][number]}`);
  return button;
}
