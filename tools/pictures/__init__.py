"""Pictures of the pages, drawn when the site is built: one source for all languages, narrow and wide.

    ```picture
    name: buyer-phases
    ```

A picture is a module of this folder with a `PICTURE`; its texts are messages like those of the calculators.
"""

import re
from html import escape
from itertools import count

from calculators.core.numbers.numerals import numerals
from calculators.core.words.catalogue import catalogue
from tools.pictures import (
    buyer_phases,
    buying_jobs,
    funnel_and_pipeline,
    littles_law,
    marginal_and_retroactive,
    pain_funnel,
    pursuit_over_time,
    qualification_frameworks,
    stages,
    three_stages_of_a_call,
)
from tools.pictures.drawing import NARROW, WIDE, Drawing, Picture

PICTURES: dict[str, Picture] = {
    module.__name__.rpartition(".")[2].replace("_", "-"): module.PICTURE
    for module in (
        buyer_phases,
        buying_jobs,
        funnel_and_pipeline,
        littles_law,
        marginal_and_retroactive,
        pain_funnel,
        pursuit_over_time,
        qualification_frameworks,
        stages,
        three_stages_of_a_call,
    )
}
_EMPTY = re.compile(r'<div data-picture="([\w-]+)"></div>')


def fill_pictures(html: str, language: str) -> str:
    """Replace each empty picture of a page by its drawings in a language."""
    numbers = count(1)
    return _EMPTY.sub(lambda match: render_picture(match[1], language, f"picture-{next(numbers)}"), html)


def render_picture(name: str, language: str, key: str) -> str:
    """Return a picture's figure; `key` begins the ids inside it and is unique on the page."""
    picture = PICTURES[name]
    gettext = catalogue(language).gettext
    figures = picture.figures(numerals(language))
    title, description, caption = (
        gettext(message).format(**figures) for message in (picture.title, picture.description, picture.caption)
    )
    drawings = "\n".join(drawn(name, language, width).svg(key, title, description) for width in (NARROW, WIDE))
    return (
        f'<figure class="picture" lang="{language}">\n{drawings}\n'
        f"<figcaption>{escape(caption, quote=False)}</figcaption>\n</figure>"
    )


def drawn(name: str, language: str, width: float) -> Drawing:
    """Return a picture drawn in a language for a width."""
    drawing = Drawing(language, width)
    PICTURES[name].draw(drawing)
    return drawing
