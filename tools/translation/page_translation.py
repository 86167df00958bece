"""Whether a page is written in the language it is read in, and in step with its English original.

A translation says in its front matter which English text it was made from: `source_rev: <git blob id>`, as
`git hash-object docs/en/…` prints it. A blob id changes with the text only, and survives squash, rebase and
shallow clones.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page


class Status(StrEnum):
    """How a page stands to its English original."""

    ORIGINAL = "original"
    IN_STEP = "in_step"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Translation:
    """What the templates need to know: see `overrides/main.html`."""

    status: Status
    original_url: str
    """Relative to the site's root."""
    original_address: str
    """In full."""


def blob_id(text: bytes) -> str:
    """Return the id git gives a file with this content."""
    # SHA-1 names the content here, as git does; nothing depends on its being hard to forge.
    return hashlib.sha1(b"blob %d\x00%b" % (len(text), text), usedforsecurity=False).hexdigest()


def status_of(front_matter: Mapping[str, object], original: Path) -> Status:
    """Return whether a translation was made from the English page as it is now."""
    made_from = front_matter.get("source_rev")
    return Status.STALE if made_from and made_from != blob_id(original.read_bytes()) else Status.IN_STEP


def translation_of(page: Page, config: MkDocsConfig) -> Translation:
    """Describe a page as static-i18n prepared it."""
    default = str(config.extra["default_language"])
    # static-i18n adds these to the file: its own language, and its counterparts by language.
    written_in: str = getattr(page.file, "locale", default)
    counterparts = getattr(page.file, "alternates", {})
    original = counterparts.get(default, page.file)
    return Translation(
        status=_status(page, str(config.theme["language"]), written_in, default, original.abs_src_path),
        original_url=original.url,
        original_address=urljoin(str(config.site_url), original.url),
    )


def _status(page: Page, language: str, written_in: str, default: str, original: str | None) -> Status:
    if language == default:
        return Status.ORIGINAL
    if written_in != language:
        return Status.MISSING
    return status_of(page.meta, Path(original)) if original else Status.IN_STEP
