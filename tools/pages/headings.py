"""The links after headings, with a name a screen reader can say in the page's language."""

from html import escape

_PERMALINK = 'class="headerlink"'


def name_permalinks(html: str, name: str) -> str:
    """Name the permalinks of a page: Python-Markdown knows one title for all languages, and shows only a sign."""
    name = escape(name)
    return html.replace(_PERMALINK, f'{_PERMALINK} title="{name}" aria-label="{name}"')
