/**
 * What the reader sets for all figures at once: filters, day, quota, currency. Filters, day and currency stand in the
 * address, filters as numbers of the choice: names of the file never go there. They stand behind the ?, because the theme
 * writes the heading that is being read behind the #.
 */
import { fillSelect, filled, part, place, refill } from "./templates.js";

/** @typedef {Record<string, any>} Answer */
/** @typedef {{filters: Record<string, string>, as_of: string, quota: string, currency: string}} Settings */

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^\d{1,9}$/;
const NAME = /^[a-z_]{1,40}$/;
const CURRENCY = /^[A-Z]{3}$/;

/** @returns {Settings} what the address says, and nothing else that may stand there */
export function settingsOfAddress() {
  /** @type {Settings} */
  const settings = { filters: {}, as_of: "", quota: "", currency: "" };
  // Links from before have them behind the #.
  const written = location.search || (location.hash.includes("=") ? location.hash : "");
  for (const [name, value] of new URLSearchParams(written.slice(1))) {
    if (name === "as_of" && DAY.test(value)) settings.as_of = value;
    else if (name === "currency" && CURRENCY.test(value)) settings.currency = value;
    else if (NAME.test(name) && NUMBER.test(value)) settings.filters[name] = value;
  }
  return settings;
}

/** @param {Settings} settings */
export function writeAddress({ filters, as_of: asOf, currency }) {
  const entries = Object.entries({ ...filters, as_of: asOf, currency }).filter(([, value]) => value);
  const address = new URL(location.href);
  address.search = new URLSearchParams(entries.sort(([one], [other]) => one.localeCompare(other))).toString();
  if (address.hash.includes("=")) address.hash = "";
  if (address.href === location.href) return;
  // No step of its own in the history: "back" leaves the page, as it did before.
  history.replaceState(history.state, "", address);
}

/** @param {HTMLElement} analyser @param {Settings} settings @param {Answer} answer */
export function showSettings(analyser, settings, answer) {
  const filters = answer["filters"].map((/** @type {Answer} */ filter) => {
    const field = filled(analyser, "filter", filter);
    const select = /** @type {HTMLSelectElement} */ (field.querySelector("select"));
    fillSelect(select, filter["options"], filter["chosen"]);
    select.dataset["filter"] = filter["name"];
    select.dataset["key"] = `filter:${filter["name"]}`;
    return field;
  });
  refill(place(analyser, "filters"), filters);
  place(analyser, "chosen").textContent = answer["chosen"];
  place(analyser, "filtered").hidden = !answer["chosen"];
  place(analyser, "quota-period").textContent = answer["quota"].period;
  place(analyser, "quota-answer").textContent = answer["quota"].answer;
  for (const [name, value] of Object.entries({ as_of: answer["as_of"].date, quota: settings.quota, currency: answer["currency"] })) {
    const control = controlOf(analyser, name);
    // What was refused stays as it was typed, beside the reason.
    if (control && control !== document.activeElement && !control.hasAttribute("aria-invalid")) control.value = value;
  }
}

/** @param {HTMLElement} analyser @param {string} name */
function controlOf(analyser, name) {
  return /** @type {HTMLInputElement | HTMLSelectElement | null} */ (analyser.querySelector(`[data-setting=${name}]`));
}

/** @param {Settings} settings @returns {Settings} */
export function withoutFilters(settings) {
  return { ...settings, filters: {} };
}

/**
 * @param {HTMLElement} analyser
 * @param {string} text why the quota cannot be read, "" where it can
 */
export function refuseQuota(analyser, text) {
  const input = controlOf(analyser, "quota");
  const error = analyser.querySelector("[data-error=quota]");
  if (!input || !(error instanceof HTMLElement)) return;
  error.textContent = text;
  error.hidden = !text;
  if (!text) return input.removeAttribute("aria-invalid");
  input.setAttribute("aria-invalid", "true");
  part(analyser, "settings", HTMLDetailsElement).open = true;
}

/**
 * @param {Settings} settings
 * @param {HTMLInputElement | HTMLSelectElement} control that was changed
 * @returns {Settings | null} null for a control of something else
 */
export function withSetting(settings, control) {
  const { filter, setting } = control.dataset;
  if (filter) return { ...settings, filters: { ...settings.filters, [filter]: control.value } };
  if (!setting) return null;
  return { ...settings, [setting]: control.value.trim() };
}
