/** Defines <playbook-sql>; loaded once one is opened (site/parts.js). */
import { PlaybookSql } from "./element.js";

if (!customElements.get("playbook-sql")) customElements.define("playbook-sql", PlaybookSql);
