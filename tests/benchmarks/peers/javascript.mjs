/** The limit: no Python at all. */
import { askAtEachEdit, inputs, show } from "./form.mjs";

askAtEachEdit(() => {
  const [opportunities = 0, averageDealSize = 0, winRate = 0, cycleDays = 1] = inputs();
  show((opportunities * averageDealSize * winRate) / cycleDays);
});
