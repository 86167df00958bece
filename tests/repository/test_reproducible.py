"""Two builds of the same sources give the same files, and a part has another name only where it is another."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import calculators
from tests.repository.test_repository import tracked_files
from tests.support import PROJECT, BuiltSite

# Another day for Python and for Node, loaded before anything else.
_SHIFTED_PYTHON = """
import datetime, time

_LATER = 400 * 86_400 + 12_345
_now, _now_ns, _local, _utc = time.time, time.time_ns, time.localtime, time.gmtime
time.time = lambda: _now() + _LATER
time.time_ns = lambda: _now_ns() + _LATER * 10**9
time.localtime = lambda seconds=None: _local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _utc(time.time() if seconds is None else seconds)
class datetime_(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls): return cls.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)
datetime.datetime = datetime_
class date_(datetime.date):
    @classmethod
    def today(cls): return cls.fromtimestamp(time.time())
datetime.date = date_
"""
_SHIFTED_NODE = "const now = Date.now; Date.now = () => now() + 400 * 86_400_000 + 12_345;"


class Elsewhere:
    """A copy of the sources on another day, in another zone and language, in a folder of another name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "Another place, ein anderer Ort"
        # In another order than git's, and with other rights and times.
        for file in reversed(tracked_files()):
            copy = self.folder / file.relative_to(PROJECT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
            os.utime(copy, (978_310_923, 978_310_923))
        shutil.copytree(PROJECT / "node_modules", self.folder / "node_modules", copy_function=_link, symlinks=True)
        shutil.copytree(PROJECT / "build" / "wheels", self.folder / "build" / "wheels")
        (folder / "sitecustomize.py").write_text(_SHIFTED_PYTHON, encoding="utf-8")
        (folder / "later.mjs").write_text(_SHIFTED_NODE, encoding="utf-8")
        self._environment = {
            **os.environ,
            "TZ": "Asia/Kathmandu",
            "LANG": "C",
            "LC_ALL": "C",
            "LANGUAGE": "el",
            "PYTHONHASHSEED": "4711",
            "PYTHONPATH": str(folder),
            "NODE_OPTIONS": f"--import={(folder / 'later.mjs').as_uri()}",
            "NO_MKDOCS_2_WARNING": "1",
        }

    def python(self, *arguments: str | Path, **environment: str) -> None:
        """Run a module of the copy, and show what it complains of."""
        self._run(sys.executable, "-m", *arguments, **environment)

    def messages(self) -> None:
        """Compile the messages."""
        self.python("tools.translation.translations", "compile")

    def bundles(self) -> None:
        """Bundle the scripts, with the runtime that is there."""
        self._run(Path(sys.executable).with_name("node"), "tools/bundle.mjs")

    def site(self, directory: str, address: str) -> None:
        """Build the site for an address into a folder of the copy."""
        self.python("mkdocs", "build", "--strict", "--quiet", "--site-dir", directory, SITE_URL=address)

    def _run(self, *command: str | Path, **environment: str) -> None:
        done = subprocess.run(
            command,
            check=False,
            cwd=self.folder,
            env=self._environment | environment,
            umask=0o077,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def replace(self, path: str, before: str, after: str) -> None:
        """Change one place in a file of the copy."""
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1, (path, before)
        file.write_text(text.replace(before, after), encoding="utf-8")


def _link(source: str, copy: str) -> None:
    try:
        os.link(source, copy)
    except OSError:  # another disk
        shutil.copyfile(source, copy)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    """Return a copy of the sources, which is large when something is made of it."""
    copy = Elsewhere(tmp_path)
    yield copy
    shutil.rmtree(copy.folder)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the names of the files that are missing from either or are not the same."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_the_runtime_is_the_same_but_for_what_a_release_changes(elsewhere: Elsewhere) -> None:
    """A release changes a calculator and a word: readers fetch its group and the group's words, and nothing else again.

    Byte for byte, the memory snapshot included, whatever folder, day, zone, language, rights and order of files.
    """
    elsewhere.replace("calculators/__init__.py", f'"{calculators.__version__}"', '"10.11.12"')
    elsewhere.replace("calculators/metrics/win_rate.py", "\nTITLE = ", '\nADDED = "of this release"\nTITLE = ')
    elsewhere.replace(
        "calculators/locale/ko/LC_MESSAGES/calculators.po",
        'msgid "Which share of our closed deals do we win?"\nmsgstr "',
        'msgid "Which share of our closed deals do we win?"\nmsgstr "달라진 ',
    )
    elsewhere.messages()
    elsewhere.python("tools.runtime.bundle", "build/runtime")
    changed = differing(contents(PROJECT / "build" / "runtime"), contents(elsewhere.folder / "build" / "runtime"))
    # The last two are for the plain boot, which few readers come to.
    plain = {"calculators-0-py3-none-any.whl", "pyodide-lock.json"}
    assert set(changed) == {"group-metrics.bin", "words-metrics-ko.bin"} | plain

    elsewhere.bundles()
    before, now = contents(PROJECT / "build" / "assets"), contents(elsewhere.folder / "build" / "assets")
    gone = before.keys() - now.keys()
    named = {name.partition("/")[0] for name in gone}
    for name in gone:
        if name.endswith((".js", ".css")):
            assert any(other.encode() in before[name] for other in named - {name}), f"{name} names nothing that changed"


def test_scripts_and_pages_are_the_same_wherever_and_whenever_they_are_built(
    elsewhere: Elsewhere, first_site: BuiltSite
) -> None:
    """Byte for byte; and the pages of one language that an author waits for are those of the whole build."""
    shutil.copytree(PROJECT / "build" / "runtime", elsewhere.folder / "build" / "runtime")
    shutil.copy(PROJECT / "build" / "pyodide.asm.mjs", elsewhere.folder / "build")
    elsewhere.bundles()
    assert differing(contents(PROJECT / "build" / "assets"), contents(elsewhere.folder / "build" / "assets")) == []
    elsewhere.messages()
    elsewhere.site("site", first_site.address)
    assert differing(contents(first_site.directory), contents(elsewhere.folder / "site")) == []

    # A title stands on other pages, too.
    elsewhere.replace("docs/ko/metrics/win-rate.md", "\ntitle: ", "\ntitle: 달라진 ")
    elsewhere.python("tools.pages.one_language", "ko", "site", SITE_URL=first_site.address)
    elsewhere.site("again", first_site.address)
    pages, again = (contents(elsewhere.folder / site / "ko") for site in ("site", "again"))
    changed = differing(contents(first_site.directory / "ko"), pages)
    assert {"metrics/win-rate/index.html", "metrics/sales-velocity/index.html"} <= set(changed)
    assert [name for name in differing(pages, again) if name.endswith(".html")] == []
