/**
 * Stops the clock and the dice of this Node: imported first by what makes a part of the runtime. Python takes both into
 * its memory, and the machine's time zone and language as well.
 */
import crypto from "node:crypto";

const DAY = Date.UTC(2000, 0, 1);

process.env["TZ"] = "UTC";
globalThis.Date = new Proxy(Date, {
  construct: (date, given, target) => Reflect.construct(date, given.length ? given : [DAY], target),
  apply: () => new Date(DAY).toString(),
  get: (date, name) => (name === "now" ? () => DAY : Reflect.get(date, name)),
});
performance.now = () => 0;
Math.random = () => 0.5;
const unshaken = (/** @type {any} */ bytes) => bytes.fill(0);
globalThis.crypto.getRandomValues = unshaken;
crypto.randomFillSync = unshaken;
