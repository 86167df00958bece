"""Whether pages and messages use the words of the term base: `python -m tools.translation.term_check`.

Forms that the term base forbids must not occur, and where an English page uses a term at least twice, its
translations use their own word for it at least once. No name, and nothing that a term is also called, may stand for
two terms in a language. What is right all the same stands with its reason in `tools/translation/term_exceptions.toml`.

How the term base writes a form to avoid:

    주요 계정         these words. Korean: alone or with a particle, so that 폐쇄 is found in 폐쇄된 and not in 폐쇄적;
                      Japanese kanji: not within a longer word in kanji; Greek: whatever the case and the accents
    μολυβδ*           a stem, with any ending
    자격(리드 거래)   only in a line that also has one of the words in parentheses
"""

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from calculators.core.words.catalogue import LANGUAGES
from tools.texts.playbook_pages import DEFAULT_LANGUAGE
from tools.texts.prose import Line, prose_of
from tools.texts.termbase import Term, read_terms
from tools.texts.word_forms import fold, form_of
from tools.translation.translations import DOMAINS, PROJECT, TRANSLATED, read_messages

EXCEPTIONS = Path(__file__).with_name("term_exceptions.toml")
LEAST_USES = 2
_PARTICLES = (
    "은|는|이|가|을|를|의|에|로|와|과|도|만|나|란|율|된|되|될|됨|됐|하|한|할|함|합|했|해|시키|시킨|입|인|이다|일|였"
)


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What the check must let pass."""

    forbidden: frozenset[tuple[str, str]]
    """Page or "messages", and a part of the line."""
    unused: frozenset[tuple[str, str]]
    """Concept and page with its language: `ko/buyers/champion.md`."""
    everyday: frozenset[str]
    """Concepts whose English name is an everyday word too."""
    other_names: dict[tuple[str, str], list[str]]
    """By concept and language, names that are right in running text and not for the glossary."""
    shared: frozenset[tuple[str, str]] = frozenset()
    """Language and name that stands for more than one term."""


def read_exceptions(path: Path = EXCEPTIONS) -> Exceptions:
    """Return the exceptions; each must give its reason."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    entries = [entry for entries in data.values() for entry in entries]
    if without := [entry for entry in entries if not str(entry.get("reason", "")).strip()]:
        raise ValueError(f"{path.name}: no reason is given for {without[0]}")
    return Exceptions(
        forbidden=frozenset((entry["page"], entry["line"]) for entry in data.get("forbidden", ())),
        unused=frozenset((entry["concept"], page) for entry in data.get("unused", ()) for page in entry["pages"]),
        everyday=frozenset(entry["concept"] for entry in data.get("everyday", ())),
        other_names={(entry["concept"], entry["language"]): entry["names"] for entry in data.get("other_name", ())},
        shared=frozenset((entry["language"], fold(entry["name"])) for entry in data.get("shared", ())),
    )


def forbidden_pattern(form: str, language: str) -> re.Pattern[str]:
    """Return what finds a form to avoid in a folded line."""
    words, _, context = form.partition("(")
    parts = [re.escape(fold(word.rstrip("*"))) + (r"\w*" if word.endswith("*") else "") for word in words.split()]
    if language == "ko":
        # Korean spacing varies: 판매 유입 경로 is also written 판매유입경로.
        pattern = rf"(?<![가-힣]){r'\s*'.join(parts)}(?:(?![가-힣])|(?={_PARTICLES}))"
    elif language == "ja":
        kanji = re.fullmatch("[一-鿿]+", words)
        pattern = rf"(?<![一-鿿]){''.join(parts)}(?![一-鿿])" if kanji else "".join(parts)
    else:
        pattern = rf"(?<!\w){r'\s+'.join(parts)}(?!\w)"
    if context:
        others = "|".join(re.escape(fold(word)) for word in context.rstrip(")").split())
        pattern = rf"^(?=.*(?:{others})).*?(?P<form>{pattern})"
    return re.compile(pattern)


def forbidden_forms(lines: Iterable[Line], language: str) -> Iterator[tuple[Line, str, Term]]:
    """Yield each line with a form to avoid, the form and the term whose name it should have."""
    patterns = [
        (forbidden_pattern(form, language), form, term) for term in read_terms() for form in term.forbidden[language]
    ]
    for line in lines:
        folded = fold(line.text)
        yield from ((line, form, term) for pattern, form, term in patterns if pattern.search(folded))


def used_terms(lines: Iterable[Line]) -> set[tuple[str, ...]]:
    """Return what an English text names at least twice: the concept, or concepts, that have the name.

    A longer name hides the shorter ones in it: "lead scoring" is no use of "lead".
    """
    pattern, concepts = _english()
    found = (int((match.lastgroup or "")[1:]) for line in lines for match in pattern.finditer(fold(line.text)))
    return {concepts[index] for index, number in Counter(found).items() if number >= LEAST_USES}


@lru_cache(maxsize=1)
def _english() -> tuple[re.Pattern[str], list[tuple[str, ...]]]:
    """Return a pattern of all English names, longest first, and the concepts of each."""
    concepts: dict[str, tuple[str, ...]] = {}
    for term in read_terms():
        first, *others = term.variants("en")
        for name in (first, *(other for other in others if other.isupper())):
            concepts[fold(name)] = (*concepts.get(fold(name), ()), term.concept)
    names = sorted(concepts, key=len, reverse=True)
    pattern = "|".join(f"(?P<_{index}>{form_of(name, 'en')})" for index, name in enumerate(names))
    # Tried at the beginnings of words only, which is ten times faster.
    return re.compile(rf"(?<![\w-])(?:{pattern})"), [concepts[name] for name in names]


def uses(text: str, names: Iterable[str], language: str) -> bool:
    """Return whether a text has one of the names, in any form."""
    # In ASCII, a particle that follows Latin letters (MEDDIC은) is not taken for a part of the word.
    flags = re.NOFLAG if language == "el" else re.ASCII
    return any(re.search(form_of(name, language), fold(text), flags) for name in names)


def complaints(docs: Path, exceptions: Exceptions) -> Iterator[str]:
    """Yield a line for each form to avoid and each term that a page does not use."""
    terms = {term.concept: term for term in read_terms()}
    wanted = {
        page.relative_to(docs / "en").as_posix(): used_terms(_told(page)) for page in sorted(docs.glob("en/**/*.md"))
    }
    for language in (DEFAULT_LANGUAGE, *TRANSLATED):
        for path in sorted((docs / language).rglob("*.md")):
            page = path.relative_to(docs).as_posix()
            for line, form, term in forbidden_forms(prose_of(path.read_text(encoding="utf-8")), language):
                if not any(name == page and part in line.text for name, part in exceptions.forbidden):
                    yield f"{page}:{line.number}: “{form}”, where the term base says “{term.names[language]}”"
    for language in TRANSLATED:
        for path in sorted((docs / language).rglob("*.md")):
            page = path.relative_to(docs).as_posix()
            told = "\n".join(line.text for line in _told(path))
            for concepts in sorted(wanted.get(path.relative_to(docs / language).as_posix(), ())):
                if language not in terms[concepts[0]].languages:
                    continue
                names = [name for concept in concepts for name in terms[concept].variants(language)]
                names += [name for concept in concepts for name in exceptions.other_names.get((concept, language), ())]
                excepted = concepts[0] in exceptions.everyday or (concepts[0], page) in exceptions.unused
                if not excepted and not uses(told, names, language):
                    yield f"{page}: never says “{names[0]}”, the English page says “{concepts[0]}” at least twice"
        for line, form, term in forbidden_forms(_messages(language), language):
            if not any(name == "messages" and part in line.text for name, part in exceptions.forbidden):
                yield f"{language} messages: “{form}” for “{term.names[language]}” in: {line.text}"
    yield from _of_the_term_base(exceptions)


def _of_the_term_base(exceptions: Exceptions) -> Iterator[str]:
    """Yield a line for each form that it forbids and has itself, and each name that stands for two terms."""
    for term in read_terms():
        for language in term.languages:
            texts = (f"{term.names[language]}. {term.definitions[language]}", *term.also[language])
            said = [Line(0, text, in_sources=False) for text in texts]
            yield from (f"term base: “{form}” under “{term.concept}”" for _, form, _ in forbidden_forms(said, language))
    for language in LANGUAGES:
        named: dict[str, list[str]] = {}
        for term in read_terms():
            if language in term.languages:
                for name in dict.fromkeys(map(fold, (*term.variants(language), *term.also[language]))):
                    named.setdefault(name, []).append(term.concept)
        for name, concepts in named.items():
            if len(concepts) > 1 and (language, name) not in exceptions.shared:
                yield f"term base: “{name}” ({language}) stands for {', '.join(f'“{concept}”' for concept in concepts)}"


def _told(page: Path) -> list[Line]:
    """Return the lines of a page that are its own: titles of others do not count as use."""
    return [line for line in prose_of(page.read_text(encoding="utf-8")) if not line.in_sources]


def _messages(language: str) -> Iterator[Line]:
    for message in chain.from_iterable(read_messages(language, domain) for domain in DOMAINS):
        if message.id:
            strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
            yield from (Line(message.lineno or 0, str(text), in_sources=False) for text in strings if text)


def main() -> int:
    """Print what is wrong; the exit status is 1 if there is anything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, default=PROJECT / "docs", help="the folder of the pages")
    lines = list(complaints(parser.parse_args().docs, read_exceptions()))
    print("\n".join(lines) or "pages and messages use the words of the term base")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
