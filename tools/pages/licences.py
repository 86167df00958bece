"""The list of what the site ships that others have written, and the file with the whole texts of their licences."""

import re
from hashlib import sha256
from pathlib import Path

from mkdocs.utils import get_relative_url

from calculators.core.words.catalogue import catalogue
from tools.licences import software
from tools.pages.assets import BUNDLES, PUBLISHED
from tools.pages.partials import partial

_ELEMENT = "playbook-licences"
_EMPTY = re.compile(rf"<{_ELEMENT}></{_ELEMENT}>")


def fill(html: str, language: str, page_url: str) -> str:
    """Replace the empty list of a page; the link to the whole texts is relative to `page_url`."""
    return _EMPTY.sub(lambda _match: _list(language, page_url), html)


def as_markdown(language: str, root: str) -> str:
    """Return the list as a table in Markdown; `root` is the address of the site."""
    _ = catalogue(language).gettext
    rows = [(_("Software"), _("Version"), _("License"), _("What it does here")), ("---",) * 4]
    for entry in software.shipped(BUNDLES):
        version = entry.version or _("as in {name}").replace("{name}", entry.part_of)
        rows.append((f"[{entry.name}]({entry.source})", version, entry.licence, _(entry.does)))
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"[{_('The whole texts of all licenses')}]({root}{address()})\n\n{table}"


def write(site: Path) -> None:
    """Write the whole texts into a built site."""
    (site / address()).write_text(_texts(), encoding="utf-8")


def address() -> str:
    """Return where the whole texts are published, relative to the site's root: a name that changes with them."""
    return f"{PUBLISHED}/licences-{sha256(_texts().encode()).hexdigest()[:8].upper()}.txt"


def _texts() -> str:
    return software.whole_texts(software.shipped(BUNDLES), software.crates())


def _list(language: str, page_url: str) -> str:
    return partial("licences.html").render(
        _=catalogue(language).gettext,
        shipped=software.shipped(BUNDLES),
        crates=software.crates(),
        texts=get_relative_url(address(), page_url),
    )
