"""A built page as the tests look at it."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Self

from calculators.core.words.catalogue import LANGUAGES
from tools.texts.playbook_pages import DEFAULT_LANGUAGE

_ADDRESSES = ("href", "src", "srcset", "action", "poster", "data")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


@dataclass(frozen=True, slots=True)
class Element:
    """A start tag with the language of the text inside it."""

    tag: str
    attributes: dict[str, str]
    language: str


@dataclass
class Document(HTMLParser):
    """The start tags of a page and the text of its titles."""

    elements: list[Element] = field(default_factory=list)
    text: dict[str, str] = field(default_factory=dict)
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    @classmethod
    def read(cls, path: Path) -> Self:
        """Parse a file."""
        document = cls()
        document.feed(path.read_text(encoding="utf-8"))
        document.close()
        return document

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        inherited = self._open[-1].language if self._open else ""
        element = Element(tag, attributes, attributes.get("lang", inherited))
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].tag == tag:
                del self._open[index:]
                break

    def handle_data(self, data: str) -> None:
        for element in self._open:
            if element.tag in {"title", "h1"}:
                self.text[element.tag] = self.text.get(element.tag, "") + data

    def find(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements with this tag and these attributes."""
        return [
            element
            for element in self.elements
            if element.tag == tag and all(element.attributes.get(name) == value for name, value in attributes.items())
        ]

    def find_class(self, name: str) -> list[Element]:
        """Return the elements of a class."""
        return [element for element in self.elements if name in element.attributes.get("class", "").split()]

    @property
    def language(self) -> str:
        """The language the page says it is in."""
        return self.find("html")[0].attributes.get("lang", "")

    @property
    def ids(self) -> Counter[str]:
        """How often each id is given."""
        return Counter(element.attributes["id"] for element in self.elements if "id" in element.attributes)

    def addresses(self) -> list[tuple[Element, str]]:
        """Return every address the page has, with the element it stands in."""
        return [
            (element, element.attributes[name])
            for element in self.elements
            for name in _ADDRESSES
            if name in element.attributes
        ]


def language_of(page: Path) -> str:
    """Return the language in whose folder a page lies, given relative to the site."""
    return page.parts[0] if page.parts[0] in LANGUAGES else DEFAULT_LANGUAGE


def url_of(page: Path) -> str:
    """Return the address of a page, relative to the site's root."""
    return "" if page.as_posix() == "index.html" else page.as_posix().removesuffix("index.html")
