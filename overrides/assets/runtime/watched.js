/** A download that is seen to move. */

/**
 * Tells of every part that comes.
 *
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
 * @param {(bytes: number) => void} arrived
 */
export function watched(body, arrived) {
  /** @type {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>} */
  const watching = new TransformStream({
    transform(part, controller) {
      arrived(part.length);
      controller.enqueue(part);
    },
  });
  return body.pipeThrough(watching);
}
