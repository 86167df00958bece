"""Where the playbook's pages stand in the site."""

from calculators.core.words.catalogue import LANGUAGES

DEFAULT_LANGUAGE = LANGUAGES[0]


def folder_of(language: str) -> str:
    """Return the folder of a language in the site: "" for the one at the root, else "ko/"."""
    return "" if language == DEFAULT_LANGUAGE else f"{language}/"


def url_of(page: str) -> str:
    """Return the address of a page (`metrics/win-rate.md`) within the folder of a language."""
    return page.removesuffix(".md").removesuffix("index").rstrip("/") + "/" if page != "index.md" else ""
