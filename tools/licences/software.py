"""The list of what the published site ships, read from the packages that it comes from.

Versions stand nowhere here: they are those of `node_modules`, of the installed Python packages, of Pyodide's lock file,
and for what is compiled into its interpreter, those that the interpreter says. A package that reaches the site and is
not described here stops the build.
"""

import importlib.metadata
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calculators.core.words.messages import _

PROJECT = Path(__file__).resolve().parents[2]
NODE_MODULES = PROJECT / "node_modules"
PYODIDE = NODE_MODULES / "pyodide"
WHEELS = PROJECT / "build" / "wheels"
# Of tools/bundle.mjs: the npm packages that went into a bundle.
PACKAGES = "packages.json"
_TEXTS = Path(__file__).with_name("texts")
_RULE = f"\n{'-' * 80}\n\n"

# Whole texts of licences that many packages only name: our own tools' copies of them.
_APACHE = NODE_MODULES / "typescript" / "LICENSE"
_MOZILLA = NODE_MODULES / "axe-core" / "LICENSE"
_W3C = NODE_MODULES / "typescript" / "NOTICE.txt"

PART_OF_PYTHON_COMPRESSION = _("Part of Python: reads and writes compressed files")
RUNS_COMPILED = _("Lets compiled programs run in a browser")
PART_OF_THEME = _("Part of the script or the colors of the layout")
WITHOUT_CONNECTION = _("Shows pages without a connection")
DRAWS_CHARTS = _("Draws the charts")
SAYS_WHERE = _("Says in which line a program failed")
JAPANESE_READINGS = _("Readings of Japanese words, for the search")


class UnknownSoftwareError(RuntimeError):
    """Something reaches the site of which the list says nothing, or not what it says."""


@dataclass(frozen=True, slots=True)
class Software:
    """One row of the list."""

    name: str
    # None where no package says it: then it is that of what it is a part of.
    version: str | None
    licence: str
    does: str
    source: str
    text: str
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What is compiled into Pyodide's interpreter, known by a trace there, which may hold its version."""

    name: str
    trace: bytes
    licence: str
    does: str
    source: str
    texts: tuple[str, ...]
    part_of: str = "Pyodide"


COMPILED = (
    Compiled(
        "musl",
        rb"Socket type not supported\0",
        "MIT",
        RUNS_COMPILED,
        "https://musl.libc.org/",
        ("musl",),
        "Emscripten",
    ),
    Compiled(
        "LLVM runtime libraries",
        rb"/system/lib/libcxxabi/src/",
        "Apache-2.0 WITH LLVM-exception",
        RUNS_COMPILED,
        "https://llvm.org/",
        ("apache", "llvm-exceptions"),
        "Emscripten",
    ),
    Compiled(
        "hiwire",
        rb"_hiwire_slot_info",
        "MPL-2.0",
        _("Lets Python hold objects of the browser"),
        # Pyodide's cpython/Makefile builds its commit 6a1e672, as it is; its licence file is the whole text.
        "https://github.com/hoodmane/hiwire",
        ("mozilla",),
    ),
    Compiled(
        "zlib",
        rb"inflate ([\d.]+) Copyright",
        "Zlib",
        PART_OF_PYTHON_COMPRESSION,
        "https://zlib.net/",
        ("zlib",),
    ),
    Compiled(
        "bzip2",
        rb"\0(\d+\.\d+\.\d+), \d+-\w+-\d{4}\0",
        "bzip2-1.0.6",
        PART_OF_PYTHON_COMPRESSION,
        "https://sourceware.org/bzip2/",
        ("bzip2",),
    ),
    Compiled(
        "XZ Utils (liblzma)",
        rb"\0(5\.[2-9]\.\d+)\0",
        "LicenseRef-public-domain",
        PART_OF_PYTHON_COMPRESSION,
        "https://tukaani.org/xz/",
        ("xz",),
    ),
    Compiled(
        "Zstandard",
        rb"\0(1\.[5-9]\.\d+)\0",
        "BSD-3-Clause",
        PART_OF_PYTHON_COMPRESSION,
        "https://facebook.github.io/zstd/",
        ("zstd",),
    ),
    Compiled(
        "libmpdec",
        rb"\0(2\.[5-9]\.\d+)\0",
        "BSD-2-Clause",
        _("Part of Python: calculates exactly with decimal numbers"),
        "https://www.bytereef.org/mpdecimal/",
        ("libmpdec",),
    ),
    Compiled(
        "Expat",
        rb"expat_([\d.]+)\0",
        "MIT",
        _("Part of Python: reads XML"),
        "https://libexpat.github.io/",
        ("expat",),
    ),
    Compiled(
        "libffi",
        rb"\0ffi_call\0|ffi_prep_closure_loc",
        "MIT",
        _("Part of Python: calls compiled functions"),
        "https://sourceware.org/libffi/",
        ("libffi",),
    ),
    Compiled(
        "SQLite",
        rb"(?<![\d.])(3\.[3-9]\d\.\d+)\0",
        "blessing",
        _("Part of Python: a database, which nothing here uses"),
        "https://www.sqlite.org/",
        ("sqlite",),
    ),
    Compiled(
        "HACL*",
        rb"_hacl/Hacl_",
        "MIT",
        _("Part of Python: checksums"),
        "https://github.com/hacl-star/hacl-star",
        ("hacl",),
        "CPython",
    ),
    Compiled(
        "mimalloc",
        rb"mimalloc: error: ",
        "MIT",
        _("Part of Python: shares out memory"),
        "https://github.com/microsoft/mimalloc",
        ("mimalloc",),
        "CPython",
    ),
    Compiled(
        "Unicode Character Database",
        rb"\0(1[6-9]\.\d+\.\d+)\0",
        "Unicode-3.0",
        _("Part of Python: properties of the characters of all scripts"),
        "https://www.unicode.org/ucd/",
        ("unicode",),
    ),
)

# What an npm package in our bundles does for the reader.
NPM = {
    "@orama/stemmers": _("Finds words in the search, whatever their ending"),
    "echarts": DRAWS_CHARTS,
    "pyodide": _("Brings Python into the browser"),
    "tslib": DRAWS_CHARTS,
    "workbox-core": WITHOUT_CONNECTION,
    "workbox-navigation-preload": WITHOUT_CONNECTION,
    "workbox-routing": WITHOUT_CONNECTION,
    "workbox-strategies": WITHOUT_CONNECTION,
    "zrender": DRAWS_CHARTS,
    "zstddec": _("Unpacks Python when it has arrived"),
}

# Of the theme's script and styles, whose source maps name them, but no version; the theme's wheel has no texts of them.
THEME = {
    "clipboard": ("MIT", ("clipboard",), "https://clipboardjs.com/"),
    "escape-html": ("MIT", ("escape-html",), "https://github.com/component/escape-html"),
    "focus-visible": ("W3C-20150513", ("focus-visible", "w3c"), "https://github.com/WICG/focus-visible"),
    "material-design-color": (
        "MIT",
        ("material-design-color",),
        "https://github.com/mrmlnc/material-color",
    ),
    "rxjs": ("Apache-2.0", ("rxjs",), "https://rxjs.dev/"),
    "tslib": ("0BSD", ("tslib",), "https://github.com/microsoft/tslib"),
}
# Scripts and styles of the theme that are published: tools/pages/assets.py leaves out its own search.
THEME_SOURCES = ("javascripts/bundle.*.map", "stylesheets/*.map")


@cache
def shipped(bundles: Path) -> tuple[Software, ...]:
    """Return everything that a site with these bundles ships, beside what is ours, in the order of the list.

    Raises UnknownSoftwareError for a package that is not described here, and for one that is no longer there.
    """
    return (
        *interpreter(),
        *python_packages(),
        *(_npm(NODE_MODULES.parent / folder) for folder in _packages(bundles) if folder != "node_modules/pyodide"),
        *theme(),
    )


def interpreter() -> list[Software]:
    """Return Python, Pyodide and what is compiled into it."""
    info = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    emscripten = info["platform"].removeprefix("emscripten_").replace("_", ".")
    code = _interpreter_code()
    return [
        Software(
            "CPython",
            info["python"],
            "PSF-2.0",
            _("The language of the calculators and of the analyzer; it runs in your browser"),
            "https://www.python.org/",
            "\n".join((_copyright_of_python(code), _text("python"), _text("python-incorporated"))),
        ),
        _npm(PYODIDE),
        *(
            Software(name, None, "MIT", SAYS_WHERE, source, _text(name), "Pyodide")
            for name, source in (
                ("error-stack-parser", "https://github.com/stacktracejs/error-stack-parser"),
                ("stackframe", "https://github.com/stacktracejs/stackframe"),
            )
        ),
        Software(
            "Emscripten",
            emscripten,
            "MIT OR NCSA",
            RUNS_COMPILED,
            "https://emscripten.org/",
            _text("emscripten"),
        ),
        *(
            Software(
                library.name,
                version_in(code, library),
                library.licence,
                library.does,
                library.source,
                _texts(library.texts),
                library.part_of,
            )
            for library in COMPILED
        ),
    ]


def python_packages() -> list[Software]:
    """Return what the archives and the snapshot hold beside Python and the calculators, and what readings come from."""
    babel = "Babel"
    return [
        _distribution(babel, _("Writes numbers and amounts as your language does"), "BSD-3-Clause"),
        Software(
            "Unicode CLDR",
            None,
            "Unicode-3.0",
            _("How each language writes numbers, dates and currencies"),
            "https://cldr.unicode.org/",
            _text("unicode"),
            babel,
        ),
        _distribution("XlsxWriter", _("Writes the spreadsheets that you save"), "BSD-2-Clause"),
        _distribution("python-calamine", _("Reads the spreadsheets that you put in"), "MIT"),
        _distribution("SudachiDict-small", JAPANESE_READINGS, "Apache-2.0"),
        Software(
            "UniDic",
            None,
            "BSD-3-Clause",
            JAPANESE_READINGS,
            "https://clrd.ninjal.ac.jp/unidic/",
            _text("unidic"),
            "SudachiDict-small",
        ),
    ]


@cache
def crates() -> tuple[Software, ...]:
    """Return the Rust crates in the reader of workbooks, as its wheel's bill of materials states them."""
    (wheel,) = WHEELS.glob("python_calamine-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".cyclonedx.json"))
        components = json.loads(archive.read(name))["components"]
    return tuple(
        Software(
            component["name"],
            component["version"],
            " AND ".join(licence["expression"] for licence in component["licenses"]),
            "",
            component["externalReferences"][-1]["url"],
            component.get("author", ""),
        )
        for component in components
        # The others are tools for building it.
        if component["scope"] != "excluded"
    )


def theme() -> list[Software]:
    """Return the theme, what its scripts and styles are made of, and the icons."""
    material = _distribution("mkdocs-material", _("Layout and navigation of the pages"), "MIT", "Material for MkDocs")
    icons = Path(str(importlib.metadata.distribution("mkdocs-material").locate_file("material/templates/.icons")))
    parts = theme_packages()
    if unknown := parts ^ THEME.keys():
        raise UnknownSoftwareError(f"parts of the theme that the list of licences has not, or has in vain: {unknown}")
    return [
        material,
        *(
            Software(name, None, licence, PART_OF_THEME, source, _texts(texts), material.name)
            for name, (licence, texts, source) in sorted(THEME.items())
        ),
        Software(
            "Material Design Icons",
            None,
            "Apache-2.0",
            _("Icons"),
            "https://pictogrammers.com/library/mdi/",
            (icons / "material" / "LICENSE").read_text(encoding="utf-8") + "\n" + _text("apache"),
            material.name,
        ),
        Software(
            "Font Awesome Free",
            None,
            "CC-BY-4.0",
            _("Icons"),
            "https://fontawesome.com/",
            (icons / "fontawesome" / "LICENSE.txt").read_text(encoding="utf-8"),
            material.name,
        ),
    ]


def theme_packages() -> set[str]:
    """Return the npm packages in the theme's published scripts and styles."""
    assets = Path(str(importlib.metadata.distribution("mkdocs-material").locate_file("material/templates/assets")))
    maps = [file for pattern in THEME_SOURCES for file in assets.glob(pattern)]
    sources = [source for file in maps for source in json.loads(file.read_text(encoding="utf-8"))["sources"]]
    return {found[1] for source in sources if (found := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)/", source))}


def version_in(code: bytes, library: Compiled) -> str | None:
    """Return the version that an interpreter says of a library; None where it leaves a trace without one.

    Raises UnknownSoftwareError when the trace is not there, or says several.
    """
    found = re.compile(library.trace)
    traces = {match[1] if found.groups else b"" for match in found.finditer(code)}
    if len(traces) != 1:
        raise UnknownSoftwareError(f"{library.name} is not in Pyodide's interpreter as it was: {traces}")
    return traces.pop().decode() or None


def whole_texts(software: Iterable[Software], of_crates: Iterable[Software]) -> str:
    """Return the texts of all licences, each under name, version and licence."""
    notices = [f"{_heading(entry)}\n\n{entry.text.strip()}\n" for entry in software]
    listed = [f"{_heading(crate)}\n{crate.text}\n{crate.source}\n".replace("\n\n", "\n") for crate in of_crates]
    texts = [
        _text(name).strip() for name in ("apache", "mit", "unicode", "zlib", "zstd")
    ]  # the last for BSD-3-Clause, which is the same but for the holder
    notices.append(
        "Rust crates in python-calamine\n\n"
        "Where several licences are offered, Apache-2.0 is taken, else MIT. Their texts stand below.\n\n"
        + "\n".join(listed)
        + "\n"
        + "\n\n".join(texts)
        + "\n"
    )
    return _RULE.join(notices)


def _heading(entry: Software) -> str:
    version = f" {entry.version}" if entry.version else ""
    return f"{entry.name}{version} ({entry.licence})"


@cache
def _interpreter_code() -> bytes:
    return (PYODIDE / "pyodide.asm.wasm").read_bytes()


def _copyright_of_python(code: bytes) -> str:
    """Return the notice that must be retained, as the interpreter itself has it."""
    found = re.search(rb"Copyright \(c\) 2001[^\0]*Stichting[^\0]*", code)
    if not found:
        raise UnknownSoftwareError("Pyodide's interpreter does not say Python's copyright as it did")
    return found[0].decode("ascii")


def _packages(bundles: Path) -> list[str]:
    """Return the folders of the npm packages in the bundles."""
    folders: list[str] = json.loads((bundles / PACKAGES).read_text(encoding="utf-8"))
    return folders


def _npm(folder: Path) -> Software:
    """Return an npm package; raises UnknownSoftwareError when its purpose or its licence is not known."""
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    name, licence = package["name"], package["license"]
    if name not in NPM:
        raise UnknownSoftwareError(f"{name} goes into a bundle, and tools/licences does not say what it does")
    files = sorted(file for file in folder.iterdir() if re.match(r"licen[cs]e|notice", file.name, re.IGNORECASE))
    bodies = [file.read_text(encoding="utf-8") for file in files if file.is_file()]
    whole = {"Apache-2.0": "apache", "MPL-2.0": "mozilla"}.get(licence)
    if whole and not any(re.search("terms and conditions|1\\. definitions", body, re.IGNORECASE) for body in bodies):
        bodies.append(_text(whole))
    if not bodies:
        raise UnknownSoftwareError(f"{name} goes into a bundle but has no licence file")
    repository = package.get("repository", "")
    source = repository if isinstance(repository, str) else repository["url"]
    # "git+https://…/….git", "git://…", "github:owner/name", "owner/name"
    source = re.sub(r"^(?:git\+)?(?:https|git)://|^(?:github:)?(?=[\w-]+/[\w.-]+$)", "", source)
    address = "https://" + (source if "." in source.partition("/")[0] else f"github.com/{source}").removesuffix(".git")
    return Software(name, package["version"], licence, NPM[name], address, "\n".join(bodies))


def _distribution(package: str, does: str, licence: str, name: str = "") -> Software:
    """Return an installed Python package; raises UnknownSoftwareError when it carries no text of its licence."""
    distribution = importlib.metadata.distribution(package)
    files = [file for file in distribution.files or () if ".dist-info/licenses/" in file.as_posix()]
    if not files:
        raise UnknownSoftwareError(f"{package} has no licence file")
    text = "\n".join(Path(str(file.locate())).read_text(encoding="utf-8") for file in files)
    return Software(name or package, distribution.version, licence, does, _address(distribution), text)


def _address(distribution: importlib.metadata.Distribution) -> str:
    """Return where a package's sources are."""
    addresses: dict[str, str] = {}
    for entry in distribution.metadata.get_all("Project-URL") or ():
        label, _comma, address = entry.partition(",")
        addresses[label.strip().lower()] = address.strip()
    for label in ("source", "repository", "source code", "homepage"):
        if label in addresses:
            return addresses[label]
    home = distribution.metadata["Home-page"]
    if not home:
        raise UnknownSoftwareError(f"{distribution.name} does not say where its sources are")
    return str(home)


def _texts(names: Iterable[str]) -> str:
    return "\n".join(_text(name) for name in names)


def _text(name: str) -> str:
    """Return the text of a licence: of an installed package, or one that is kept here as none has it."""
    match name:
        case "apache":
            return _APACHE.read_text(encoding="utf-8")
        case "mozilla":
            return _MOZILLA.read_text(encoding="utf-8")
        case "python":
            return _licence_file("typing_extensions", "LICENSE")
        case "unicode":
            babel = importlib.metadata.distribution("babel")
            return Path(str(babel.locate_file("babel/locale-data/LICENSE.unicode"))).read_text(encoding="utf-8")
        case "tslib":
            return (NODE_MODULES / "tslib" / "LICENSE.txt").read_text(encoding="utf-8")
        case "w3c":
            return _quoted(_W3C, r"^W3C License$.*?(?=^-{3,})")
        case "zstd":
            return _quoted(NODE_MODULES / "zstddec" / "LICENSE", r"^BSD License$.*")
    return (_TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def _licence_file(package: str, name: str) -> str:
    text: str | None = importlib.metadata.distribution(package).read_text(f"licenses/{name}")
    if text is None:
        raise UnknownSoftwareError(f"{package}'s licence is not where it was")
    return text


def _quoted(file: Path, pattern: str) -> str:
    """Return a licence that a package's notices quote."""
    found = re.search(pattern, file.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    if not found:
        raise UnknownSoftwareError(f"{file} no longer quotes the licence that it did")
    return found[0]
