/** Compares as the answer key's element does: node differences.mjs < [example, printed] a line > differences a line. */
import { text } from "node:stream/consumers";
import { differences } from "../../overrides/assets/answer_key/comparing.js";

const lines = (await text(process.stdin)).split("\n").filter(Boolean);
const found = lines.map((line) => {
  const [example, printed] = JSON.parse(line);
  return JSON.stringify(differences(example, printed));
});
process.stdout.write(`${found.join("\n")}\n`);
