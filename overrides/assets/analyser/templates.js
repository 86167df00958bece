/** The templates of the analyser (partials/analyser_templates.html): texts from Python, put in their places. */

/** @typedef {Record<string, unknown>} Texts */

/**
 * @param {ParentNode} root
 * @param {string} name
 * @param {Texts} texts by the names of the places; a place without a text is hidden
 * @returns {HTMLElement}
 */
export function filled(root, name, texts) {
  const template = root.querySelector(`template[data-template="${name}"]`);
  const copy = template instanceof HTMLTemplateElement ? template.content.firstElementChild?.cloneNode(true) : null;
  if (!(copy instanceof HTMLElement)) throw new Error(`the page has no template ${name}`);
  for (const place of [copy, ...copy.querySelectorAll("[data-text]")]) {
    if (!(place instanceof HTMLElement) || !place.dataset["text"]) continue;
    const text = String(texts[place.dataset["text"]] ?? "");
    place.textContent = text && (place.dataset["said"] ?? "{text}").replace("{text}", () => text);
    if (!text) place.hidden = true;
  }
  return copy;
}

/**
 * @template {typeof HTMLElement} Kind
 * @param {ParentNode} root
 * @param {string} name
 * @param {Kind} kind
 * @returns {InstanceType<Kind>}
 */
export function part(root, name, kind) {
  const found = root.querySelector(`[data-part="${name}"]`);
  if (!(found instanceof kind)) throw new Error(`the analyser has no part ${name}`);
  return /** @type {InstanceType<Kind>} */ (found);
}

/** @param {ParentNode} root @param {string} name @returns {HTMLElement} */
export function place(root, name) {
  return part(root, name, HTMLElement);
}

/** @param {ParentNode} root @param {string} name @returns {HTMLElement} where a template takes a list */
export function listIn(root, name) {
  const found = root.querySelector(`[data-list="${name}"]`);
  if (!(found instanceof HTMLElement)) throw new Error(`the template has no list ${name}`);
  return found;
}

/**
 * @param {HTMLSelectElement} select
 * @param {Array<{value: string, text: string}>} options
 * @param {string} chosen
 */
export function fillSelect(select, options, chosen) {
  select.replaceChildren(...options.map(({ value, text }) => new Option(text, value)));
  select.value = chosen;
}

/**
 * Fills a place anew, and leaves open what was, and the focus where it was: on the control of the same `data-key`.
 *
 * @param {HTMLElement} parent
 * @param {Node[]} content
 */
export function refill(parent, content) {
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement && parent.contains(focused) ? focused.dataset["key"] : undefined;
  const open = new Map(folding(parent).map((details) => [details.dataset["key"], details.open]));
  parent.replaceChildren(...content);
  for (const details of folding(parent)) details.open = open.get(details.dataset["key"]) ?? details.open;
  if (key === undefined) return;
  const again = [...parent.querySelectorAll("[data-key]")].find((control) => /** @type {HTMLElement} */ (control).dataset["key"] === key);
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

/** @returns {Promise<void>} once what the reader does meanwhile has had its turn: no task of ours is long */
export function breathe() {
  return new Promise((resolve) => setTimeout(resolve));
}

/** @param {HTMLElement} parent @returns {HTMLDetailsElement[]} */
function folding(parent) {
  return /** @type {HTMLDetailsElement[]} */ ([...parent.querySelectorAll("details[data-key]")]);
}
