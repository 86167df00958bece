"""The analyser's worker asked from a page by the page's own client, without the page around it."""

import json
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

from tests.support import PROJECT

# The strictest under which WebAssembly runs: no text becomes code.
POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
SETTINGS = {
    "language": "en", "sheet": "", "mapping": {}, "as_of": "", "quota": "", "filters": {}, "currency": "",
    "is_remembered": False,
}  # fmt: skip
_ASK = """async ([question, stopAt]) => {
    const told = [], stop = new AbortController(), began = performance.now();
    let stopped, last = began, silent = 0;
    const hears = () => {
        silent = Math.max(silent, performance.now() - last);
        last = performance.now();
    };
    const options = {
        files: question.ask === "read" ? [...document.querySelector("#under-test").files] : [],
        signal: stop.signal,
        onProgress: ({ stage }) => {
            hears();
            told.push(stage);
            if (stage !== stopAt || stopped) return;
            stopped = performance.now();
            stop.abort();
        },
    };
    try {
        const { written, ...answer } = await analyser.ask(question, options);
        hears();
        return { answer, told, silent, took: performance.now() - began, written: await written?.text() };
    } catch (error) {
        return { failed: error.kind ?? error.name, told, after: performance.now() - stopped };
    }
}"""


class AnalyserClient:
    """A page of the site in which the client stands; `before` is put in front of its first worker's script."""

    def __init__(self, page: Page, site: str, before: str = "") -> None:
        self._page, self._before = page, before
        page.context.route("**/analyser_worker-*.js", self._worker)
        script = f"{site}assets/playbook/under_test.js"
        page.context.route(script, lambda route: route.fulfill(body=_client(), content_type="text/javascript"))
        page.goto(f"{site}404.html")
        page.evaluate(
            """async script => {
                document.body.insertAdjacentHTML("beforeend", "<input type=file multiple id=under-test>");
                const { Analyser } = await import(script);
                window.analyser = new Analyser();
            }""",
            script,
        )

    def choose(self, *paths: Path) -> None:
        """Choose files, as the reader does."""
        self._page.set_input_files("#under-test", paths)

    def ask(self, ask: str, *, stop_at: str = "", **further: Any) -> dict[str, Any]:
        """Ask about the chosen files: `answer`, `took` (ms), the steps `told`, or why it `failed` and how long `after`.

        `silent` is the longest time (ms) in which the worker said nothing: it looks for messages whenever it has said
        something, so none of them waits longer.
        `stop_at` is the step at which the reader cancels.
        """
        asked: dict[str, Any] = self._page.evaluate(_ASK, [SETTINGS | {"ask": ask} | further, stop_at])
        return asked

    def read(self, *paths: Path, stop_at: str = "") -> dict[str, Any]:
        """Choose files and have them read."""
        self.choose(*paths)
        return self.ask("read", stop_at=stop_at)

    def _worker(self, route: Route) -> None:
        response = route.fetch()
        before, self._before = self._before, ""
        headers = {**response.headers, "content-security-policy": POLICY}
        route.fulfill(response=response, body=before + response.text(), headers=headers)


def _client() -> str:
    """Return the client's script, as the site's bundles have it."""
    manifest = json.loads((PROJECT / "build/assets/manifest.json").read_text(encoding="utf-8"))
    command = [str(PROJECT / "node_modules/.bin/esbuild"), "overrides/assets/analyser/connection.js", "--bundle"]
    options = ["--format=esm", "--log-level=error", f'--define:ANALYSER_WORKER="{manifest["analyser_worker.js"]}"']
    return subprocess.run([*command, *options], cwd=PROJECT, check=True, capture_output=True, text=True).stdout
