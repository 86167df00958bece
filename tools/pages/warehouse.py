"""The SQL of a figure on the page about it: one dialect to be read, all of them in a file that a reader may ask for.

A page has the text in a dialect that the tests run, so that it is there without a script. The others stand in one file
for each figure, which overrides/assets/warehouse fetches once another dialect is chosen, and to which a link leads
where no scripts run.

Ibis needs a second for each figure, so its texts are kept in `build/sql` until the code or the pins change. Only what
is not kept needs the extra `warehouse`, which the set-up installs: there is no site without it.
"""

import json
import os
import re
import tempfile
from functools import cache
from hashlib import sha256
from html import unescape
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.utils import get_relative_url

from calculators.core.words.catalogue import catalogue
from calculators.warehouse.refusing import DOMAIN
from calculators.warehouse.sentences import FIGURES
from tools.pages.assets import PUBLISHED
from tools.pages.partials import partial
from tools.texts.playbook_pages import folder_of, url_of

ELEMENT = "playbook-sql"
_EMPTY = re.compile(rf'<{ELEMENT} figure="([^"]*)"></{ELEMENT}>')
_PROJECT = Path(__file__).resolve().parents[2]
_KEPT = _PROJECT / "build" / "sql"
_PAGE = "metrics/in-your-warehouse.md"
# As their makers write them, in the order in which they are offered.
NAMES = {
    "duckdb": "DuckDB",
    "postgres": "PostgreSQL",
    "bigquery": "BigQuery",
    "clickhouse": "ClickHouse",
    "databricks": "Databricks",
    "mssql": "Microsoft SQL Server",
    "snowflake": "Snowflake",
    "trino": "Trino",
}
SHOWN = "duckdb"
# Before each text in the file; overrides/assets/warehouse/element.js finds them by it.
_HEAD = "-- dialect: {dialect} ({standing})"


def fill(html: str, language: str, page_url: str) -> str:
    """Replace each empty element of a page; its links are relative to `page_url`. Raises PluginError."""
    return _EMPTY.sub(lambda match: _element(unescape(match[1]), language, page_url), html)


def _element(figure: str, language: str, page_url: str) -> str:
    own, shared = catalogue(language, DOMAIN), catalogue(language)

    def gettext(message: str) -> str:
        # What it shares with others ("Try again") is translated there.
        text = own.gettext(message)
        return shared.gettext(message) if text == message else text

    run = runs_here()
    return partial("warehouse.html").render(
        _=gettext,
        language=language,
        figure=gettext(FIGURES[figure]),
        text=texts(figure)[SHOWN],
        shown=SHOWN,
        names=NAMES.values(),
        run={dialect: name for dialect, name in NAMES.items() if dialect in run},
        generated={dialect: name for dialect, name in NAMES.items() if dialect not in run},
        file=get_relative_url(address(figure), page_url),
        table=get_relative_url(folder_of(language) + url_of(_PAGE), page_url) + "#table",
    )


def as_markdown(figure: str, language: str, root: str) -> str:
    """Return a link to the file with all dialects; `root` is the address of the site."""
    own = catalogue(language, DOMAIN)
    title = own.gettext("SQL for your warehouse: {figure}").format(figure=own.gettext(FIGURES[figure]))
    return f"[{title}]({root}{address(figure)})"


def content(figure: str) -> str:
    """Return the file of a figure: its SQL in each dialect, each below a comment that says whether it is run."""
    run = runs_here()
    parts = []
    for dialect, text in texts(figure).items():
        standing = "run in the tests" if dialect in run else "generated, not run"
        parts.append(f"{_HEAD.format(dialect=dialect, standing=standing)}\n{text}\n")
    return "\n".join(parts)


def address(figure: str) -> str:
    """Return where the file is published, relative to the site's root: a name that changes with what it says."""
    digest = sha256(content(figure).encode()).hexdigest()[:8].upper()
    return f"{PUBLISHED}/sql_{figure}-{digest}.txt"


def write(site: Path) -> None:
    """Write the files of all figures that a page offers into a built site."""
    for figure in FIGURES:
        (site / address(figure)).write_text(content(figure), encoding="utf-8")


def addresses() -> list[str]:
    """Return where the files of all figures are published."""
    return [address(figure) for figure in FIGURES]


def runs_here() -> frozenset[str]:
    """Return the dialects that the tests run."""
    return frozenset(_kept("dialects")["run"].split())


def texts(figure: str) -> dict[str, str]:
    """Return the SQL of a figure by dialect. Raises PluginError where it is not kept and cannot be written."""
    kept = _kept(figure)
    return {dialect: kept[dialect] for dialect in NAMES}


@cache
def _kept(what: str) -> dict[str, str]:
    file = _KEPT / f"{what}-{_state()}.json"
    try:
        found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        found = _made(what)
        file.parent.mkdir(parents=True, exist_ok=True)
        for old in file.parent.glob(f"{what}-*.json"):
            old.unlink(missing_ok=True)
        # Two builds at a time write the same; nobody reads half of it.
        with tempfile.NamedTemporaryFile("w", dir=file.parent, suffix=".part", delete=False, encoding="utf-8") as part:
            json.dump(found, part)
        os.replace(part.name, file)
    return found


def _made(what: str) -> dict[str, str]:
    try:
        # Here and not above: the libraries behind it take long to import, and what is kept needs none of them.
        from calculators.warehouse import sql
    except ModuleNotFoundError as missing:
        raise PluginError(
            f"{missing.name} is missing: the SQL on the pages is written with the extra “warehouse”, which "
            "`make build/python.stamp` installs"
        ) from None
    if what == "dialects":
        return {"run": " ".join(sql.RUN_HERE)}
    return {dialect: sql.sql_of(what, dialect) for dialect in NAMES}


@cache
def _state() -> str:
    """Return what the SQL depends on, in a few letters: the code that writes it, and the pinned packages."""
    state = sha256((_PROJECT / "requirements.txt").read_bytes())
    for folder in ("warehouse", "analysis", "core/numbers"):
        for path in sorted((_PROJECT / "calculators" / folder).rglob("*.py")):
            state.update(path.relative_to(_PROJECT).as_posix().encode() + path.read_bytes())
    return state.hexdigest()[:12]
