"""Write what a release publishes: `python -m tools.release check VERSION`, `… write VERSION SITE FOLDER`.

check  refuse a folder with changes that are not committed, and a version other than that of the calculators or of the
       newest entry of the changelog; `write` does so, too
write  write into FOLDER/VERSION the wheel, `site.sha256` with the checksum of every file of a built site, the notes of
       the release, and `SHA256SUMS` of these three; `sha256sum --check` reads both
"""

import argparse
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import calculators

PROJECT = Path(__file__).resolve().parents[1]
NOTES = "RELEASE_NOTES.md"
OF_SITE = "site.sha256"
SUMS = "SHA256SUMS"
_ENTRY = re.compile(r"^## (?P<version>\S+) \(\d{4}-\d\d-\d\d\)\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


class ReleaseError(RuntimeError):
    """A release that would not be what it says."""


def newest_entry(changelog: str) -> tuple[str, str]:
    """Return version and text of the newest entry; raises ReleaseError when it has no version and day."""
    newest = _ENTRY.search(changelog)
    if newest is None or newest.start() != changelog.find("\n## ") + 1:
        raise ReleaseError('the newest entry of the changelog is not "## VERSION (YYYY-MM-DD)"')
    return newest["version"], newest["text"].strip()


def check(version: str, project: Path = PROJECT, calculators_version: str = calculators.__version__) -> str:
    """Return the changelog's entry of a version; raises ReleaseError when the folder is not ready to be released so."""
    command = ["git", "status", "--porcelain"]
    changed = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True).stdout.splitlines()
    if changed:
        raise ReleaseError("there are changes that are not committed:\n" + "\n".join(changed))
    in_changelog, entry = newest_entry((project / "CHANGELOG.md").read_text(encoding="utf-8"))
    for place, found in (("calculators/__init__.py", calculators_version), ("CHANGELOG.md", in_changelog)):
        if found != version:
            raise ReleaseError(f"this would be the release of {version or 'no version'}, and {place} says {found}")
    if not entry:
        raise ReleaseError(f"the changelog says nothing of {version}")
    return entry


def checksums(folder: Path, files: list[Path]) -> str:
    """Return the checksums of files as `sha256sum` writes them, with names relative to a folder."""
    lines = (f"{sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder).as_posix()}\n" for file in files)
    return "".join(lines)


def build_wheel(output: Path, project: Path = PROJECT) -> Path:
    """Build the calculators' wheel with what is installed here; raises CalledProcessError when that fails."""
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check", "--quiet"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", output, project], check=True)
    (wheel,) = output.glob("*.whl")
    return wheel


def write(version: str, site: Path, folder: Path) -> Path:
    """Write a release and return its folder, in the place of an earlier attempt; raises ReleaseError."""
    entry = check(version)
    files = sorted(file for file in site.rglob("*") if file.is_file())
    if not files:
        raise ReleaseError(f"there is no site in {site}")
    release = folder / version
    shutil.rmtree(release, ignore_errors=True)
    release.mkdir(parents=True)
    wheel = build_wheel(release)
    (release / OF_SITE).write_text(checksums(site, files), encoding="utf-8")
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=PROJECT, capture_output=True, text=True, check=True)
    (release / NOTES).write_text(
        f"# {version}\n\n{entry}\n\n## Files\n\n"
        f"- `{wheel.name}`: the calculators for the command line, `pip install {wheel.name}` (Python 3.12 or newer).\n"
        f"- `{OF_SITE}`: checksums of the {len(files)} files of the site; in a copy of it, `sha256sum --check`.\n"
        f"- `{SUMS}`: checksums of these files.\n\n"
        f"Built from commit {commit.stdout.strip()}.\n",
        encoding="utf-8",
    )
    own = sorted(file for file in release.iterdir() if file.is_file())
    (release / SUMS).write_text(checksums(release, own), encoding="utf-8")
    return release


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check").add_argument("version")
    writing = commands.add_parser("write")
    writing.add_argument("version")
    writing.add_argument("site", type=Path)
    writing.add_argument("folder", type=Path)
    options = parser.parse_args()
    try:
        if options.command == "check":
            check(options.version)
        else:
            print(f"The release is in {write(options.version, options.site, options.folder)}/")
    except ReleaseError as error:
        sys.exit(f"No release: {error}")


if __name__ == "__main__":
    main()
