"""The weekly comparison with other generators: what it compares, and that a difference ends it."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.support import PROJECT
from tools import other_generators
from tools.other_generators import addresses, differences, for_zensical

SET_UP = PROJECT / "tools" / "set_up"


def site_with(folder: Path, *pages: str) -> Path:
    """Write a site with some pages."""
    for page in pages:
        (folder / page).mkdir(parents=True, exist_ok=True)
        (folder / page / "index.html").write_text("", encoding="utf-8")
    return folder


def failing(_folder: Path) -> Path:
    """Build nothing."""
    raise subprocess.CalledProcessError(1, ["zensical"])


def test_the_same_addresses_are_no_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pages for frames on other sites are ours alone."""
    ours = site_with(tmp_path, ".", "ko", "ko/metrics/win-rate", "ko/embed/win-rate")
    ways = {"Another": lambda folder: site_with(folder / "site", ".", "ko", "ko/metrics/win-rate")}

    assert addresses(ours) == {".", "ko", "ko/metrics/win-rate"}
    assert other_generators.main([str(ours)], ways) == 0
    assert capsys.readouterr().out == "Another: the same 3 addresses.\n"


def test_a_lost_address_ends_the_job_and_so_does_a_build_that_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each way is tried, whatever became of the one before."""
    ours = site_with(tmp_path, ".", "ko")
    ways = {"Failing": failing, "Another": lambda folder: site_with(folder / "site", ".", "ja")}

    assert other_generators.main([str(ours)], ways) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Failing: does not build the pages: ")
    assert second == "Another: lacks 1 of the addresses: ko; has besides 1 of the addresses: ja."
    assert differences({"a"}, {"a"}) == []


def test_without_a_site_there_is_nothing_to_compare(tmp_path: Path) -> None:
    """Nothing equal to nothing would be no news."""
    assert other_generators.main([str(tmp_path)]) == 2


def test_zensical_is_given_what_it_takes() -> None:
    """All of mkdocs.yml but hooks and templates: they are MkDocs' own."""
    before = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    after = for_zensical(before)

    left_out = [line.strip().partition(":")[0] for line in before.splitlines() if line not in after.splitlines()]
    assert left_out == ["custom_dir", "static_templates", "hooks"]


@pytest.mark.parametrize("name", ["forks", "zensical"])
def test_what_it_installs_is_what_the_site_is_built_with(name: str) -> None:
    """The same versions of what our hooks and fences need, with hashes."""
    wanted = re.findall(r"^([\w-]+)==(\S+)$", (SET_UP / f"generators_{name}.in").read_text("utf-8"), re.MULTILINE)
    locked = dict(re.findall(r"^([\w-]+)==(\S+)", (SET_UP / f"generators_{name}.txt").read_text("utf-8"), re.MULTILINE))
    ours = dict(re.findall(r"^([\w-]+)==(\S+)", (PROJECT / "requirements.txt").read_text("utf-8"), re.MULTILINE))

    assert len(wanted) > 6
    for package, version in wanted:
        assert locked[package] == version
        assert ours.get(package, version) == version, package
    assert (SET_UP / f"generators_{name}.txt").read_text("utf-8").count("--hash=sha256:") > len(locked)
