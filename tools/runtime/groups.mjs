/** Which archive of calculators has which of them. */
import { readdir } from "node:fs/promises";
import path from "node:path";

const CALCULATORS = path.resolve(import.meta.dirname, "../../calculators");

/**
 * @param {string} runtime where the archives are
 * @returns {Promise<Record<string, string>>} by calculator, its group
 */
export async function groupsOfCalculators(runtime) {
  /** @type {Record<string, string>} */
  const groups = {};
  for (const archive of await readdir(runtime)) {
    const group = /^group-(\w+)\.bin$/.exec(archive)?.[1];
    if (!group) continue;
    for (const file of await readdir(path.join(CALCULATORS, group))) {
      const { name, ext } = path.parse(file);
      if (ext === ".py" && !name.startsWith("_")) groups[name.replaceAll("_", "-")] = group;
    }
  }
  return groups;
}
