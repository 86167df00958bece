"""MkDocs events, each handed to a function of this folder.

Keep it glue: another site builder should cost this file and no other. static-i18n builds all languages in one process,
so nothing is remembered between events; the language being built is always `config.theme["language"]`.
"""

from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from calculators.core.catalogue import catalogue
from tools import assets, not_found, search_index
from tools.form import fill_calculators
from tools.headings import name_permalinks
from tools.page_translation import translation_of

# static-i18n works at priority -100, and builds the other languages there.
AFTER_I18N = -150


def _language(config: MkDocsConfig) -> str:
    return str(config.theme["language"])


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave the bundles' sources out of the site."""
    for file in assets.sources_among(files, Path(str(config.theme.custom_dir))):
        files.remove(file)
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the templates `_` for their words and `asset` for the addresses of the bundles."""
    del files
    env.globals["_"] = catalogue(_language(config)).gettext
    env.globals["asset"] = assets.Manifest.read().address
    return env


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill in what depends on the language of the page: calculators, names of permalinks."""
    del page, files
    _ = catalogue(_language(config)).gettext
    return name_permalinks(fill_calculators(html, _language(config)), _("Link to this section"))


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object) -> dict[str, Any]:
    """Tell the templates how the page stands to its English original."""
    del nav
    context["translation"] = translation_of(page, config)
    return context


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Keep a 404 page for each language."""
    if template_name == "404.html" and _language(config) != config.extra["default_language"]:
        not_found.write(output_content, Path(config.site_dir), _language(config))
        return ""  # so that the page of the default language stays at the root
    return output_content


@event_priority(AFTER_I18N)
def on_post_build(config: MkDocsConfig) -> None:
    """Finish the site, once all languages are built."""
    i18n = config.plugins["i18n"]
    if i18n.building:  # type: ignore[attr-defined]  # one language of several; the plugin has no types
        return
    site = Path(config.site_dir)
    assets.publish(site)
    search_index.split_by_language(site, i18n.build_languages, config.extra["default_language"])  # type: ignore[attr-defined]
