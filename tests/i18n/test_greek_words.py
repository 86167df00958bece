"""What a Greek salesperson would stumble over.

Words that are heard as something else, two spellings of one word, articles before amounts, and values filled in where
a case is needed.
The term base holds the names of terms; its check compares without case and accents, so what differs in an accent alone
(ζημία, ζημιά), or is wrong only in this place (an article before a figure), stands here.
"""

import re
from collections.abc import Iterator

import pytest

from tests.support import PROJECT
from tools.texts.prose import prose_of
from tools.translation.translations import DOMAINS, read_messages

# What to say instead, and why.
WORDS = {
    r"\b(?:[Οο]ι|[Ττ]ις|[Σσ]τις) προμήθειες\b|ασφάλεια,? (?:και|ή) προμήθειες": "το τμήμα προμηθειών: commissions",
    r"\b[Οο]ν(?:ομάζ|όμασ|ομάσ)\w*": "λέει ποιος, μας είπε ποια: nobody baptizes an approval",
    r"\b[Ππ]ηδ(?:ά|ούν|ή)\w*": "κάνει άλμα, παρακάμπτει: the verb is a joke",
    r"\bκιόλας\b": "επίσης, μάλιστα: the word means already",
    r"\bβιασύνη\w*": "πίεση χρόνου: haste is the seller's",
    r"κόστο(?:ς|υς) παράδοσης": "κόστος παροχής",
    r"\b[Οο]ικονομικ\w+ αγοραστ\w+": "τελικός εγκρίνων: heard as a buyer who is cheap",
    r"\b[Ττ]αίριασμα\w*|\bταιριάσματ\w*": "καταλληλότητα",
    r"\bζημί(?:α|ας|ες)\b": "ζημιά",
    r"\bπέρυσι\w*": "πέρσι",
    r"\b[Αα]ποτυχαίν\w*": "αποτυγχάνω",
    r"\bλογιστικ\w+ φύλλ\w+": "υπολογιστικό φύλλο",
    r"\b(?:α)?στρογγυλ[εέ]\w*": "στρογγυλοποιώ",
    r"\bμέιλ\b|\be-mail": "email",
    # οι 10.000 επαναλήψεις is the article of what follows; an amount has none, or τα.
    r"\b(?:[Οο]ι|[Ττ]ις|[Σσ]τις)(?: \w+ες)? \d{1,3}(?:\.\d{3})+(?:,\d+)?(?! \w+(?:ες|εις|οι)\b)": "τα, or no article",
    r"^«[^«»]*»\.$|^(?!λέει|ρωτά|γράφει|απαντά)\w+ας?: «[^«»]*»\.$": "the stop of a whole speech stands inside",
}
# Amounts and lengths of time come from the reader: 1 μήνας has another form behind a preposition, and no article fits.
IN_A_CASE = {
    r"\b(?:[Οο]ι|[Ττ]ις|[Σσ]τις|[Ττ]α|[Σσ]τα|[Ττ]ων|τους) \{(?!=)": "no article before what is filled in",
    r"\b(?:[Αα]πό|[Ωω]ς|[Μμ]ε|[Σσ]ε|[Κκ]ατά|[Γγ]ια|[Μμ]έχρι|και|ή) "
    r"\{(?:value|low|high|place|target|before|at_low|at_high|payback_months|lifetime_months|lifetime_cap_months)\}": (
        "no preposition before what may be months: put it behind a colon"
    ),
}
MAIL = re.compile(r"\bμηνύμα\w*|\bμήνυμα\b", re.IGNORECASE)


def found_in(text: str, patterns: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with a text, and what to say instead."""
    for pattern, instead in patterns.items():
        if match := re.search(pattern, text):
            yield f"“{match[0]}” ({instead}): …{text[max(0, match.start() - 30) : match.end() + 30]}…"


def messages(domain: str) -> Iterator[str]:
    """Yield the Greek messages of a catalogue."""
    for message in read_messages("el", domain):
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        yield from (str(text) for text in strings if text and message.id)


def test_pages_say_what_salespeople_hear() -> None:
    """Sources too: they are described in Greek."""
    wrong = [
        f"{page.relative_to(PROJECT)}:{line.number}: {complaint}"
        for page in sorted((PROJECT / "docs/el").rglob("*.md"))
        for line in prose_of(page.read_text(encoding="utf-8"))
        for complaint in found_in(line.text, WORDS)
    ]
    assert wrong == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_messages_say_what_salespeople_hear(domain: str) -> None:
    """And no value is filled in where Greek needs a case."""
    assert [complaint for text in messages(domain) for complaint in found_in(text, WORDS | IN_A_CASE)] == []


def test_mail_is_not_called_a_message() -> None:
    """A μήνυμα is a text on the telephone, so a page has the word only where its English original says message."""
    for page in sorted((PROJECT / "docs/el").rglob("*.md")):
        english = (PROJECT / "docs/en" / page.relative_to(PROJECT / "docs/el")).read_text(encoding="utf-8")
        if not re.search(r"\bmessag", english, re.IGNORECASE):
            assert MAIL.findall(page.read_text(encoding="utf-8")) == [], page


@pytest.mark.parametrize(
    "text",
    [
        "Ρωτήστε πώς δουλεύουν οι προμήθειες.",
        "Νομικοί, ασφάλεια και προμήθειες ζητούν έγγραφα.",
        "Ο αγοραστής ονόμασε την ημερομηνία.",
        "Η αμοιβή πηδά από 825 σε 1.650.",
        "Το pipeline φτάνει τις 45.000.",
        "Κοστίζει σχεδόν τις ίδιες 30.000 και δεν φέρνει τίποτα.",
        "Η ζημία είναι μεγάλη.",
        "«Ακόμη τίποτα».",
    ],
)
def test_what_stumbles_is_found(text: str) -> None:
    """Each rule finds what it is for."""
    assert list(found_in(text, WORDS)) != []


@pytest.mark.parametrize(
    "text",
    [
        "Μισθοί, προμήθειες και ταξίδια.",
        "Ονόματα και ονομασίες σταδίων.",
        "Ξεκινούν οι 10.000 τυχαίες επαναλήψεις της.",
        "Αυτά τα 45.000 είναι όσα προσθέτετε.",
        "Λέει: «Ο τελευταίος μήνας ήταν 108.000».",
        "Αλίκη: «Ποια σταματά συχνότερα;»",
        "Ζημιά, πέρσι, αποτυγχάνει.",
    ],
)
def test_what_is_right_passes(text: str) -> None:
    """Commissions, names, and articles of the noun that follows."""
    assert list(found_in(text, WORDS)) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Με {value} γίνεται {result}.", True),
        ("Το pipeline δεν φτάνει τις {total_value}.", True),
        ("Πεδίο «{input}»: {value}.", False),
        ("Κάνουμε ένα από τα {=8} λάθη.", False),
    ],
)
def test_values_that_need_a_case_are_found(text: str, *, wrong: bool) -> None:
    """A value behind a colon or in parentheses is right in any form."""
    assert bool(list(found_in(text, IN_A_CASE))) is wrong
