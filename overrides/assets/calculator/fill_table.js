/** Tables of results: texts from Python, put in place. */

/**
 * @param {HTMLTableElement} table
 * @param {string[] | null} head null leaves it as it is
 * @param {string[][]} rows
 */
export function fillTable(table, head, rows) {
  if (head) table.tHead?.rows[0]?.replaceChildren(...head.map((text) => textElement("th", text)));
  table.tBodies[0]?.replaceChildren(
    ...rows.map((texts) => {
      const row = document.createElement("tr");
      row.append(...texts.map((text) => textElement("td", text)));
      return row;
    }),
  );
}

/**
 * @param {string} name
 * @param {string} text
 */
export function textElement(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  if (name === "th") element.setAttribute("scope", "col");
  return element;
}
