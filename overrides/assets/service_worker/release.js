/** The files of the release that this service worker belongs to, as tools/pages/offline.py lists them. */

/**
 * @typedef {object} Release paths are relative to the site's root, a folder stands for its page
 * @property {string} scripts the name of the pages' main script: it changes when any script does
 * @property {string[]} languages the first one stands at the root
 * @property {[path: string, hash: string, bytes: number][]} files
 * @property {Record<string, number[]>} pages what each needs, itself included, by number
 * @property {Record<string, number[]>} shells what the pages of a language need to be found and searched
 * @property {Record<string, number[]>} extras what besides is taken along with a language
 * @property {Record<string, number[]>} uses what is needed where something is used: "calculators", "analyser-ko"
 */

/** As long as the hashes in the list. */
const HASH_DIGITS = 12;

export const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
export const release = /** @type {{playbookRelease: Release}} */ (/** @type {unknown} */ (self)).playbookRelease;
export const ROOT = new URL(scope.registration.scope);

/** A script or style, of this release or another: its name changes with its content. */
const HASHED = /^assets\/(playbook\/(?!runtime-)|javascripts\/|stylesheets\/).*[-.][0-9A-Za-z]{8}\.(min\.)?(js|css)$/;

const hashes = new Map(release.files.map(([path, hash]) => [path, hash]));

/** @param {string} address @returns {string | undefined} undefined outside the site */
export function pathOf(address) {
  const { origin, pathname } = new URL(address);
  return origin === ROOT.origin && pathname.startsWith(ROOT.pathname) ? pathname.slice(ROOT.pathname.length) : undefined;
}

/** @param {string} path */
export function addressOf(path) {
  return new URL(`./${path}`, ROOT).href;
}

/** @param {string | undefined} path @returns {boolean} false for files of the runtime: its workers find them by themselves */
export function isHashed(path) {
  return path !== undefined && HASHED.test(path);
}

/** @param {string | undefined} path @returns {boolean} whether this release has it */
export function isListed(path) {
  return path !== undefined && hashes.has(path);
}

/** Our bundles; the theme's files are, too, but the build mends one of them. @param {string} path */
export function isNamedByContent(path) {
  return path.startsWith("assets/playbook/");
}

/**
 * Under which address a file is kept. What a reader types may stand behind the `?`, and is not part of it.
 *
 * @param {string | undefined} path
 * @param {Map<string, string>} [of] the hashes of a release
 */
export function keyOf(path = "", of = hashes) {
  const hash = of.get(path);
  return addressOf(path) + (hash && !isNamedByContent(path) ? `?content=${hash}` : "");
}

/**
 * Hosts serve a page with or without the name of its file, and lead to it where the slash is missing.
 *
 * @param {string | undefined} path
 * @returns {string | undefined} the page that is meant, if that is another address of a page
 */
export function pageMeantBy(path = "") {
  return [path.replace(/(^|\/)index\.html$/, "$1"), `${path}/`].find((page) => page !== path && page in release.pages);
}

/** @param {string} language */
export function folderOf(language) {
  return language === release.languages[0] ? "" : `${language}/`;
}

/** @param {string} path @returns {string} the language in whose folder it lies */
export function languageOf(path) {
  const folder = path.split("/")[0] ?? "";
  return (release.languages.includes(folder) ? folder : release.languages[0]) ?? "";
}

/** @param {number[] | undefined} numbers */
export function pathsOf(numbers = []) {
  return numbers.flatMap((number) => release.files[number]?.[0] ?? []);
}

/** @param {string} path of a page @returns {string[]} what it needs, itself and the search included */
export function filesOfPage(path) {
  return [...pathsOf(release.pages[path]), ...pathsOf(release.shells[languageOf(path)])];
}

/** @param {string} language @returns {string[]} everything that its readers may come to */
export function filesOfLanguage(language) {
  const pages = Object.keys(release.pages).filter((path) => languageOf(path) === language);
  const { shells, extras, uses } = release;
  const others = [shells[language], extras[language], uses["calculators"], uses[`analyser-${language}`]];
  return [...new Set([...pages.flatMap(filesOfPage), ...others.flatMap(pathsOf)])];
}

/** @param {string} path @returns {number} its size where the site is built; 0 for a file that is not of this release */
export function bytesOf(path) {
  return release.files.find(([name]) => name === path)?.[2] ?? 0;
}

/** @param {Pick<Release, "files">} of @returns {string[]} the addresses under which its files are kept */
export function keysOf({ files }) {
  const of = new Map(files.map(([path, hash]) => [path, hash]));
  return files.map(([path]) => keyOf(path, of));
}

/**
 * A host may serve pages of another release than this one, from its own cache or because a newer one is there.
 *
 * @param {string} path
 * @param {Response} response
 * @returns {Promise<boolean>} whether that is the file of this release
 */
export async function isOfThisRelease(path, response) {
  const hash = hashes.get(path);
  if (hash === undefined || !response.ok) return false;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("").startsWith(hash) && hash.length === HASH_DIGITS;
}
