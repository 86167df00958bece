/** Files that Python made, saved by the browser. */

/**
 * @param {{text?: string, base64?: string}} answer
 * @param {string} type
 * @returns {Blob | null} null where the answer holds no file
 */
export function blobOf({ text, base64 }, type) {
  if (text !== undefined) return new Blob([text], { type });
  if (base64 === undefined) return null;
  return new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type });
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
export function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
