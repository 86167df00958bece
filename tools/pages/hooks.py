"""MkDocs events, each handed to a function of this folder.

Keep it glue: another site builder should cost this file and no other. static-i18n builds all languages in one process,
so nothing is remembered between events; the language being built is always `config.theme["language"]`.
"""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from calculators.core.words.catalogue import catalogue
from tools.pages import (
    answer_key,
    app,
    assets,
    embed,
    error_pages,
    licences,
    offline,
    plain_pages,
    search_index,
    share_pictures,
    theme_script,
    warehouse,
)
from tools.pages.analyser import fill_analysers
from tools.pages.checklists import item_ids, label_checklists
from tools.pages.content_policy import with_policy
from tools.pages.form import fill_calculators
from tools.pages.gallery import fill_galleries
from tools.pages.glossary import PAGE as GLOSSARY
from tools.pages.glossary import fill_glossary, glossary_address
from tools.pages.headings import name_permalinks
from tools.pages.jump_links import add_jump_links
from tools.pages.my_numbers import fill as fill_numbers
from tools.pages.quiz import fill_quizzes
from tools.pages.reading_time import add_reading_time
from tools.pages.sources import fill_sources
from tools.pages.tables import lay_out_tables
from tools.pages.terms import mark_terms
from tools.pictures import fill_pictures
from tools.texts.playbook_pages import folder_of, url_of
from tools.translation import languages
from tools.translation.page_translation import translation_of

# static-i18n works at priority -100, and builds the other languages there.
AFTER_I18N = -150
_COMPILED_TEMPLATES = Path(__file__).resolve().parents[2] / "build" / "templates"


def _language(config: MkDocsConfig) -> str:
    return str(config.theme["language"])


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give the theme's language switcher the languages."""
    config.extra["alternate"] = languages.links(config.plugins["i18n"].config.languages)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out of the site what no page asks for, and put the archive of the answer key in."""
    for file in assets.unused_among(files, Path(str(config.theme.custom_dir))):
        files.remove(file)
    files.append(assets.answer_key_archive(config))
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the templates `_` and `words_in` for their words, `asset` and `app` for the addresses of what we make."""
    del files
    # Jinja compares them with the templates themselves.
    _COMPILED_TEMPLATES.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(_COMPILED_TEMPLATES))
    env.globals["_"] = catalogue(_language(config)).gettext
    env.globals["open_graph_locale"] = share_pictures.locale_of
    env.globals["words_in"] = lambda language: catalogue(language).gettext
    env.globals["app"] = app.addresses(_language(config))
    manifest = assets.Manifest.read()
    env.globals["asset"] = manifest.address
    env.globals["script"] = manifest.script
    return env


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill in what depends on the language of the page: calculators, galleries, names of permalinks."""
    language = _language(config)
    html = licences.fill(_add_reading_aids(html, page, config, files), language, page.url)
    html = lay_out_tables(answer_key.fill(html, language, page.url))
    _ = catalogue(language).gettext
    is_home = _path_in_language(page) == "index.md"
    html = fill_calculators(html, language, page.url, waits=is_home)
    html = fill_galleries(fill_numbers(html, language, page.url), language, page.url)
    html = offline.fill(fill_analysers(html, language, page.url), language)
    html = warehouse.fill(html, language, page.url)
    html = fill_pictures(html, language)
    return name_permalinks(html, _("Link to this section"))


def _path_in_language(page: Page) -> str:
    path: str = getattr(page.file, "norm_src_uri", page.file.src_uri)
    return path


def _add_reading_aids(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Add what helps to read a page, in the language of its text: English until it is translated."""
    written_in: str = getattr(page.file, "locale", _language(config))
    path = _path_in_language(page)
    folder, docs = folder_of(_language(config)), Path(config.docs_dir)
    html = add_jump_links(add_reading_time(html, written_in, path), written_in)
    glossary = glossary_address(_language(config))
    if path != GLOSSARY and any(file.url == glossary for file in files):
        html = mark_terms(html, written_in, path, get_relative_url(glossary, page.url))
    html = fill_glossary(html, written_in, folder, page.url, docs)
    html = fill_sources(html, written_in, folder, page.url, docs)
    ids = item_ids(docs / str(config.extra["default_language"]) / path)
    return fill_quizzes(label_checklists(html, written_in, ids), written_in)


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object) -> dict[str, Any]:
    """Tell the templates how the page stands to its English original and others; draw its picture for sharing."""
    del nav
    context["translation"] = translation_of(page, config)
    context["offered_languages"] = languages.others_of(page.file, _language(config))
    written_in: str = getattr(page.file, "locale", _language(config))
    picture = share_pictures.picture_of(page, page.content or "", written_in, config.site_name)
    picture.publish(Path(config.site_dir))
    context["share_picture"] = picture
    context["contribute_page"] = folder_of(_language(config)) + url_of("about/contribute.md")
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Bound what the page may load and run."""
    del page, config
    return with_policy(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Keep the error pages of each language."""
    if template_name not in error_pages.NAMES:
        return output_content
    html = with_policy(output_content)
    if _language(config) != config.extra["default_language"]:
        error_pages.write(html, template_name, Path(config.site_dir), _language(config))
        return ""  # so that the page of the default language stays at the root
    return html


@event_priority(AFTER_I18N)
def on_post_build(config: MkDocsConfig) -> None:
    """Finish the site, once all languages are built."""
    i18n = config.plugins["i18n"]
    if i18n.building:  # type: ignore[attr-defined]  # one language of several; the plugin has no types
        return
    site = Path(config.site_dir)
    theme_script.mend(site)
    # MkDocs writes the time into it, and nobody is told of it.
    (site / "sitemap.xml.gz").unlink()
    assets.publish(site)
    assets.publish_samples(site)
    licences.write(site)
    answer_key.write(site)
    warehouse.write(site)
    # The plugin leaves the settings as the last language had them, and keeps the common ones itself.
    common = {**config, **i18n.original_configs}  # type: ignore[attr-defined]
    names = {language.locale: language.site_name or common["site_name"] for language in i18n.config.languages}
    descriptions = {
        language.locale: language.site_description or common["site_description"] for language in i18n.config.languages
    }
    app.write(site, names, descriptions, str(config.site_url))
    embed.write_pages(site, names)
    plain_pages.write(
        site,
        Path(config.docs_dir),
        str(config.site_url),
        (common["site_name"], common["site_description"]),
        config.nav or [],
        i18n.config.languages,
    )
    search_index.split_by_language(site, i18n.build_languages, config.extra["default_language"])  # type: ignore[attr-defined]
    offline.write(site, assets.Manifest.read(), is_wanted=bool(common["extra"]["offline"]))
