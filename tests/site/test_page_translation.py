"""Whether a translation is in step with its English original."""

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tools.translation.page_translation import Status, blob_id, translation_of


def page_of(tmp_path: Path, written_in: str, meta: dict[str, Any]) -> Any:
    """Make a page as static-i18n prepares it, with its English original on disk."""
    original = tmp_path / "win-rate.md"
    original.write_text("# Win rate\n", encoding="utf-8")
    english = SimpleNamespace(url="metrics/win-rate/", abs_src_path=str(original))
    return SimpleNamespace(meta=meta, file=SimpleNamespace(locale=written_in, alternates={"en": english}))


def config_of(language: str) -> Any:
    """Make what is used of the configuration."""
    return SimpleNamespace(
        theme={"language": language}, extra={"default_language": "en"}, site_url="https://example.org/playbook/"
    )


def test_blob_id_is_gits(tmp_path: Path) -> None:
    """A translator can find the English text of a recorded id with git."""
    text = "# 수주율\n".encode()
    (tmp_path / "page.md").write_bytes(text)
    command = ["git", "hash-object", "--no-filters", str(tmp_path / "page.md")]
    assert blob_id(text) == subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize(
    ("language", "written_in", "meta", "status"),
    [
        ("en", "en", {}, Status.ORIGINAL),
        ("ko", "en", {}, Status.MISSING),
        ("ko", "ko", {}, Status.IN_STEP),
        ("ko", "ko", {"source_rev": blob_id(b"# Win rate\n")}, Status.IN_STEP),
        ("ko", "ko", {"source_rev": blob_id(b"# Win rates\n")}, Status.STALE),
    ],
)
def test_status(tmp_path: Path, language: str, written_in: str, meta: dict[str, Any], status: Status) -> None:
    """A translation made from another English text than today's is stale; one that records none is trusted."""
    translation = translation_of(cast(Any, page_of(tmp_path, written_in, meta)), config_of(language))
    assert translation.status is status
    assert translation.original_address == "https://example.org/playbook/metrics/win-rate/"
