/**
 * The theme searches when a key is released. Pasting, dictating and some input methods for Korean and Japanese change
 * the text without that, so each change is passed on as a released key. The search's worker is told when the box is
 * opened, to have its index ready for the first key.
 */
import { searchInput } from "./theme.js";

/** Starts it; called once per full page load. */
export function searchOnEveryInput() {
  const input = searchInput();
  input?.addEventListener("input", () => input.dispatchEvent(new Event("keyup")));
  // The theme keeps its worker to itself.
  input?.addEventListener("focus", () => {
    const channel = new BroadcastChannel("search");
    channel.postMessage("opened");
    channel.close();
  });
}
