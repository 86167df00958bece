/**
 * The colours: those of the device, light ones or dark ones, as the reader picks them. In the place of the theme's own
 * script for it, which restyles the whole page three times at each start, and shows the dark colours after the light.
 */

/**
 * What the head of the page has (partials/javascripts/beginning.html); the form of what is kept is the theme's.
 *
 * @typedef {{ index: number }} Palette
 * @typedef {typeof globalThis & {
 *   __md_get(name: string): Palette | null,
 *   __md_set(name: string, value: Palette): void,
 *   __show_scheme(palette: number): void,
 * }} Page
 */

import { onEachPage } from "./theme.js";

const KEPT = "__palette";
const page = /** @type {Page} */ (globalThis);
const DARK_DEVICE = matchMedia("(prefers-color-scheme: dark)");

/** The one whose colours are shown, also where nothing can be kept. */
let picked = 0;

/** Shows the colours picked earlier, or the device's, and the toggle that fits them, before anything is drawn. */
export function showPalette() {
  const kept = page.__md_get(KEPT)?.index ?? 0;
  show(Math.max(0, Math.min(kept, readChoices().length - 1)));
}

/** Follows the reader and the device; called once per full page load. */
export function keepPalette() {
  const choices = readChoices();
  picked = Math.max(0, choices.findIndex(({ checked }) => checked));
  for (const [index, choice] of choices.entries()) {
    choice.addEventListener("change", () => {
      page.__md_set(KEPT, { index });
      show(index);
    });
    // As the label, which the mouse presses: on to the next one.
    choice.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      const next = choices[(index + 1) % choices.length];
      next?.click();
      next?.focus();
    });
  }
  // Instant navigation brings what the head of the new page has of colours, beside what is there.
  onEachPage(() => {
    const [, ...further] = document.querySelectorAll("meta[name=color-scheme]");
    for (const meta of further) meta.remove();
    show(picked);
  });
  DARK_DEVICE.addEventListener("change", () => show(picked));
}

/** @returns {HTMLInputElement[]} one for the device's colours, one for each scheme: partials/palette.html */
function readChoices() {
  return Array.from(document.querySelectorAll("input[name=__palette]")).filter((input) => input instanceof HTMLInputElement);
}

/** @param {number} index */
function show(index) {
  picked = index;
  page.__show_scheme(index);
  for (const [place, choice] of readChoices().entries()) {
    choice.checked = place === index;
    choice.nextElementSibling?.toggleAttribute("hidden", place !== index);
  }
}
