/** The least a page can do: send the four inputs to the worker, show what comes back. Same names as our calculator's. */
const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-yardstick]"));
const output = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
const worker = new Worker(new URL("worker.mjs", import.meta.url), { type: "module" });

const ask = () => worker.postMessage([...new FormData(form).values()].map(Number));

worker.addEventListener("message", ({ data: result }) => {
  output.textContent = String(result);
  output.dataset.value = String(result);
  form.dataset.state = "ready";
});
worker.addEventListener("error", () => (form.dataset.state = "failed"));
form.addEventListener("input", ask);
ask();
