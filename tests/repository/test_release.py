"""What `make release` writes, and what it refuses."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

import calculators
from tests.repository.test_wheel import link_package, run
from tests.support import PROJECT
from tools import release
from tools.release import NOTES, OF_SITE, SUMS, ReleaseError, check, newest_entry

CHANGELOG = "# Changelog\n\n## 2.1.0 (2030-01-02)\n\n- *Technical*: new.\n\n## 2.0.0 (2029-01-02)\n\n- Old.\n"


def git(folder: Path, *arguments: str) -> None:
    """Run git, whoever runs the tests."""
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a repository that is ready for its release 2.1.0."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "All")
    return folder


def test_a_folder_that_is_ready_gives_the_entry_of_its_version(project: Path) -> None:
    """And nothing of the entries before."""
    assert check("2.1.0", project, "2.1.0") == "- *Technical*: new."


@pytest.mark.parametrize(
    ("version", "of_calculators", "said"),
    [
        ("2.2.0", "2.1.0", r"release of 2\.2\.0, and calculators/__init__\.py says 2\.1\.0"),
        ("2.2.0", "2.2.0", r"release of 2\.2\.0, and CHANGELOG\.md says 2\.1\.0"),
        ("2.1.0", "2.0.0", r"and calculators/__init__\.py says 2\.0\.0"),
        ("", "2.1.0", "release of no version"),
    ],
)
def test_versions_that_disagree_are_refused(project: Path, version: str, of_calculators: str, said: str) -> None:
    """The sentence names the place."""
    with pytest.raises(ReleaseError, match=said):
        check(version, project, of_calculators)


@pytest.mark.parametrize("name", ["CHANGELOG.md", "new.txt"])
def test_changes_that_are_not_committed_are_refused(project: Path, name: str) -> None:
    """A file that git does not know yet is one, too."""
    (project / name).write_text(f"{CHANGELOG}\n", encoding="utf-8")
    with pytest.raises(ReleaseError, match=f"not committed:\n.*{name}"):
        check("2.1.0", project, "2.1.0")


@pytest.mark.parametrize(
    "changelog", ["# Changelog\n", CHANGELOG.replace(" (2030-01-02)", ""), "# Changelog\n\n## Next\n\n" + CHANGELOG]
)
def test_a_changelog_without_a_version_on_top_is_refused(changelog: str) -> None:
    """What is not released yet would be told as part of this release, or not at all."""
    with pytest.raises(ReleaseError, match="newest entry"):
        newest_entry(changelog)


def test_a_release_can_be_checked_and_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checksums fit; the wheel runs in an empty environment that has Babel only; the notes are the changelog's."""
    version = calculators.__version__
    entry = newest_entry((PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"))[1]
    monkeypatch.setattr(release, "check", lambda _version: entry)  # whatever is being worked on here
    site = tmp_path / "site"
    (site / "ko").mkdir(parents=True)
    for name in ("index.html", "ko/index.html"):
        (site / name).write_text(name, encoding="utf-8")
    (tmp_path / "releases" / version).mkdir(parents=True)
    (tmp_path / "releases" / version / "of-an-earlier-attempt").touch()

    written = release.write(version, site, tmp_path / "releases")
    (wheel,) = written.glob("*.whl")
    assert {file.name for file in written.iterdir()} == {NOTES, OF_SITE, SUMS, wheel.name}
    subprocess.run(["sha256sum", "--check", "--strict", SUMS], cwd=written, check=True, capture_output=True)
    subprocess.run(["sha256sum", "--check", "--strict", written / OF_SITE], cwd=site, check=True, capture_output=True)
    assert len((written / OF_SITE).read_text(encoding="utf-8").splitlines()) == 2
    notes = (written / NOTES).read_text(encoding="utf-8")
    assert notes.startswith(f"# {version}\n\n{entry}\n")
    assert f"pip install {wheel.name}" in notes

    environment = tmp_path / "environment"
    venv.create(environment, symlinks=True)
    python = environment / "bin" / "python"
    options = ["--no-deps", "--no-index", "--disable-pip-version-check", "--quiet"]
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", *options, wheel], check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    link_package("babel", packages)
    done = run(python, tmp_path, "run", "win-rate", "won=12", "lost=20", "--json")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_site_that_is_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checksums of nothing would fit anything."""
    monkeypatch.setattr(release, "check", lambda _version: "- New.")
    with pytest.raises(ReleaseError, match="no site"):
        release.write("2.1.0", tmp_path / "site", tmp_path)
