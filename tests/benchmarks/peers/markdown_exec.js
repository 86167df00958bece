/**
 * In the place of what the fence fetches from other hosts beside Pyodide: its editor (Ace), its colours (highlight.js) and
 * the package micropip. So it is measured without them, quicker than it is. Then presses "Run" as soon as it does something.
 */
window.ace = { edit: (id) => ({ setTheme() {}, setOption() {}, resize() {}, session: { setMode() {} }, getValue: () => document.getElementById(id).textContent }) };
window.hljs = { highlightElement() {} };
const load = window.loadPyodide;
window.loadPyodide = async () => Object.assign(await load(), { loadPackage: async () => {} });

document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector(".pyodide");
  const [run, output] = ["run", "output"].map((name) => place.querySelector(`[id$=${name}]`));
  place.dataset.yardstick = "";
  place.dataset.state = "starting";
  new MutationObserver(() => {
    if (parseFloat(output.textContent)) place.dataset.state = "ready";
  }).observe(output, { childList: true });
  const waiting = setInterval(() => {
    if (!run.onclick) return;
    clearInterval(waiting);
    run.click();
  }, 1);
});
