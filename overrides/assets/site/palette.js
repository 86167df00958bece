/**
 * The colours: those of the device, light ones or dark ones, as the reader picks them. In the place of the theme's own
 * script for it, which restyles the whole page three times at each start, and shows the dark colours after the light.
 */

/**
 * The theme's (partials/javascripts/base.html), and the form of what it keeps.
 *
 * @typedef {{ index: number, color: Record<string, string> }} Palette
 * @typedef {typeof globalThis & { __md_get(name: string): Palette | null, __md_set(name: string, value: Palette): void }} Page
 */

const KEPT = "__palette";
const COLOURS = ["media", "scheme", "primary", "accent"];
const page = /** @type {Page} */ (globalThis);
const LIGHT_DEVICE = matchMedia("(prefers-color-scheme: light)");

/** Shows the colours picked earlier, or the device's, before anything is drawn. */
export function showPalette() {
  const choices = readChoices();
  const kept = page.__md_get(KEPT)?.index ?? 0;
  show(choices, Math.max(0, Math.min(kept, choices.length - 1)));
}

/** Follows the reader and the device; called once per full page load. */
export function keepPalette() {
  const choices = readChoices();
  for (const [index, choice] of choices.entries()) {
    choice.addEventListener("change", () => {
      page.__md_set(KEPT, { index, color: show(choices, index) });
    });
    choice.addEventListener("keydown", ({ key }) => {
      if (key !== "Enter") return;
      const next = choices[(index + 1) % choices.length];
      next?.click();
      next?.focus();
    });
  }
  LIGHT_DEVICE.addEventListener("change", showPalette);
}

/** @returns {HTMLInputElement[]} one for the device's colours, one for each scheme: partials/palette.html */
function readChoices() {
  return Array.from(document.querySelectorAll("input[name=__palette]")).filter((input) => input instanceof HTMLInputElement);
}

/**
 * @param {HTMLInputElement[]} choices
 * @param {number} index
 * @returns {Record<string, string>} the colours, as the theme names them
 */
function show(choices, index) {
  const picked = choices[index];
  const media = picked?.dataset["mdColorMedia"] ?? "";
  const device = choices.find((choice) => choice !== picked && matchMedia(choice.dataset["mdColorMedia"] ?? "").matches);
  const shown = media === "(prefers-color-scheme)" ? device ?? picked : picked;
  /** @type {Record<string, string>} */
  const colours = {};
  for (const name of COLOURS) {
    const value = (name === "media" ? picked : shown)?.getAttribute(`data-md-color-${name}`) ?? "";
    colours[name] = value;
    if (document.body.getAttribute(`data-md-color-${name}`) !== value) document.body.setAttribute(`data-md-color-${name}`, value);
  }
  for (const [place, { nextElementSibling: label }] of choices.entries()) label?.toggleAttribute("hidden", place !== index);
  document.querySelector("meta[name=color-scheme]")?.setAttribute("content", colours["scheme"] === "slate" ? "dark" : "light");
  return colours;
}
