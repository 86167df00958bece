"""Checklists (`- [ ] …`): each box named by its item; above a page's first list, a control to keep the ticks."""

import re

from calculators.core.catalogue import catalogue
from tools.partials import partial

_LIST = '<ul class="task-list">'
# An item's own text ends where a paragraph, a list within it or the item itself does.
_ITEM = re.compile(
    r'(<li class="task-list-item">\s*(?:<p>)?)<input type="checkbox"([^>]*?)\s*/?>(.*?)(?=</p>|<ul|<ol|</li>)',
    re.DOTALL,
)


def label_checklists(html: str, language: str) -> str:
    """Make each item of a checklist the label of its box; the control's words are in `language`."""
    if _LIST not in html:
        return html
    html = _ITEM.sub(r'\1<label><input type="checkbox" data-tick\2><span>\3</span></label>', html)
    control = partial("checklist_memory.html").render(_=catalogue(language).gettext)
    return html.replace(_LIST, control + _LIST, 1)
