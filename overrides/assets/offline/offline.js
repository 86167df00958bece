/** Defines <playbook-offline>; loaded where one stands (site/parts.js). */
import { PlaybookOffline } from "./element.js";

if (!customElements.get("playbook-offline")) customElements.define("playbook-offline", PlaybookOffline);
