/** Under the finger, an amount gets its unit (만, million) by a button: a phone's number pad has no letters. */

/**
 * @param {HTMLFormElement} form
 * @param {AbortSignal} signal
 */
export function offerScales(form, signal) {
  const scales = form.querySelector("[data-part=scales]");
  if (!(scales instanceof HTMLElement) || !matchMedia("(pointer: coarse)").matches) return;
  const units = [...scales.querySelectorAll("[data-scale]")].map((button) => button.textContent ?? "");
  /** @type {HTMLInputElement | null} */
  let amount = null;
  let isPressed = false;

  const move = () => {
    const place = placeOf(amount);
    scales.hidden = !place;
    if (place?.nextElementSibling !== scales) place?.after(scales);
  };
  // What is pressed must not move away before it is clicked: till then the buttons keep their room.
  const settle = () => {
    isPressed = false;
    move();
  };
  form.addEventListener("pointerdown", () => (isPressed = true), { signal });
  for (const event of ["click", "pointercancel", "keydown"]) form.addEventListener(event, settle, { signal });
  form.addEventListener(
    "focusin",
    ({ target }) => {
      if (target instanceof Element && scales.contains(target)) return;
      amount = target instanceof HTMLInputElement && "scaled" in target.dataset ? target : null;
      // To show them where there were none moves only what is below.
      if (!isPressed || scales.hidden) move();
    },
    { signal },
  );
  scales.addEventListener(
    "click",
    ({ target }) => {
      const scale = target instanceof HTMLElement ? target.dataset["scale"] : undefined;
      if (!amount || !scale) return;
      amount.focus();
      const number = withoutUnit(amount.value.trimEnd(), units);
      if (!number) return;
      amount.value = number + scale;
      amount.dispatchEvent(new InputEvent("input", { bubbles: true }));
    },
    { signal },
  );
}

/** @param {Element | null} amount */
function placeOf(amount) {
  return amount?.closest(".calculator__entry, .calculator__cell");
}

/**
 * @param {string} text of an amount
 * @param {string[]} units
 * @returns {string} it without the unit at its end, which another one replaces
 */
function withoutUnit(text, units) {
  const unit = units.find((one) => text.endsWith(one));
  return unit ? text.slice(0, -unit.length).trimEnd() : text;
}
