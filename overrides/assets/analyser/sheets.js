/** The sheets of a workbook, where there are several to choose from. */
import { fillSelect, part, place } from "./templates.js";

/**
 * @param {HTMLElement} analyser
 * @param {Array<{name: string, is_hidden: boolean, is_chosen: boolean}>} sheets
 * @param {string} asked which one was asked for
 */
export function showSheets(analyser, sheets, asked) {
  const choice = part(analyser, "sheet-choice", HTMLSelectElement);
  place(analyser, "sheets").hidden = sheets.length < 2;
  const options = sheets.map(({ name, is_hidden: isHidden }) => {
    return { value: name, text: isHidden ? (choice.dataset["hidden"] ?? "").replace("{name}", () => name) : name };
  });
  fillSelect(choice, options, sheets.find((sheet) => sheet.is_chosen)?.name ?? asked);
}
