"""Files of the release before are published once more, for the pages that are still open."""

from pathlib import Path

from tests.support import PROJECT
from tools.kept_release import carry_over, files_of
from tools.pages.assets import PUBLISHED


def release(folder: Path, *names: str) -> Path:
    """Return a site with these hashed files."""
    for name in names:
        file = folder / PUBLISHED / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{folder.name}: {name}", encoding="utf-8")
    return folder


def published(site: Path) -> set[str]:
    """Return the names of the files that readers find."""
    return {file.as_posix() for file in files_of(site / PUBLISHED)}


def test_an_open_page_finds_the_files_of_its_release_until_the_next_but_one(tmp_path: Path) -> None:
    """The first release has none before it; each further one has that before it, and none before that."""
    kept = tmp_path / "kept"
    first = release(tmp_path / "1", "site-1.js", "same.bin", "runtime-1/lock.json")
    assert carry_over(first, kept) == set()

    second = release(tmp_path / "2", "site-2.js", "same.bin")
    carry_over(second, kept)
    assert published(second) == {"site-2.js", "same.bin", "site-1.js", "runtime-1/lock.json"}
    assert (second / PUBLISHED / "same.bin").read_text(encoding="utf-8") == "2: same.bin"

    third = release(tmp_path / "3", "site-3.js", "same.bin")
    carry_over(third, kept)
    assert published(third) == {"site-3.js", "same.bin", "site-2.js"}


def test_a_release_that_changes_pages_only_leaves_the_one_before_in_place(tmp_path: Path) -> None:
    """Otherwise the correction of a typo, minutes later, would take away what the release before still offers."""
    kept = tmp_path / "kept"
    carry_over(release(tmp_path / "1", "site-1.js"), kept)
    carry_over(release(tmp_path / "2", "site-2.js"), kept)
    corrected = release(tmp_path / "2-again", "site-2.js")
    carry_over(corrected, kept)
    assert published(corrected) == {"site-2.js", "site-1.js"}


def test_the_workflow_carries_over_before_it_publishes() -> None:
    """What the release before has kept is fetched, used, kept anew and only then published, in this order."""
    workflow = (PROJECT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
    steps = ("make site", "gh run download", "tools.kept_release site", "upload-artifact@", "upload-pages-artifact@")
    places = [workflow.index(step) for step in steps]
    assert places == sorted(places)
