"""The pages as plain Markdown, for readers who bring their own assistant: `<page>/index.md`, listed in `llms.txt`.

Calculators, self-checks, pictures and generated lists stand in them as sentences and links.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, Protocol

import yaml

from calculators.analysis.report.words import words
from calculators.core.numbers.numerals import numerals
from calculators.core.running.calculator import all_calculators, find
from calculators.core.words.catalogue import catalogue
from tools.pages import answer_key, licences, warehouse
from tools.pages.fence import read_quiz
from tools.pages.glossary import in_order
from tools.pages.sources import all_sources
from tools.pictures import PICTURES
from tools.texts.playbook_pages import folder_of, url_of
from tools.texts.termbase import GLOSSARY_PAGE
from tools.texts.written_pages import WrittenPage, written_pages

_FENCE = re.compile(
    r"^(?P<indent> *)(?P<ticks>`{3,})(?P<name>[\w-]*).*?\n(?P<content>.*?)^(?P=indent)(?P=ticks) *$\n?",
    re.DOTALL | re.MULTILINE,
)
_CODE = re.compile(r"`[^`\n]+`")
_LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)\s#]+)(#[^)\s]*)?\)")
_ADMONITION = re.compile(
    r'^(?: *)(?:!!!|\?\?\?\+?) +\w+(?: +"(?P<title>.*)")?\n(?P<body>(?:(?: {4}.*)?\n)+)',
    re.MULTILINE,
)
_ATTRIBUTES = re.compile(r" *\{[:#.][^}\n]*\}")
_BLOCK_TAG = re.compile(r"^ *</?(?:div|section|figure)\b[^>]*>\n?", re.MULTILINE)


class Language(Protocol):
    """What static-i18n knows of a language."""

    locale: str
    name: str
    site_name: str | None
    site_description: str | None
    nav_translations: Mapping[str, str] | None


def write(
    site: Path, docs: Path, address: str, names: tuple[str, str], nav: Iterable[Any], languages: Iterable[Language]
) -> None:
    """Write the pages and their lists into a built site; `names` are its name and description by default."""
    languages = list(languages)
    for language in languages:
        pages = {page.path: page for page in written_pages(docs, language.locale)}
        root = address.rstrip("/") + "/" + folder_of(language.locale)
        for page in pages.values():
            target = site / folder_of(language.locale) / url_of(page.path) / "index.md"
            target.write_text(plain(page, language.locale, root, docs), encoding="utf-8")
        others = {
            other.name: address.rstrip("/") + "/" + folder_of(other.locale) + "llms.txt"
            for other in languages
            if other is not language
        }
        listed = _listed(pages, root, names, nav, language, others)
        (site / folder_of(language.locale) / "llms.txt").write_text(listed, encoding="utf-8")


def _listed(
    pages: Mapping[str, WrittenPage],
    root: str,
    names: tuple[str, str],
    nav: Iterable[Any],
    language: Language,
    others: Mapping[str, str],
) -> str:
    """Return the `llms.txt` of a language: every page of the navigation with its description."""
    _ = catalogue(language.locale).gettext
    lines = [f"# {language.site_name or names[0]}", "", f"> {language.site_description or names[1]}", ""]
    for title, paths in _sections(nav):
        lines += [f"## {(language.nav_translations or {}).get(title, title)}", ""]
        for page in (pages[path] for path in paths if path in pages):
            lines.append(f"- [{page.title}]({root}{url_of(page.path)}index.md): {page.description}")
        lines.append("")
    lines += [f"## {_('Other languages')}", "", *(f"- [{name}]({address})" for name, address in others.items())]
    return "\n".join(lines) + "\n"


def _sections(nav: Iterable[Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield the sections of the navigation with the paths of their pages."""
    for entry in nav:
        if isinstance(entry, dict):
            for title, content in entry.items():
                yield str(title), list(_paths(content))


def _paths(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    else:
        for entry in content.values() if isinstance(content, dict) else content:
            yield from _paths(entry)


def plain(page: WrittenPage, reader: str, root: str, docs: Path) -> str:
    """Return a page as Markdown that any reader understands; `root` is the address of the reader's language."""
    live = root + url_of(page.path)
    fill: dict[str, Callable[[str], str]] = {
        "answers": partial(_answers, language=page.language, root=root),
        "analyser": partial(_analyser, language=page.language, live=live),
        "calculator": partial(_calculator, language=page.language, live=live),
        "gallery": partial(_gallery, language=page.language, root=root),
        "glossary": partial(_glossary, language=page.language, root=root),
        "licences": partial(_licences, language=page.language, root=root),
        "offline": partial(_offline, language=page.language, live=live),
        "picture": partial(_picture, language=page.language),
        "quiz": partial(_quiz, language=page.language),
        "sources": partial(_sources, language=reader, root=root, docs=docs),
        "warehouse": partial(_warehouse, language=page.language, root=root),
    }
    kept: list[str] = []

    def set_aside(match: re.Match[str], text: str | None = None) -> str:
        kept.append(match[0] if text is None else text)
        return f"\x00{len(kept) - 1}\x00"

    def fence(match: re.Match[str]) -> str:
        name = match["name"]
        return set_aside(match, fill[name](match["content"]) if name in fill else None) + "\n"

    text = _CODE.sub(set_aside, _FENCE.sub(fence, page.markdown))
    text = _BLOCK_TAG.sub("", _ATTRIBUTES.sub("", text))
    text = _ADMONITION.sub(_quoted, text + "\n")
    site = root.removesuffix(folder_of(reader))
    text = _LINK.sub(lambda match: f"]({_address(match[1], match[2] or '', page.path, root, site)})", text)
    text = re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])].strip("\n"), text)
    text = unescape(re.sub(r"\n{3,}", "\n\n", text)).strip()
    heading, _line, rest = text.partition("\n")
    return f"{heading}\n\n> {page.description}\n> <{live}>\n{rest}\n"


def _address(target: str, fragment: str, page: str, root: str, site: str) -> str:
    """Return the address of what a page links to: of another page, its Markdown; of a file, itself."""
    path = normpath(join(dirname(page), target))
    if path.endswith(".md"):
        return f"{root}{url_of(path)}index.md{fragment}"
    return (site + path.removeprefix("../") if path.startswith("../") else root + path) + fragment


def _quoted(match: re.Match[str]) -> str:
    lines = [line.removeprefix("    ") for line in match["body"].rstrip("\n").split("\n")]
    title = [f"**{match['title']}**", ""] if match["title"] else []
    return "\n".join(f"> {line}".rstrip() for line in [*title, *lines]) + "\n\n"


def _calculator(content: str, *, language: str, live: str) -> str:
    gettext = catalogue(language).gettext
    calculator = find(yaml.safe_load(content)["name"])
    return _linked_question(gettext(calculator.question), f"{live}#{calculator.id}", language)


def _analyser(content: str, *, language: str, live: str) -> str:
    del content
    return f"[{words(language).gettext('Drop your CRM export here')}]({live})"


def _offline(content: str, *, language: str, live: str) -> str:
    del content
    return f"[{catalogue(language).gettext('Save this language for offline use')}]({live})"


def _licences(content: str, *, language: str, root: str) -> str:
    del content
    return licences.as_markdown(language, root.removesuffix(folder_of(language)))


def _answers(content: str, *, language: str, root: str) -> str:
    del content
    return answer_key.as_markdown(language, root.removesuffix(folder_of(language)))


def _warehouse(content: str, *, language: str, root: str) -> str:
    return warehouse.as_markdown(yaml.safe_load(content)["figure"], language, root.removesuffix(folder_of(language)))


def _gallery(content: str, *, language: str, root: str) -> str:
    gettext = catalogue(language).gettext
    group = yaml.safe_load(content)["group"]
    entries = []
    for calculator in all_calculators().values():
        if calculator.group == group:
            address = f"{root}{url_of(calculator.page)}#{calculator.id}"
            entries.append("- " + _linked_question(gettext(calculator.question), address, language))
    return "\n".join(entries)


def _linked_question(question: str, address: str, language: str) -> str:
    _ = catalogue(language).gettext
    return f"[{_('Calculator: {question}').format(question=question)}]({address})"


def _glossary(content: str, *, language: str, root: str) -> str:
    del content
    _ = catalogue(language).gettext
    entries = []
    for term in in_order(language):
        others = "; ".join(
            f"{other}: {name}" for other, name in term.names.items() if other != language and other in term.languages
        )
        explained = term.definitions[language]
        if term.page != GLOSSARY_PAGE:
            explained = f"[{explained}]({root}{url_of(term.page)}index.md)"
        also = f" {_('Also called:')} {' · '.join(term.also[language])}" if term.also[language] else ""
        entries.append(f"- **{term.names[language]}** ({others}): {explained}{also}")
    return "\n".join(entries)


def _picture(content: str, *, language: str) -> str:
    """Return what the picture says to those who do not see it."""
    _ = catalogue(language).gettext
    picture = PICTURES[yaml.safe_load(content)["name"]]
    description = _(picture.description).format(**picture.figures(numerals(language)))
    return _("Picture: {description}").format(description=description)


def _quiz(content: str, *, language: str) -> str:
    _ = catalogue(language).gettext
    entries = []
    for question in read_quiz(content):
        entries.append(f"- {question['question']}")
        for answer in question["answers"]:
            text = answer["answer"]
            entries.append(f"    - {_('{answer} (right)').format(answer=text) if answer['right'] else text}")
        entries += ["", f"    {question['explanation']}"]
    return "\n".join(entries)


def _sources(content: str, *, language: str, root: str, docs: Path) -> str:
    del content
    entries = []
    for source in all_sources(docs, language):
        title = f"[{source.title}]({source.address})" if source.address else source.title
        cited = " · ".join(f"[{page.title}]({root}{url_of(page.path)}index.md)" for page in source.cited_by)
        entries.append(
            f"- {source.whole or ', '.join(part for part in (source.author, title, source.kind) if part)}: {cited}"
        )
    return "\n".join(entries)
