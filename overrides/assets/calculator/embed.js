/**
 * A calculator alone in a frame on another site: takes the reader's light or dark, and tells its height to the page
 * around it, which sizes the frame (the snippet in calculator_tools.html). Nothing else crosses.
 */
import { defineCalculator } from "./element.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const followScheme = () => (document.body.dataset["mdColorScheme"] = dark.matches ? "slate" : "default");
followScheme();
dark.addEventListener("change", followScheme);

// It may come twice: site/without_scripts.js.
if (!customElements.get("playbook-calculator")) defineCalculator();

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
new ResizeObserver(() => {
  // Any site may hold the frame, and a height is no secret.
  parent.postMessage({ playbookHeight: Math.ceil(main.getBoundingClientRect().height) + 2 }, "*");
}).observe(main);
