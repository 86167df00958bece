"""How sentences follow each other and periods are written, in the reader's language."""

import re
from collections.abc import Callable, Iterable

from calculators.core.words.messages import _

_PERIOD = re.compile(r"(\d{4})-(?:Q([1-4])|(\d{2}))")
_QUARTER = _("Q{quarter} {year}")
_MONTH = _("{month}/{year}")
# As people and their programs call them.
_ENCODINGS = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32", "cp1250": "Windows-1250", "cp1251": "Windows-1251", "cp1252": "Windows-1252",
    "cp1253": "Windows-1253", "iso8859-7": "ISO 8859-7", "cp932": "Shift_JIS", "euc_jp": "EUC-JP", "cp949": "EUC-KR",
}  # fmt: skip
_FURTHER = _("{sentence} {further}")


def joined(sentences: Iterable[str], gettext: Callable[[str], str]) -> str:
    """Return sentences one behind the other; empty ones are left out."""
    whole = ""
    for sentence in filter(None, sentences):
        whole = gettext(_FURTHER).format(sentence=whole, further=sentence) if whole else sentence
    return whole


def period_text(name: str, gettext: Callable[[str], str]) -> str:
    """Return a period of the contract ("2017-Q4", "2017-10") as people write it; anything else as it is."""
    matched = _PERIOD.fullmatch(name)
    if not matched:
        return name
    if matched[2]:
        return gettext(_QUARTER).format(year=matched[1], quarter=matched[2])
    return gettext(_MONTH).format(year=matched[1], month=matched[3])
