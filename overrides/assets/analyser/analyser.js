/** Defines <playbook-analyser>; loaded where one stands (site/analyser.js). */
import { keepSheets } from "../calculator/printing.js";
import { PlaybookAnalyser } from "./element.js";

if (!customElements.get("playbook-analyser")) {
  customElements.define("playbook-analyser", PlaybookAnalyser);
  keepSheets();
}
