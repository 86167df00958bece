"""The Markdown fence that names a calculator.

    ```calculator
    name: sales-velocity
    ```

The formatter leaves an empty element; `tools.form` fills it once the page's
language is known, which a Markdown extension cannot know.
"""

from html import escape
from typing import Any

import yaml

from calculators.core.calculator import all_calculators

_ELEMENT = "playbook-calculator"


class FenceError(ValueError):
    """A fence that names no calculator: the build stops with this sentence."""


def validate_calculator(_language: str, inputs: dict[str, str], *_further: Any) -> bool:
    """Accept a fence without options: everything it says stands inside it."""
    return not inputs


def format_calculator(
    source: str, _language: str, _css_class: str, _options: dict[str, Any], md: Any, **_further: Any
) -> str:
    """Return the empty element for the calculator that the fence names; raises FenceError."""
    try:
        named = yaml.safe_load(source)
    except yaml.YAMLError as error:
        raise FenceError(f"a calculator fence cannot be read: {error}") from error
    if not isinstance(named, dict) or set(named) != {"name"}:
        raise FenceError(f"a calculator fence holds one line, `name: <calculator>`, not: {source!r}")
    if named["name"] not in all_calculators():
        known = ", ".join(all_calculators())
        raise FenceError(f"no calculator is called {named['name']!r}: the calculators are {known}")
    if _ELEMENT not in md.block_level_elements:
        # Otherwise Markdown puts it into a paragraph, which no form may stand in.
        md.block_level_elements.append(_ELEMENT)
    return f'<{_ELEMENT} name="{escape(named["name"])}"></{_ELEMENT}>'
