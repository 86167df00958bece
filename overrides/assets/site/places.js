/** Moves the focus where the page begins to be read: to what its address points at, or to its title. */
export function focusPlace() {
  const target = pointedAt() ?? document.querySelector("h1");
  if (!target) return;
  if (target.tabIndex < 0) target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: true });
}

function pointedAt() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // anything can stand in an address
  }
}
