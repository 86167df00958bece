/**
 * Asks the search as the worker does, without a browser: node search_answers.mjs INDEX.json < queries > answers
 *
 * A JSON list of queries in; out, by query, the pages found, best first, and whether the search says it has nothing.
 */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { createSearch } from "../../overrides/assets/search/index.js";

const search = createSearch(JSON.parse(await readFile(process.argv[2] ?? "", "utf8")));
/** @type {Record<string, { pages: (string | undefined)[], isNothing: boolean }>} */
const answers = {};
for (const query of JSON.parse(await text(process.stdin))) {
  const { items, isNothing } = search(query);
  answers[query] = { pages: items.map((sections) => sections[0]?.location.split("#")[0]), isNothing };
}
// Not console.log: the process must not end before everything is written.
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
