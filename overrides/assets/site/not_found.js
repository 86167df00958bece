/**
 * On the 404 page of the site's root: shows the 404 page of the language in whose folder the address lies.
 *
 * Loaded in <head> without defer, so that it is done before the theme starts. The page is written into this document
 * instead of going there, because the reader should still see the address that failed.
 */
const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const root = `${script.dataset.siteRoot ?? ""}/`.replace(/\/+$/, "/");
  const language = location.pathname.startsWith(root) ? location.pathname.slice(root.length).split("/")[0] : "";
  if (language && script.dataset.languages?.split(" ").includes(language)) {
    // Hidden meanwhile, so that the wrong language does not flash up.
    document.documentElement.hidden = true;
    fetch(`${root}${language}/404.html`)
      .then((response) => (response.ok ? response.text() : Promise.reject(new Error(response.statusText))))
      .then((page) => {
        document.open();
        document.write(page);
        document.close();
      })
      .catch(() => {
        document.documentElement.hidden = false;
      });
  }
}
