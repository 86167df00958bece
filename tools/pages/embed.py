"""One bare page for each calculator and language, to stand in a frame on another site: `embed/<calculator>/`."""

from pathlib import Path

from calculators.core.running.calculator import all_calculators
from calculators.core.words.catalogue import LANGUAGES, catalogue
from tools.pages.assets import Manifest
from tools.pages.content_policy import with_policy
from tools.pages.form import render_form
from tools.pages.partials import partial
from tools.texts.playbook_pages import folder_of, url_of


def write_pages(site: Path, site_names: dict[str, str]) -> None:
    """Write the pages into a built site, whose theme's styles they use; `site_names` by language."""
    template = partial("embed.html")
    manifest = Manifest.read()
    theme_styles = sorted(f"assets/stylesheets/{file.name}" for file in (site / "assets/stylesheets").glob("*.min.css"))
    for language in LANGUAGES:
        for calculator in all_calculators().values():
            folder = site / folder_of(language) / "embed" / calculator.id
            folder.mkdir(parents=True, exist_ok=True)
            html = template.render(
                _=catalogue(language).gettext,
                asset=manifest.address,
                script=manifest.script,
                calculator=calculator,
                form=render_form(calculator.id, language, "calculator"),
                language=language,
                page_url=folder_of(language) + url_of(calculator.page),
                root="../" * len(folder.relative_to(site).parts),
                site_name=site_names[language],
                theme_styles=theme_styles,
            )
            (folder / "index.html").write_text(with_policy(html), encoding="utf-8")
