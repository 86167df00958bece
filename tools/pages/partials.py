"""Templates of `overrides/partials/` that are filled outside MkDocs' own rendering of a page."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

PARTIALS = Path(__file__).resolve().parents[2] / "overrides" / "partials"


@cache
def environment() -> Environment:
    """Return the environment: what a template asks for must be there, and is escaped."""
    return Environment(loader=FileSystemLoader(PARTIALS), autoescape=True, undefined=StrictUndefined)


def partial(name: str) -> Template:
    """Return a template by its file name."""
    return environment().get_template(name)
