"""Whether a zip or an old Office file holds a workbook that can be read without harm."""

import zlib
from struct import error as StructError  # noqa: N812 - a class, whatever its name
from struct import unpack_from
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from calculators.analysis.reading.refused import Refused
from calculators.analysis.reading.source import PIECE, Source

ZIP = (b"PK\3\4", b"PK\5\6", b"PK\7\x08")
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# A million rows of a dozen columns are some 600 MB of XML.
MOST_BYTES = 2 * 1024**3
# Sheets of equal cells shrink to a hundredth; deflate can do a thousandth, and does for nothing but a bomb.
MOST_RATIO = 400
_FILE_PASS = 0x2F
# Sizes of sectors, by how the header names them.
_SECTORS = {9: 512, 12: 4096}
# What is smaller than this harms nobody, whatever its ratio.
_HARMLESS = 32 * 1024**2

# All that formats of workbooks allow. What Python unpacks besides is by old libraries of Pyodide, with known faults.
_PACKINGS = (ZIP_STORED, ZIP_DEFLATED)

_DOCUMENTS = ("word/document.xml", "ppt/presentation.xml", "visio/document.xml", "Index/Document.iwa")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."


def check_zip(source: Source) -> None:
    """Raise Refused unless a zip holds a workbook.

    `archive`, `document`, `not_a_table`, `zip_bomb`, `damaged_workbook` or `password`.
    """
    try:
        with source.open() as stream, ZipFile(stream) as archive:
            _check_members(archive)
    except (BadZipFile, EOFError, NotImplementedError, OSError, ValueError, zlib.error, StructError) as error:
        raise Refused("damaged_workbook") from error


def _check_members(archive: ZipFile) -> None:
    members = {member.filename.lstrip("/"): member for member in archive.infolist()}
    names = members.keys()
    is_workbook = any(name.lower() in ("xl/workbook.xml", "xl/workbook.bin") for name in names)
    if "mimetype" in names and not is_workbook:
        kind = _beginning(archive, members["mimetype"].filename)
        if kind.startswith(_OPEN_DOCUMENT):
            if not kind.startswith(_OPEN_DOCUMENT + b"spreadsheet"):
                raise Refused("document")
            is_workbook = True
            manifest = members.get("META-INF/manifest.xml")
            if manifest and b"encryption-data" in _beginning(archive, manifest.filename):
                raise Refused("password")
    if not is_workbook:
        if any(name.startswith("Index/") and name.endswith(".iwa") for name in names) or "Index.zip" in names:
            raise Refused("not_a_table")
        raise Refused("document" if any(name in names for name in _DOCUMENTS) else "archive")
    if any(member.flag_bits & 1 for member in members.values()):
        raise Refused("password")
    if any(member.compress_type not in _PACKINGS for member in archive.infolist()):
        raise Refused("damaged_workbook")
    if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
        raise Refused("zip_bomb")
    for member in archive.infolist():
        if member.file_size > max(_HARMLESS, MOST_RATIO * member.compress_size):
            raise Refused("zip_bomb")


def _beginning(archive: ZipFile, name: str) -> bytes:
    if archive.getinfo(name).compress_type not in _PACKINGS:
        raise Refused("damaged_workbook")
    with archive.open(name) as stream:
        return stream.read(PIECE)


def check_old_workbook(source: Source) -> None:
    """Raise Refused unless an Office file from before 2007 holds a workbook without a password.

    `document`, `not_a_table`, `damaged_workbook` or `password`.
    """
    with source.open() as stream:
        data = stream.read()
    try:
        streams = _streams(data)
    except (StructError, KeyError) as error:
        raise Refused("damaged_workbook") from error
    if "EncryptedPackage" in streams:
        raise Refused("password")
    place = streams.get("Workbook", streams.get("Book"))
    if place is None:
        raise Refused("document" if streams.keys() & {"WordDocument", "PowerPoint Document"} else "not_a_table")
    if _is_protected(data[place : place + 512]):
        raise Refused("password")


def _is_protected(beginning: bytes) -> bool:
    """Return whether a workbook's own record of a password is among its first ones ([MS-XLS] 2.4.117)."""
    place = 0
    while place + 4 <= len(beginning):
        record, size = unpack_from("<HH", beginning, place)
        if record == _FILE_PASS:
            return True
        place += 4 + size
    return False


def _streams(data: bytes) -> dict[str, int]:
    """Return the names in the directory of an Office file, with where each begins."""
    sector = _SECTORS[unpack_from("<H", data, 30)[0]]
    names: dict[str, int] = {}
    place, seen = unpack_from("<I", data, 48)[0], set[int]()
    while place < 0xFFFFFFFA and place not in seen:
        seen.add(place)
        start = (place + 1) * sector
        for entry in range(start, start + sector, 128):
            length = unpack_from("<H", data, entry + 64)[0]
            if 2 <= length <= 64:
                name = data[entry : entry + length - 2].decode("utf-16-le", "replace")
                names[name] = (unpack_from("<I", data, entry + 116)[0] + 1) * sector
        place = _next_sector(data, place, sector)
    return names


def _next_sector(data: bytes, place: int, sector: int) -> int:
    """Return which sector follows, by the table of sectors whose first 109 parts the header names."""
    part, entry = divmod(place, sector // 4)
    if part >= 109:
        return 0xFFFFFFFE
    table = unpack_from("<I", data, 76 + 4 * part)[0]
    return int(unpack_from("<I", data, (table + 1) * sector + 4 * entry)[0])
