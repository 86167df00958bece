"""What a file is, by its bytes and not by its name; what is no table is refused by what it is."""

import re
from typing import Literal

from calculators.analysis.reading.containers import OLD_WORKBOOK, ZIP, check_old_workbook, check_zip
from calculators.analysis.reading.encoding import marked, wide
from calculators.analysis.reading.refused import Refused
from calculators.analysis.reading.source import Source

_HEAD = 64 * 1024

# What files that are no text begin with.
_BEGINNINGS = {
    "picture": rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\x00{4}|II\*\x00|MM\x00\*|\x00\x00\x01\x00|8BPS\x00|RIFF.{4}WEBP"
    rb"|.{4}ftyp(?:hei|mif|avif|msf)",
    "pdf": rb"%PDF-",
    "archive": rb"\x1f\x8b|7z\xbc\xaf\x27\x1c|Rar!\x1a|BZh[1-9]1AY|\xfd7zXZ|\x28\xb5\x2f\xfd|.{257}ustar",
    "document": rb"\{\\rtf",
    # Parquet, SQLite, Arrow, Avro, Access, programs, sound and film, workbooks older than Excel 5.
    "not_a_table": rb"PAR1[\x00-\x1f]|SQLite format 3\x00|ARROW1\x00|Obj\x01|\x00\x01\x00\x00Stan|\x7fELF"
    rb"|MZ[^\r\n]{1,60}\x00|ID3[\x02-\x04]|OggS\x00|.{4}ftyp|RIFF.{4}|\x09[\x00\x02\x04]\x04\x00|\x09[\x02\x04]\x06\x00",
}
_HTML = re.compile(r"<(!doctype html|html|head|body|table|meta|style|div)\b", re.IGNORECASE)
_HTML_IN_XML = re.compile(r"<(!doctype html|html)\b", re.IGNORECASE)
_MHTML = re.compile(r"mime-version:|content-type: *(multipart|text/html)|from: *<saved by", re.IGNORECASE)
_XML = re.compile(r"<\?xml|<!--|<[\w:]+(\s[^<>]*)?>\s*<")
_JSON = re.compile(r"\[\s*[\[{]|\{\s*\}|\{\s*\"(?:[^\"\\]|\\.)*\"\s*:|\[\s*\"(?:[^\"\\]|\\.)*\"\s*[,\]]")

# Of a hundred characters of a text, no more than this many are control characters.
_MOST_CONTROLS = 2
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def recognised(source: Source) -> Literal["text", "workbook"]:
    """Return what a file is to be read as.

    Raises Refused `empty_file`, `picture`, `pdf`, `html_table`, `json`, `xml`, `archive`, `document`, `not_a_table`,
    `binary`, and what `containers` says of a workbook.
    """
    head = source.head(_HEAD)
    if not head.strip(b"\0 \t\r\n"):
        raise Refused("empty_file")
    if head.startswith(ZIP):
        check_zip(source)
        return "workbook"
    if head.startswith(OLD_WORKBOOK):
        check_old_workbook(source)
        return "workbook"
    for code, beginnings in _BEGINNINGS.items():
        if re.match(beginnings, head, re.DOTALL):
            raise Refused(code)
    _check_text(head)
    return "text"


def _check_text(head: bytes) -> None:
    """Refuse text that is something else than a table, and what is no text."""
    encoding, skipped = marked(head)
    encoding = encoding or wide(head) or "latin-1"
    # A file that was not written to its end may have NULs there.
    text = head[skipped:].decode(encoding.removesuffix("-sig"), "ignore").rstrip("\0")
    if len(_CONTROL.findall(text)) * 100 > _MOST_CONTROLS * len(text):
        raise Refused("binary")
    beginning = text.lstrip("\ufeff \t\r\n")[:4096]
    if _MHTML.match(beginning) or _HTML.match(beginning):
        raise Refused("html_table")
    if _XML.match(beginning):
        raise Refused("html_table" if _HTML_IN_XML.search(beginning) else "xml")
    if _JSON.match(beginning):
        raise Refused("json")
