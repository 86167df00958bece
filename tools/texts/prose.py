"""The prose of a page, line by line: what a reader reads, without code, addresses, ids and marks of Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"^( *)(`{3,}|~{3,}).*?^\1\2 *$", re.DOTALL | re.MULTILINE)
_READ_QUIZ = re.compile(r" *(?:- )?(?:question|answer|explanation): (.*)")
_FRONT_MATTER = re.compile(r"\A---\n.*?^---$", re.DOTALL | re.MULTILINE)
_READ_FRONT_MATTER = re.compile(r"^(?:title|description): *(.*)$", re.MULTILINE)
_SOURCES = re.compile(r"^## .*\{#sources\}")
_NOT_READ = re.compile(
    r"<!--.*?-->|</?[a-z][^<>]*>"  # HTML
    r"|\{[#.:][^{}]*\}"  # ids, classes, icons
    r"|:[a-z]+(?:-[a-z0-9]+)+:"  # icons
    r"|(?<=\])\([^()\s]*\)"  # addresses of links
    r"|\bhttps?://[^\s)]+"
)
_CODE = re.compile(r"`[^`\n]+`")
_ADMONITION = re.compile(r"^( *)(?:!!!|\?\?\?\+?) \w+(?: \"(.*)\")?$", re.MULTILINE)
_MARKS = re.compile(r"^ *(?:[-*] (?:\[[ x]\] )?|\d+\. |#+ |> )|\*\*|(?<!\w)[_*](?=\S)|(?<=\S)[_*](?!\w)|[\[\]]")

CODE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands where the page has code."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of prose."""

    number: int
    """In the file, from 1."""
    text: str
    in_sources: bool
    """Whether it stands in the section "Sources", where titles of others are."""


def prose_of(page: str) -> Iterator[Line]:
    """Yield the lines of a page's file that hold prose, its title and description included."""
    text = _FRONT_MATTER.sub(_read_front_matter, page)
    text = _FENCE.sub(_read_fence, text)
    text = _ADMONITION.sub(r"\1\2", _CODE.sub(CODE, text))
    in_sources = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("## "):
            in_sources = bool(_SOURCES.match(line))
        read = _MARKS.sub("", _NOT_READ.sub("", line)).strip()
        if read and not re.fullmatch(r"[|:\- ]+", read):
            yield Line(number, read, in_sources)


def _read_fence(fence: re.Match[str]) -> str:
    """Return the lines of a quiz that readers see; of other fences nothing, but as many lines."""
    lines = fence[0].split("\n")
    quiz = lines[0].strip() == "```quiz"
    return "\n".join(match[1].strip("\"'") if quiz and (match := _READ_QUIZ.match(line)) else "" for line in lines)


def _read_front_matter(front_matter: re.Match[str]) -> str:
    """Return the lines of the front matter that readers see; the others are left empty."""
    lines = front_matter[0].split("\n")
    return "\n".join(match[1].strip("\"'") if (match := _READ_FRONT_MATTER.match(line)) else "" for line in lines)
