/** The four inputs and the result that all peers have. Same names as our calculator's. */
const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-yardstick]"));
const output = /** @type {HTMLOutputElement} */ (form.querySelector("output"));

/** @returns {number[]} */
export const inputs = () => [...new FormData(form).values()].map(Number);

/** @param {() => void} ask */
export function askAtEachEdit(ask) {
  form.addEventListener("input", ask);
  ask();
}

/** @param {unknown} result */
export function show(result) {
  output.textContent = String(result);
  form.dataset.state = "ready";
}

export function fail() {
  form.dataset.state = "failed";
}

/** The same sum in Python. */
export const COMPUTE = `
def compute(opportunities, average_deal_size, win_rate, cycle_days):
    return opportunities * average_deal_size * win_rate / cycle_days
`;
