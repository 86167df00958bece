/** What is known of the reader's line, for whatever would be fetched before anyone asks. Not every browser says. */

const SLOW_LINES = ["slow-2g", "2g", "3g"];
/** In megabits a second: Python's parts would take more than half a minute. Chromium says 1.4 to 1.8 where it does not know. */
const SLOW_BELOW = 1.3;

/** @typedef {{saveData?: boolean, effectiveType?: string, downlink?: number}} Line */

/** @returns {boolean} whether the reader, or the device, has asked to save data */
export function savesData() {
  return Boolean(line().saveData) || matchMedia("(prefers-reduced-data: reduce)").matches;
}

/** @returns {boolean} whether the line, or the reader, has better uses for what nobody asked for */
export function isSparing() {
  const { effectiveType = "", downlink = Infinity } = line();
  return savesData() || SLOW_LINES.includes(effectiveType) || downlink < SLOW_BELOW;
}

/** @returns {Line} */
function line() {
  return /** @type {{connection?: Line}} */ (navigator).connection ?? {};
}
