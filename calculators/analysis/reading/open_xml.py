"""Reads a workbook of Excel since 2007 a piece at a time, so that long sheets need little memory and can be left.

ECMA-376 part 1, chapter 18. The XML is read with patterns: a sheet is millions of small equal elements, and each would
cost several calls in a general parser.
"""

import codecs
import posixpath
import re
from collections.abc import Iterator
from html import unescape
from zipfile import ZipFile

from calculators.analysis.reading.cell_values import Form, form_of, sign_of
from calculators.analysis.reading.refused import Refused
from calculators.analysis.reading.source import PIECE, Source

# Excel's cells hold 32,767 characters: a row or a text beyond this many characters of XML is none of its.
_MOST_IN_ELEMENT = 16 * 1024 * 1024

_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PREFIX = re.compile(r"<(\w+:)(?:worksheet|sst|workbook|styleSheet|Relationships)\b")
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_TEXT = re.compile(r"<t\b[^>]*>([^<]*)</t>")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_MERGED = re.compile(r"<mergeCell\b[^>]*\bref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")


class OpenXml:
    """The parts of a workbook: `sheets` with whether each is hidden, in its order.

    Raises KeyError or StopIteration where parts are missing, and what `zipfile` raises.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        with source.open() as stream, ZipFile(stream) as archive:
            self._members = {_path(member.filename): member for member in archive.infolist()}
        root = self._related("", "officeDocument") or {"": "xl/workbook.xml"}
        self._workbook = next(iter(root.values()))
        book = self.text(self._workbook)
        parts = self._related(self._workbook, "worksheet")
        self._parts: dict[str, str] = {}
        self.sheets: list[tuple[str, bool]] = []
        for tag in re.findall(r"<sheet\b[^>]*>", book):
            sheet = attributes(tag)
            relation = next((value for key, value in sheet.items() if key.endswith(":id")), "")
            if relation in parts:
                name = unescape(sheet.get("name", ""))
                self._parts[name] = parts[relation]
                self.sheets.append((name, sheet.get("state", "visible") != "visible"))
        properties = attributes((re.search(r"<workbookPr\b[^>]*>", book) or [""])[0])
        self.is_1904 = properties.get("date1904", "0") in ("1", "true")

    def size(self, sheet: str) -> int:
        """Return how many bytes of XML a sheet is."""
        return self._members[_path(self._parts[sheet])].file_size

    def blocks(self, sheet: str) -> Iterator[str]:
        """Yield the XML of a sheet in pieces, no row in two of them."""
        return self._blocks(self._parts[sheet], "row")

    def shared_texts(self) -> Iterator[list[str]]:
        """Yield the texts that cells refer to by number, some thousands at a time."""
        for part in self._related(self._workbook, "sharedStrings").values():
            for block in self._blocks(part, "si"):
                yield list(map(rich_text, re.findall(r"<si\b[^>]*?(?:/>|>(.*?)</si>)", block, re.DOTALL)))

    def formats(self) -> tuple[list[Form], list[str]]:
        """Return what each style of a cell makes of a number, and the sign of the currency that it shows.

        The signs are all empty where the book has one currency: then nothing is told by it.
        """
        styles = "".join(map(self.text, self._related(self._workbook, "styles").values()))
        codes = {
            int(tag["numFmtId"]): unescape(tag.get("formatCode", ""))
            for tag in map(attributes, re.findall(r"<numFmt\b[^>]*>", styles))
            if tag.get("numFmtId", "").isdigit()
        }
        cells = re.search(r"<cellXfs\b.*?</cellXfs>", styles, re.DOTALL)
        tags = map(attributes, re.findall(r"<xf\b[^>]*>", cells[0])) if cells else ()
        numbers = [int(tag.get("numFmtId", "0")) for tag in tags]
        signs = [sign_of(codes.get(number)) for number in numbers]
        if len({*signs} - {""}) < 2:
            signs = [""] * len(signs)
        return [form_of(number, codes.get(number)) for number in numbers], signs

    def text(self, part: str) -> str:
        """Return the XML of a small part; "" where there is none."""
        return "".join(self._blocks(part, ""))

    def _related(self, part: str, kind: str) -> dict[str, str]:
        """Return the parts of a kind that a part refers to, by the names it has for them."""
        folder, name = posixpath.split(part)
        relations = self.text(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for tag in map(attributes, re.findall(r"<Relationship\b[^>]*>", relations)):
            if tag.get("Type", "").rpartition("/")[2] == kind and tag.get("TargetMode") != "External":
                target = unescape(tag.get("Target", ""))
                found[tag.get("Id", "")] = _path(target if target.startswith("/") else posixpath.join(folder, target))
        return found

    def _blocks(self, part: str, tag: str) -> Iterator[str]:
        """Yield the XML of a part in pieces that begin with a tag, without the prefix of its names."""
        member = self._members.get(_path(part))
        if member is None:
            return
        with self._source.open() as file, ZipFile(file) as archive, archive.open(member) as stream:
            piece = stream.read(PIECE)
            is_wide = piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            decoder = codecs.getincrementaldecoder("utf-16" if is_wide else "utf-8-sig")()
            rest = prefix = ""
            while piece:
                rest += decoder.decode(piece)
                if not prefix and (found := _PREFIX.search(rest)):
                    prefix = found[1]
                whole = rest.rfind(f"<{prefix}{tag}")
                if whole > 0:
                    yield _plain(rest[:whole], prefix)
                    rest = rest[whole:]
                elif len(rest) > _MOST_IN_ELEMENT:
                    raise Refused("damaged_workbook")
                piece = stream.read(PIECE)
            yield _plain(rest, prefix)


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag, by name."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def rich_text(xml: str) -> str:
    """Return the text of a cell or shared text, without how it is pronounced."""
    if "<rPh" in xml:
        xml = _PHONETIC.sub("", xml)
    text = "".join(_TEXT.findall(xml))
    return plain_text(text)


def plain_text(text: str) -> str:
    """Return a text with what XML, and Office beyond it, writes otherwise."""
    if "&" in text:
        text = unescape(text)
    if "_x" in text:
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    return text


def column_of(letters: str) -> int:
    """Return the number of a column, from 0, by its letters."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def merged_downwards(xml: str) -> list[tuple[int, int, int]]:
    """Return the merged cells of a single column: its number from 0, the first and the last row."""
    return [
        (column_of(left), int(top), int(bottom)) for left, top, right, bottom in _MERGED.findall(xml) if left == right
    ]


def _path(name: str) -> str:
    """Return the name of a part as it is compared."""
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def _plain(xml: str, prefix: str) -> str:
    return xml.replace(f"<{prefix}", "<").replace(f"</{prefix}", "</") if prefix else xml
