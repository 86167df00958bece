/**
 * Says whether the language menu is open, and opens and closes it by keyboard and touch. Without scripts it opens when
 * it is hovered or has the focus, as the theme does it.
 */

/** Starts it; called once per full page load. */
export function openLanguageMenu() {
  const menu = document.querySelector(".md-select");
  const button = menu?.querySelector("button");
  if (!(menu instanceof HTMLElement) || !button) return;
  const isOpen = () => button.getAttribute("aria-expanded") === "true";
  /** @param {boolean} open */
  const set = (open) => button.setAttribute("aria-expanded", String(open));
  set(false);

  button.addEventListener("click", (event) => {
    // A mouse has opened it by coming here.
    const byMouse = event instanceof PointerEvent && event.pointerType === "mouse";
    set(byMouse || !isOpen());
  });
  menu.addEventListener("pointerenter", ({ pointerType }) => {
    if (pointerType === "mouse") set(true);
  });
  menu.addEventListener("pointerleave", ({ pointerType }) => {
    if (pointerType === "mouse") set(false);
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) set(false);
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) set(false);
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !isOpen()) return;
    if (menu.contains(document.activeElement)) button.focus();
    set(false);
  });
}
