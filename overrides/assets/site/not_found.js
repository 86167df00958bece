/**
 * On the error pages, which are shown at any address and so have no relative ones of their own.
 *
 * A host shows the 404 page of the site's root, whatever language the missing address was in: here the one of that language
 * is shown in its place. Where the site was put into another folder than it was built for, nothing that the page names would
 * be found: here that folder is looked for, and the page is shown with its addresses.
 *
 * It stands in <head>, in the page itself, so that it is there in any folder, and is done before the theme starts. The page
 * is written into this document instead of going there, because the reader should still see the address that failed.
 */
const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const { siteRoot = "", folder = "", languages = "", page = "", probe = "" } = script.dataset;
  const built = `${siteRoot}/`.replace(/\/+$/, "/");

  /** @param {string} root @returns {string} the folder of the language in which the address lies, or that of this page */
  const folderAt = (root) => {
    const first = location.pathname.slice(root.length).split("/")[0] ?? "";
    return first && languages.split(" ").includes(first) ? `${first}/` : folder;
  };

  /** Each folder that the address lies in may be the site's: the one that has its styles is. @returns {Promise<string>} */
  const findRoot = async () => {
    const names = location.pathname.split("/").slice(1, -1);
    for (let depth = 0; depth <= names.length; depth++) {
      const root = ["", ...names.slice(0, depth), ""].join("/");
      const { ok } = await fetch(root + probe, { method: "HEAD" });
      if (ok) return root;
    }
    throw new Error("the site is not around this address");
  };

  const show = async () => {
    // A site that was built for the root of a host may be in any folder.
    const root = built !== "/" && location.pathname.startsWith(built) ? built : await findRoot();
    if (root === built && folderAt(root) === folder) return reveal();
    const response = await fetch(root + folderAt(root) + page);
    if (!response.ok) return reveal();
    const text = await response.text();
    document.open();
    // In attributes and in the theme's settings; what runs keeps its hash.
    document.write(text.replaceAll(`="${built}`, `="${root}`).replaceAll(`: "${built}`, `: "${root}`));
    document.close();
  };

  const reveal = () => {
    document.documentElement.hidden = false;
  };

  // Hidden meanwhile, so that the wrong page does not flash up.
  document.documentElement.hidden = true;
  show().catch(reveal);
}
