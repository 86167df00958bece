import { onEachPage } from "./theme.js";

/** Lets the keyboard reach tables that are wider than the screen, so that arrow keys scroll them. */
export function keepWideTablesReachable() {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  onEachPage(() => {
    observer.disconnect();
    for (const frame of document.querySelectorAll(".table-frame")) observer.observe(frame);
  });
}
