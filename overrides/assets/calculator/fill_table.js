/** Tables of results: texts from Python, put in place. */

/**
 * Several lines, or words without a figure. In three looks: one pattern for it would go over a long note once for each of
 * its letters.
 *
 * @param {string} text
 */
function isProse(text) {
  return text.includes("\n") || (!/\d/.test(text) && /\p{L}{2}/u.test(text));
}

/**
 * @param {HTMLTableElement} table
 * @param {string[] | null} head null leaves it as it is
 * @param {string[][]} rows
 */
export function fillTable(table, head, rows) {
  if (head) table.tHead?.rows[0]?.replaceChildren(...head.map((text) => textElement("th", text)));
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  table.tBodies[0]?.replaceChildren(
    ...rows.map((texts) => {
      const row = document.createElement("tr");
      row.append(
        ...texts.map((text, place) => {
          const cell = textElement("td", text);
          // A column looks as its head says, and each cell repeats that, since on a phone it stands alone.
          const column = heads[place];
          cell.className = column?.className || (place && isProse(text) ? "calculator__prose" : "");
          if (place) cell.dataset["label"] = column?.textContent ?? "";
          return cell;
        }),
      );
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
