/**
 * Calls back once what there is now has been drawn.
 *
 * @param {() => void} callback
 */
export function afterPaint(callback) {
  // Nothing is drawn of a page in the background.
  if (document.hidden) setTimeout(callback);
  else requestAnimationFrame(() => setTimeout(callback));
}
