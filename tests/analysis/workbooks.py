"""Workbooks of other kinds than xlsxwriter writes, made by hand, and ways to spoil one."""

import base64
import io
import struct
import zlib
from collections.abc import Callable, Iterable
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

# The end of a chain of sectors.
_LAST = 0xFFFFFFFE
SHEET = "xl/worksheets/sheet1.xml"

# What LibreOffice 7 made of a workbook with the sheets Cover, Deals and, hidden, Old: compressed, in base64.
_XLS = (
    "eNrtWFtsVEUY/ufs2e3ZsrTbAhULlBXl2gsFFIqKXbog4q0EUHhoItv2FAp7adpiwHhZRBJjJNHw4AuJIUF4UFBjog9opG8+eMFEHjQaCw9Egw"
    "/rPSTS9fv/M7s9u7akuxij0tl8c/nPzPz/zH+ZmT33WdXwsbdrL1BBuos8NJLxk89FU8CUbCNIZGjaSCaTyZIzk+k/la7qknVoQn9egHVeBliA"
    "HyjXOg7ocjL9f9JmSuI3SCFaTwmU/bSfikk1sBj3fBMZMzLBfhNNk/xL58/xm+O4B7iW/3PcZ/+fClQAlc4RQFVANTANmA7MEJsgugmYCdwM1A"
    "KzgNnAHKAOmAuEgFuAecCtwG3AfGABsBBYBCwGlgD1QAPQCDQBS4FmvZblumTcgfpK3W5BuXoyZl0z+S1o0eelM1M/ZpWL7i/AIt4yh8QuLgId"
    "1Me2EYnGukL/VGoTGaKKZTgLI12jfLBVA3Z6FHkFvSlf3pd8jVggUphCLdqqtxthkf+w5PMkr0Cu6D0Z85VQlsEWvxZLf0kcQVGZilCUYtRLnY"
    "iFvehRSx+xjz0jPdhD1Fr5wr2u72tzHm/4k3pYYnESnrEFfRI0gFqE7qcHhBKhOjNAx9k3N9gJuz8aqzMr6TX2z+7upfH40v1IdWYNnWC3HCV1"
    "hHbtujMerzP9dJIV2dzUPH9YvPU4/ZoJuSLD2RDTWRyh/zIxulEknW44+nHs3Vj7XO/0TxfSF49DbxiHvmQcun9MOsFmRB6zkH5iHPrJv9CPGG"
    "ikKMNlMOWRsirlk7I6ZUo5LVUm5fSUN7NDvO4Qzo8zXvEEiiQft/uZkCxzCOvsaGzgEE6aSDl7sIfaY90vgqfCb0hZANHWw4ou024+ftKdIoov"
    "zccEn02mPsY8+ljLHm3KRVtBU9IcLD6E21l0QOF4s86qMPIw1f0YdA44C5NZOMCs3+GTf9AeOfgCTnDcbPcl+wfBiqVFe208uTcxiEoklhywu/"
    "Fhi20nUGyODtrgui2ZsMhv0Ab4/W/0LdnYx47z8VNOrPWyUG3APmA/8EQG3hygRq/DsMuaAYzazQxdGnwkO6E7mBe6A1hxN3aHA12VrD6IdTZG"
    "Zl++uLK29TGhp2h0xvmsRmpQB/BlyFwiI+olf1b6Zo/0g0J7TvIFGL+zh9Ol1oWu+qLcvN+1LnbVjyH8+iEViSYNcGtQMwO+g0M7hluzpaJH8M"
    "Wip2TZpF6wKvVKK3LXFCe3jKCuN2hiJV2VK4pzKSH6gTbxDqTvc1aftrLjTe7hSTdLT1PsBi6SDo5xRTKoXMbxGLbXe4xqetfnnDFEd8tq+DJT"
    "KZaVE5BoJwxnp+WeSGWvZTeazpxo4XPpzOfSGdPUGDRPAW1Ut0xyWkp2K9sytBaclod1m2uZaHlzLS9aPt1SMicr4QNcH5TMefn5MuxczTmDLx"
    "pYBQehGuF+OnUp7FBMudpKEGz14YqrZFYl82Wv1QbNUczDIzwszcMjPNrmsnY+/YJ5PG1wH57RJ6ueiZZXrzRvtjybDrlt2irBpi2XTdOkTRcf"
    "hzwum/aMaav+PFstz7PVKQUxqtmtz0AJ+gz8vfosKim8rjzlzhs0aBmOYzif7uU330O9Xf3JgWTPYGj9vi47Flq9qnFrtNOOxWyxk7benp6W63"
    "n7KueMLzmNZEiMYYx5afjQqz9dad8VfP1li+oXvvMlK+VJbeD8vUW/j8N64x7U7+Tt+rrQrd/Lffoi8v1V5+1r6Ldr2MWvsJ76+fNTValvlLte"
    "jPxMMc5/cv5o06zgkVcgf8OV0+s4BBbQOvQ7PXthCrpk3aRNnfRbPbtmQ8uYvWDxmtf29T1q9w/0JhP5a2UzW7a8qRmJJtO/L/2d//+J/RTEgL"
    "HGsE2lnHhK28C9H1fsTpFjT9HyV5Mh9mbq/8EmOm5aIOvnEfCNw0fbIcPukvh7XP/BTWTMMmBjLs60UwyvglJTOfgX+//fCv1fnfPs2kJ7sf44"
    "RUX3G2EFPaITpgxSL+qJa8y1SPP3FrH/twNv5PivA4cukcEWCyxOnpYS1r/Kxf9G///3T21RWyY="
)

_ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
  xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="Deals"><table:table-row>
<table:table-cell office:value-type="string"><text:p>Deal</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Amount</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Closed</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/></table:table-row>
<table:table-row>
<table:table-cell office:value-type="string"><text:p>Größe</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="1234.5"><text:p>1.234,50</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2026-03-04"><text:p>04.03.26</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
_ODS_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{}</manifest:file-entry>
</manifest:manifest>"""


def xls() -> bytes:
    """Return a workbook of Excel 97."""
    return zlib.decompress(base64.b64decode("".join(_XLS)))


def ods(*, is_encrypted: bool = False, kind: str = "spreadsheet") -> bytes:
    """Return a workbook of OpenDocument, or another of its kinds."""
    encryption = "<manifest:encryption-data/>" if is_encrypted else ""
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            # The library takes no blanks between tags.
            "content.xml": _ODS_CONTENT.replace("\n", "").replace(">  <", "><"),
            "META-INF/manifest.xml": _ODS_MANIFEST.format(encryption),
        }
    )


def xlsx(rows: Iterable[Iterable[object]] = (("Deal", "Amount", "Owner"), ("A", 1, "x"))) -> bytes:
    """Return a workbook with one sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Deals")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Return a zip of parts."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def changed(workbook: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Return a workbook with one part of it written anew."""
    with ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, part: change(parts[part].decode())})


def compound(streams: dict[str, bytes]) -> bytes:
    """Return an Office file from before 2007 with these streams, 4096 bytes or more, in sectors of 512."""
    # Sector 0 is the table of sectors, 1 the directory of up to four entries, then come the streams.
    table, sectors = [0xFFFFFFFD, _LAST], b""
    entries = [_entry("Root Entry", 5, _LAST, 0)]
    for name, content in streams.items():
        entries.append(_entry(name, 2, len(table), len(content)))
        table += [*range(len(table) + 1, len(table) + len(content) // 512), _LAST]
        sectors += content
    entries += [_entry("", 0, 0, 0)] * (4 - len(entries))
    table += [0xFFFFFFFF] * (128 - len(table))
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, _LAST, 0, _LAST, 0, 0)
    header[80:512] = b"\xff" * 432
    return bytes(header) + struct.pack("<128I", *table) + b"".join(entries) + sectors


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, 1 if kind == 5 else 0xFFFFFFFF)
    return (
        written.ljust(64, b"\0") + struct.pack("<H", len(written)) + links + bytes(36) + struct.pack("<IQ", first, size)
    )
