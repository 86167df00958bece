/** What an input may mean, one click each: below a refusal, or below how it was read. */

/** @typedef {import("./form_values.js").Value} Value */
/** @typedef {{label: string, value: Value}} Offer something an input may mean, and what stands in the field then */

/** What each group offers, so that the same is not put up again: the reader may be on one of its buttons. @type {WeakMap<Element, string>} */
const offered = new WeakMap();

/**
 * @param {Element} place of the sentence that asks
 * @param {Offer[]} offers none takes them away
 * @param {(value: Value) => void} choose
 */
export function showOffers(place, offers, choose) {
  const shown = place.nextElementSibling?.matches("[data-offers]") ? place.nextElementSibling : null;
  if (!offers.length) return shown?.remove();
  const written = JSON.stringify(offers);
  if (shown && offered.get(shown) === written) return;
  const group = shown ?? document.createElement("div");
  offered.set(group, written);
  group.className = "calculator__offers";
  group.setAttribute("data-offers", "");
  group.setAttribute("role", "group");
  group.setAttribute("aria-labelledby", place.id);
  group.replaceChildren(
    ...offers.map(({ label, value }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "md-button calculator__button";
      button.textContent = label;
      button.addEventListener("click", () => choose(value));
      return button;
    }),
  );
  if (!shown) place.after(group);
}
