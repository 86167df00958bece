"""What others install: the calculators with their words, built and run without the network and without this folder."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import calculators
from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT
from tools.translation.translations import DOMAINS

SOURCES = ("pyproject.toml", "README.md", "LICENSE", "calculators", "tools/set_up/build_hook.py")


def build(source: Path, output: Path) -> Path:
    """Build a wheel as `pip wheel` does, with what is installed here."""
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check", "--quiet"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", output, source], check=True)
    (wheel,) = output.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def fresh_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what a fresh clone has: no catalogue is compiled."""
    folder = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, target, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
        else:
            shutil.copy(PROJECT / name, target)
    return folder


@pytest.fixture(scope="module")
def wheel(fresh_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a fresh source."""
    return build(fresh_source, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty environment that has Babel, and return its Python."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    options = ["--no-deps", "--no-index", "--disable-pip-version-check", "--quiet"]
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", *options, wheel], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    link_package("babel", packages)
    return python


def link_package(name: str, folder: Path) -> None:
    """Make a package of this environment importable from a folder, and no other one."""
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    folder.mkdir(exist_ok=True)
    (folder / name).symlink_to(Path(spec.origin).parent)


def run(python: Path, folder: Path, *arguments: str, further: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the installed command line somewhere else."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = clean | {"PYTHONIOENCODING": "utf-8"} | ({"PYTHONPATH": str(further)} if further else {})
    command = [str(python), "-m", "calculators", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def contents(wheel: Path) -> set[str]:
    """Return the names of the files in a wheel, without those about the wheel itself."""
    return {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}


def test_the_wheel_holds_the_calculators_and_their_words_only(wheel: Path) -> None:
    """Every module, its data and compiled catalogues; neither tools nor sources of translations, and the licence."""
    files = (path for path in (PROJECT / "calculators").rglob("*") if path.suffix in {".py", ".csv", ".sql"})
    modules = {path.relative_to(PROJECT).as_posix() for path in files}
    catalogues = {
        f"calculators/locale/{language}/LC_MESSAGES/{domain}.mo" for language in LANGUAGES[1:] for domain in DOMAINS
    }
    about = {name.partition(".dist-info/")[2] for name in zipfile.ZipFile(wheel).namelist()} - {""}

    assert contents(wheel) == modules | catalogues
    assert about == {"METADATA", "WHEEL", "RECORD", "licenses/LICENSE"}


def test_a_source_distribution_gives_the_same_wheel(fresh_source: Path, wheel: Path, tmp_path: Path) -> None:
    """It has what is needed to compile the catalogues."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=fresh_source, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()

    again = build(unpacked, tmp_path / "wheel")
    assert contents(again) == contents(wheel)


def test_an_editable_install_points_here(tmp_path: Path) -> None:
    """So that tools are importable from the project's folder, and translations are those that `make` compiles."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel:editable", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    (editable,) = tmp_path.glob("*.whl")

    (pointer,) = contents(editable)
    assert zipfile.ZipFile(editable).read(pointer).decode().split() == [str(PROJECT)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_installed_wheel_speaks_every_language(language: str, installed: Path, tmp_path: Path) -> None:
    """From any folder."""
    done = run(installed, tmp_path, "list", "--language", language)

    assert (done.returncode, done.stderr) == (0, "")
    velocity = calculators.run("sales-velocity", {}, language)
    assert velocity.gettext(velocity.calculator.question) in done.stdout


def test_an_installed_wheel_reads_what_people_type(installed: Path, tmp_path: Path) -> None:
    """As the page does."""
    pairs = ["won_revenue=5,000만", "won_deals=20"]
    done = run(installed, tmp_path, "run", "average-deal-size", "--typed", "--language", "ko", *pairs, "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["outputs"] == {"average_deal_size": 2_500_000}


def test_an_installed_wheel_names_the_extra_of_warehouses(installed: Path, tmp_path: Path) -> None:
    """A table cannot be read without it, and a sentence says so."""
    done = run(installed, tmp_path, "analyse", "--on", "duckdb:///deals.db", "--language", "el")

    assert done.returncode == 2
    assert "«warehouse»" in done.stderr


def test_an_installed_wheel_writes_workbooks_where_it_can(installed: Path, tmp_path: Path) -> None:
    """Without XlsxWriter it says what is missing, with status 1."""
    command = ["workbook", "win-rate", "--output", "win-rate.xlsx", "--language", "ja"]

    without = run(installed, tmp_path, *command)
    assert without.returncode == 1
    assert "xlsxwriter" in without.stderr
    assert "Traceback" not in without.stderr
    assert not (tmp_path / "win-rate.xlsx").exists()

    link_package("xlsxwriter", tmp_path / "further")
    done = run(installed, tmp_path, *command, further=tmp_path / "further")
    assert (done.returncode, done.stderr) == (0, "")
    assert zipfile.is_zipfile(tmp_path / "win-rate.xlsx")


def test_the_version_stands_in_one_place_and_in_the_changelog(wheel: Path) -> None:
    """The newest entry of the changelog, the package and the wheel have the same, and pyproject.toml has none."""
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\S+) \(\d{4}-\d\d-\d\d\)$", changelog, re.MULTILINE)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert calculators.__version__ == versions[0]
    assert versions == sorted(versions, key=lambda version: [*map(int, version.split("."))], reverse=True)
    assert wheel.name.split("-")[1] == calculators.__version__
    assert "version" not in project
