"""Checklists (`- [ ] …`): each box named by its item; above a page's first list, a control to keep the ticks."""

import re
from collections import Counter
from hashlib import sha256
from itertools import chain, repeat
from pathlib import Path

from calculators.core.words.catalogue import catalogue
from tools.pages.partials import partial

_LIST = '<ul class="task-list">'
# An item's own text ends where a paragraph, a list within it or the item itself does.
_ITEM = re.compile(
    r'(<li class="task-list-item">\s*(?:<p>)?)<input type="checkbox"([^>]*?)\s*/?>(.*?)(?=</p>|<ul|<ol|</li>)',
    re.DOTALL,
)
_SOURCE_ITEM = re.compile(r"^\s*[-*+] \[[ xX]\] +(.+)$", re.MULTILINE)
_ID_LENGTH = 8


def item_ids(original: Path) -> list[str]:
    """Return a name for each item of a page's checklists, from its words in the original: the same in every language.

    So a tick stays with its item when others are added, moved or removed. Empty where there is no original.
    """
    if not original.is_file():
        return []
    seen: Counter[str] = Counter()
    ids = []
    for words in _SOURCE_ITEM.findall(original.read_text(encoding="utf-8")):
        name = sha256(" ".join(words.split()).encode()).hexdigest()[:_ID_LENGTH]
        seen[name] += 1
        ids.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return ids


def label_checklists(html: str, language: str, ids: list[str]) -> str:
    """Make each item of a checklist the label of its box; the control's words are in `language`.

    `ids` name the items; those of a page that has other items than its original are not kept.
    """
    if _LIST not in html:
        return html
    names = iter(ids if len(ids) == len(_ITEM.findall(html)) else ())
    names = chain(names, repeat(""))
    html = _ITEM.sub(
        lambda match: (
            f'{match[1]}<label><input type="checkbox" data-tick="{next(names)}"{match[2]}>'
            f"<span>{match[3]}</span></label>"
        ),
        html,
    )
    control = partial("checklist_memory.html").render(_=catalogue(language).gettext)
    return html.replace(_LIST, control + _LIST, 1)
