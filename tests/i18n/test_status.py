"""`make translations` says what is translated, stale or missing."""

from pathlib import Path

import pytest

from tools.translation import translations
from tools.translation.page_translation import Status, blob_id


def test_each_page_is_counted_once(tmp_path: Path) -> None:
    """In step, behind its English page, or not there, by section."""
    pages = ["index.md", "metrics/one.md", "metrics/two.md", "team/three.md"]
    for page in pages:
        path = tmp_path / "en" / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: {page}\n---\n", encoding="utf-8")
    revision = blob_id((tmp_path / "en/metrics/one.md").read_bytes())
    (tmp_path / "ko/metrics").mkdir(parents=True)
    (tmp_path / "ko/metrics/one.md").write_text(f"---\nsource_rev: {revision}\n---\n", encoding="utf-8")
    (tmp_path / "ko/metrics/two.md").write_text(f"---\nsource_rev: {revision}\n---\n", encoding="utf-8")

    assert translations.page_counts(tmp_path, "ko") == {
        "": {Status.MISSING: 1},
        "metrics": {Status.IN_STEP: 1, Status.STALE: 1},
        "team": {Status.MISSING: 1},
    }


def test_the_table_has_a_line_for_each_section_and_the_messages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Damaged messages count as stale."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en/index.md").write_text("# Home\n", encoding="utf-8")
    states = {"analysis": [("ko", "translated", "a")], "warehouse": [("ko", "translated", "a")]}
    states["calculators"] = [
        ("ko", "translated", "a"),
        ("ko", "fuzzy", "b"),
        ("ko", "other placeholders", "c"),
        ("el", "missing", "a"),
    ]
    monkeypatch.setattr(translations, "_message_states", lambda domain: iter(states[domain]))

    rows = [line.split() for line in translations.status_table(tmp_path)]

    assert rows[0] == ["language", "section", "translated", "stale", "missing"]
    assert ["ko", "home", "0", "0", "1"] in rows
    assert ["ko", "(calculators)", "1", "2", "0"] in rows
    assert ["ko", "(analysis)", "1", "0", "0"] in rows
    assert ["el", "(calculators)", "0", "0", "1"] in rows
