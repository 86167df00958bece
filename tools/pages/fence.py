"""The Markdown fences of the playbook: a calculator, the analyser, a gallery, a quiz, a glossary, the SQL of figures.

    ```calculator
    name: sales-velocity
    ```

A formatter leaves an empty element, which is filled once the page's language
is known (form.py, analyser.py, answer_key.py, my_numbers.py, offline.py, licences.py, gallery.py, quiz.py, glossary.py,
sources.py, warehouse.py): a Markdown extension cannot know it.
"""

import json
from html import escape
from typing import Any

import yaml

from calculators.core.running.calculator import GROUPS, all_calculators
from calculators.warehouse.sentences import FIGURES
from tools.pictures import PICTURES

_ELEMENT = "playbook-calculator"
_ANALYSER = "playbook-analyser"
_ANSWERS = "playbook-answer-key"
_NUMBERS = "playbook-numbers"
_OFFLINE = "playbook-offline"
_LICENCES = "playbook-licences"
_SQL = "playbook-sql"


class FenceError(ValueError):
    """A fence that cannot be understood: the build stops with this sentence."""


def validate_fence(_language: str, inputs: dict[str, str], *_further: Any) -> bool:
    """Accept a fence without options: everything it says stands inside it."""
    return not inputs


def format_calculator(
    source: str, _language: str, _css_class: str, _options: dict[str, Any], md: Any, **_further: Any
) -> str:
    """Return the empty element for the calculator that the fence names; raises FenceError."""
    name = _only_entry(source, "name")
    if name not in all_calculators():
        known = ", ".join(all_calculators())
        raise FenceError(f"no calculator is called {name!r}: the calculators are {known}")
    if _ELEMENT not in md.block_level_elements:
        # Otherwise Markdown puts it into a paragraph, which no form may stand in.
        md.block_level_elements.append(_ELEMENT)
    return f'<{_ELEMENT} name="{escape(name)}"></{_ELEMENT}>'


def format_analyser(
    source: str, _language: str, _css_class: str, _options: dict[str, Any], md: Any, **_further: Any
) -> str:
    """Return the empty element of the analyser, of which a page has one; raises FenceError."""
    return _empty_element(_ANALYSER, source, md)


def format_answers(
    source: str, _language: str, _css_class: str, _options: dict[str, Any], md: Any, **_further: Any
) -> str:
    """Return the empty element that runs the answer key, of which a page has one; raises FenceError."""
    return _empty_element(_ANSWERS, source, md)


def format_numbers(
    source: str, _language: str, _css_class: str, _options: dict[str, Any], md: Any, **_further: Any
) -> str:
    """Return the empty element of the reader's numbers, of which a page has one; raises FenceError."""
    return _empty_element(_NUMBERS, source, md)


def format_offline(
    source: str, _language: str, _css_class: str, _options: dict[str, Any], md: Any, **_further: Any
) -> str:
    """Return the empty element that takes a language along, of which a page has one; raises FenceError."""
    return _empty_element(_OFFLINE, source, md)


def format_licences(
    source: str, _language: str, _css_class: str, _options: dict[str, Any], md: Any, **_further: Any
) -> str:
    """Return the empty element of the list of licences, of which a page has one; raises FenceError."""
    return _empty_element(_LICENCES, source, md)


def format_warehouse(
    source: str, _language: str, _css_class: str, _options: dict[str, Any], md: Any, **_further: Any
) -> str:
    """Return the empty element for the SQL of a figure; raises FenceError."""
    figure = _only_entry(source, "figure")
    if figure not in FIGURES:
        raise FenceError(f"no figure on a page is called {figure!r}: the figures are {', '.join(FIGURES)}")
    if _SQL not in md.block_level_elements:
        md.block_level_elements.append(_SQL)
    return f'<{_SQL} figure="{escape(figure)}"></{_SQL}>'


def _empty_element(name: str, source: str, md: Any) -> str:
    if source.strip():
        raise FenceError(f"the fence of {name} is empty, and holds no {source!r}")
    if name not in md.block_level_elements:
        md.block_level_elements.append(name)
    return f"<{name}></{name}>"


def format_gallery(
    source: str, _language: str, _css_class: str, _options: dict[str, Any], _md: Any, **_further: Any
) -> str:
    """Return the empty element for a group of calculators; raises FenceError."""
    group = _only_entry(source, "group")
    if group not in GROUPS:
        raise FenceError(f"no group of calculators is called {group!r}: the groups are {', '.join(GROUPS)}")
    return f'<div data-gallery="{escape(group)}"></div>'


def format_quiz(
    source: str, _language: str, _css_class: str, _options: dict[str, Any], _md: Any, **_further: Any
) -> str:
    """Return the empty element that carries the questions; raises FenceError."""
    return f'<div data-quiz="{escape(json.dumps(read_quiz(source), ensure_ascii=False))}"></div>'


def read_quiz(source: str) -> list[dict[str, Any]]:
    """Return the questions of a quiz fence, each with `answers`, of which one is `right`; raises FenceError."""
    questions = _yaml(source)
    if not isinstance(questions, list) or not questions:
        raise FenceError("a quiz is a list of questions: `- question: …`, `answers:`, `explanation: …`")
    for question in questions:
        if not isinstance(question, dict) or set(question) != {"question", "answers", "explanation"}:
            raise FenceError(f"a question of a quiz has question, answers and explanation, not: {question!r}")
        name, answers = question["question"], question["answers"]
        if not isinstance(answers, list) or len(answers) < 2:
            raise FenceError(f"the question {name!r} needs two answers or more")
        for answer in answers:
            if not isinstance(answer, dict) or not {"answer"} <= set(answer) <= {"answer", "right"}:
                raise FenceError(f"an answer to {name!r} has `answer`, and `right: true` if it is right: {answer!r}")
        texts = [name, question["explanation"], *(answer["answer"] for answer in answers)]
        for text in texts:
            if not isinstance(text, str) or not text.strip():
                raise FenceError(f"what stands in a quiz is text, in quotes if it looks like a number: {text!r}")
        for answer in answers:
            answer.setdefault("right", False)
        if [answer["right"] for answer in answers].count(True) != 1:
            raise FenceError(f"the question {name!r} needs exactly one answer with `right: true`")
    return questions


def format_glossary(
    source: str, _language: str, _css_class: str, _options: dict[str, Any], _md: Any, **_further: Any
) -> str:
    """Return the empty element for the terms of the term base; raises FenceError."""
    return _list_of(source, "glossary", "terms")


def format_sources(
    source: str, _language: str, _css_class: str, _options: dict[str, Any], _md: Any, **_further: Any
) -> str:
    """Return the empty element for the sources of all pages; raises FenceError."""
    return _list_of(source, "sources", "pages")


def _list_of(source: str, name: str, content: str) -> str:
    if (found := _only_entry(source, "of")) != content:
        raise FenceError(f"the fence {name} knows `of: {content}` only, not: {found!r}")
    return f"<div data-{name}></div>"


def _yaml(source: str) -> Any:
    try:
        return yaml.safe_load(source)
    except yaml.YAMLError as error:
        raise FenceError(f"a fence cannot be read: {error}") from error


def format_picture(
    source: str, _language: str, _css_class: str, _options: dict[str, Any], _md: Any, **_further: Any
) -> str:
    """Return the empty element for a picture; raises FenceError."""
    name = _only_entry(source, "name")
    if name not in PICTURES:
        raise FenceError(f"no picture is called {name!r}: the pictures are {', '.join(PICTURES)}")
    return f'<div data-picture="{escape(name)}"></div>'


def _only_entry(source: str, key: str) -> str:
    """Return the value of a fence that holds one line, `key: value`."""
    named = _yaml(source)
    if not isinstance(named, dict) or set(named) != {key}:
        raise FenceError(f"this fence holds one line, `{key}: …`, not: {source!r}")
    return str(named[key])
