"""Build the pages with other generators, and compare the addresses: `python -m tools.other_generators SITE`.

Material for MkDocs ends (tools/upkeep.toml), and whoever has linked to a page should find it afterwards, whatever makes
it then. Two ways out are tried each week: the pair of forks that goes on where MkDocs and Material stop (ProperDocs,
MaterialX), with our hooks; and Zensical, with its add-on for languages, which takes mkdocs.yml but no hooks, and so has
the pages and nothing that we fill in. `tools/set_up/generators.sh` installs each in a folder of its own.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
INSTALLED = PROJECT / "build" / "generators"
_SHOWN = 20
# Settings that Zensical does not know, and what only our templates can do.
_NOT_FOR_ZENSICAL = re.compile(r"^(?:hooks:|  custom_dir:|  static_templates:).*\n", re.MULTILINE)
_BESIDE_ZENSICAL = ("calculators", "tools", "build", "node_modules", "LICENSE", "pyproject.toml")
_FORKS = """\
INHERIT: {project}/mkdocs.yml
docs_dir: {project}/docs
theme: {{name: materialx, custom_dir: {project}/overrides}}
hooks: [{project}/tools/pages/hooks.py]
"""


def addresses(site: Path) -> set[str]:
    """Return the addresses of the playbook's pages, without those for frames on other sites."""
    pages = (page.relative_to(site).parent for page in site.rglob("index.html"))
    return {page.as_posix() for page in pages if "embed" not in page.parts}


def differences(ours: set[str], theirs: set[str]) -> list[str]:
    """Return in sentences what another generator lacks, or has besides."""
    found = []
    for what, addresses_of in (("lacks", ours - theirs), ("has besides", theirs - ours)):
        if addresses_of:
            shown = ", ".join(sorted(addresses_of)[:_SHOWN])
            found.append(f"{what} {len(addresses_of)} of the addresses: {shown}")
    return found


def build_with_forks(folder: Path) -> Path:
    """Build with ProperDocs and MaterialX in a folder; return the site. Raises CalledProcessError."""
    settings = folder / "properdocs.yml"
    settings.write_text(_FORKS.format(project=PROJECT), encoding="utf-8")
    site = folder / "site"
    program = Path(__file__).with_name("build_with_forks.py")
    command: list[str | Path] = [program, "build", "--quiet", "--config-file", settings, "--site-dir", site]
    _run(INSTALLED / "forks", command, PROJECT)
    return site


def build_with_zensical(folder: Path) -> Path:
    """Build with Zensical in a folder; return the site. Raises CalledProcessError."""
    shutil.copytree(PROJECT / "docs", folder / "docs")
    for name in _BESIDE_ZENSICAL:
        (folder / name).symlink_to(PROJECT / name)
    settings = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(for_zensical(settings), encoding="utf-8")
    command = ["-m", "zensical_i18n", "build", "--config-file", "mkdocs.yml"]
    _run(INSTALLED / "zensical", command, folder)
    return folder / "site"


def for_zensical(settings: str) -> str:
    """Return mkdocs.yml without what only MkDocs takes."""
    return _NOT_FOR_ZENSICAL.sub("", settings)


def _run(installed: Path, command: Iterable[str | Path], folder: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "NO_MKDOCS_2_WARNING": "1", "OFFLINE": "false"}
    subprocess.run([installed / "bin" / "python", *command], check=True, cwd=folder, env=environment)


WAYS: dict[str, Callable[[Path], Path]] = {
    "ProperDocs with MaterialX": build_with_forks,
    "Zensical": build_with_zensical,
}


def main(arguments: list[str], ways: dict[str, Callable[[Path], Path]] = WAYS) -> int:
    """Try each way, and print what differs; return 1 where something does, or a build fails."""
    if len(arguments) != 1 or not (Path(arguments[0]) / "index.html").is_file():
        print("python -m tools.other_generators SITE, where SITE is what `make site` has built", file=sys.stderr)
        return 2
    ours = addresses(Path(arguments[0]))
    status = 0
    for name, build in ways.items():
        with tempfile.TemporaryDirectory() as folder:
            try:
                found = differences(ours, addresses(build(Path(folder))))
            except (subprocess.CalledProcessError, FileNotFoundError) as error:
                found = [f"does not build the pages: {error}"]
        print(f"{name}: {'; '.join(found) or f'the same {len(ours)} addresses'}.")
        status |= bool(found)
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
