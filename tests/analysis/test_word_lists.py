"""The lists of words: each word says one thing, or the reason why it says two is here."""

import csv
from pathlib import Path
from typing import get_args

import pytest

from calculators.analysis.gate import words as word_lists
from calculators.analysis.gate.kinds import header_roles
from calculators.analysis.gate.outcomes import Meaning
from calculators.analysis.gate.roles import ROLES
from calculators.analysis.gate.words import folded, is_empty, meaning_of

LISTS = Path(word_lists.__file__).parent
LANGUAGES = {"en", "ko", "ja", "el", "de", "fr", "es", "pt", "it", "ru"}
SYSTEMS = {
    "salesforce", "hubspot", "pipedrive", "zoho", "dynamics", "freshsales", "close", "monday", "bitrix24", "espocrm",
    "sugarcrm", "warehouse",
}  # fmt: skip
# What the lists know besides the contract's roles; words.py says what each is for.
OWN_ROLES = {
    "is_won", "is_lost", "is_open", "is_closed", "is_deleted", "date_won", "date_lost", "estimated_amount",
    "actual_amount", "weighted_amount", "converted_amount", "modified", "days_in_stage", "stage_entered",
    "from_stage", "to_stage", "field_changed", "other",
}  # fmt: skip

A_DAY = "only what stands beside it says which day it is; a history has but the day of the change"
TOUCHED = "in a list of deals when the row was last touched, in a history of stages when the stage was entered"
STATUS = "how the deal ended, or, where no other column holds them, the stages themselves"
WHETHER = "the status in words, or a yes and no: the header asks whether"
FLAG_OR_DAY = "yes or no, or the day on which it happened"
TWO_AMOUNTS = "the amount itself in some systems, amount × probability in others"
AMBIGUOUS = {
    "Date": A_DAY, "날짜": A_DAY, "日付": A_DAY, "Ημερομηνία": A_DAY, "Datum": A_DAY, "Fecha": A_DAY, "Data": A_DAY,
    "Дата": A_DAY,
    "Created Date": "of a deal its creation; of a row of Salesforce's history the change of stage",
    "Created Time": "of a deal its creation; of a row of Bitrix24's history the change of stage",
    "Date Entered": "SugarCRM's name for the creation; in a history the change of stage",
    "Moved Time": "Bitrix24's last change of stage: for a closed deal the day it closed",
    "Last Modified": TOUCHED, "Modified Time": TOUCHED, "Edit Date": TOUCHED, "변경일": TOUCHED, "変更日": TOUCHED,
    "Geändert am": TOUCHED, "Änderungsdatum": TOUCHED, "Modifié le": TOUCHED, "Alterado em": TOUCHED,
    "Modificato il": TOUCHED, "Дата изменения": TOUCHED, "SystemModstamp": TOUCHED,
    "Deal - Last stage change": TOUCHED, "Stage change time": TOUCHED,
    "Status": STATUS, "상태": STATUS, "진행상태": STATUS, "진행상황": STATUS, "ステータス": STATUS, "状況": STATUS,
    "進捗状況": STATUS, "Κατάσταση": STATUS, "Statut": STATUS, "Estado": STATUS, "Stato": STATUS, "Статус": STATUS,
    "State": "how the deal stands (Dynamics), or a state of the United States",
    "Closed": FLAG_OR_DAY, "Clôture": FLAG_OR_DAY, "Закрыта": FLAG_OR_DAY, "Закрыто": FLAG_OR_DAY,
    "Завершено": FLAG_OR_DAY,
    "수주여부": WHETHER, "성사여부": WHETHER, "성공여부": WHETHER, "계약여부": WHETHER,
    "Win": "a flag; with a sign for per cent behind it the probability",
    "Chance": "German and English for probability, and German for the opportunity itself",
    "Opportunity": "the deal's name, and Bitrix24's field for the amount",
    "가능성": "probability, and what SugarCRM calls the amount in Korean (from its English 'Likely')",
    "Expected Revenue": TWO_AMOUNTS, "Expected Value": TWO_AMOUNTS, "Forecast Amount": TWO_AMOUNTS,
}  # fmt: skip


def lines(name: str) -> list[dict[str, str]]:
    """Return a list's lines, each by its columns."""
    with (LISTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_header_stands_under_one_role_unless_the_reason_for_two_is_given() -> None:
    """Two roles for one header, in one language or in two, are listed above; so is no reason that is not needed."""
    several = {word for word, roles in word_lists.header_words().items() if len(roles) > 1}
    assert several == {folded(word) for word in AMBIGUOUS}


def test_a_status_is_taken_for_the_stage_only_where_no_stage_is() -> None:
    """The role that comes first is the one a column beside a plainer one keeps."""
    for word, reason in AMBIGUOUS.items():
        if reason == STATUS:
            assert header_roles(word) == ("outcome", "stage")


def test_lists_name_roles_languages_and_meanings_that_exist() -> None:
    """A slip in the first two columns would leave the word without effect."""
    headers, outcomes = lines("header_words.csv"), lines("outcome_words.csv")
    assert {line["role"] for line in headers} == set(ROLES) | OWN_ROLES
    assert {line["language"] for line in headers} == LANGUAGES | SYSTEMS
    assert {line["language"] for line in outcomes} == LANGUAGES | SYSTEMS
    assert {line["means"] for line in outcomes} == set(get_args(Meaning.__value__))
    kinds = {line["kind"] for line in lines("row_words.csv")}
    assert kinds == {
        "total",
        "footer",
        "empty",
        "yes",
        "no",
        "tick",
        "cross",
        "closed",
        "ended",
        "secondary",
        "deal",
        "particle",
        "expected",
        "actual",
        "parts",
        "left",
    }


@pytest.mark.parametrize("name", ["header_words.csv", "outcome_words.csv"])
def test_a_word_is_written_once_for_a_language(name: str) -> None:
    """The second spelling of a folded word adds nothing, and hides that it was meant for something else."""
    seen = [
        tuple(folded(line[column]) if column == "word" else line[column] for column in line) for line in lines(name)
    ]
    assert len(seen) == len(set(seen))
    assert all(word for _, _, word in seen), "a word of signs alone folds to nothing and would fit every other one"


def test_a_stage_means_one_thing_in_all_languages() -> None:
    """Files do not say their language, so a word cannot be won in one and open in another."""
    meanings: dict[str, set[str]] = {}
    for line in lines("outcome_words.csv"):
        meanings.setdefault(folded(line["word"]), set()).add(line["means"])
    for word in word_lists.row_words("closed"):
        meanings.setdefault(word, set()).add("closed")
    assert {word: meant for word, meant in meanings.items() if len(meant) > 1} == {}


def test_yes_is_not_no_and_no_kind_of_row_fits_signs_alone() -> None:
    """A word of signs alone would make every empty cell a yes, or every row a footer."""
    assert not word_lists.row_words("yes") & word_lists.row_words("no")
    for kind in ("total", "footer", "yes", "no", "closed"):
        assert "" not in word_lists.row_words(kind)
    assert "" not in word_lists.unit_words()


@pytest.mark.parametrize("role", ["stage", "amount", "created", "closed", "expected_close", "owner", "account"])
def test_every_language_knows_the_headers_without_which_little_is_left(role: str) -> None:
    """At least eight words in each language for what most figures need."""
    words = [line["language"] for line in lines("header_words.csv") if line["role"] == role]
    assert {language: words.count(language) >= 8 for language in LANGUAGES} == dict.fromkeys(LANGUAGES, True)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Deal - Won time", "date_won"), ("hs_closed_won_date", "date_won"), ("StageName", "stage"),
        ("amount_in_home_currency", "converted_amount"), ("ASSIGNED_BY_ID", "owner"), ("DATE_CREATE", "created"),
        ("성공확률 (%):", "probability"), ("예상매출(원)", "estimated_amount"), ("完了予定日", "expected_close"),
        ("確度(%)", "probability"), ("Ημ/νία κλεισίματος", "closed"), ("Στάδιο πώλησης", "stage"),
        ("Est. Revenue", "estimated_amount"), ("Montant HT", "amount"), ("Voraussichtliches Abschlussdatum",
        "expected_close"), ("Próximo paso", "next_step"), ("Бюджет сделки", "amount"), ("Closed Lost Reason",
        "lost_reason"), ("Amount (converted)", "converted_amount"), ("SalesOpportunityCloseDate", "expected_close"),
    ],
)  # fmt: skip
def test_headers_of_real_exports_are_known(header: str, role: str) -> None:
    """Labels and field names of several CRMs and languages, with their brackets and signs."""
    assert header_roles(header)[0] == role


@pytest.mark.parametrize(
    ("means", "words"),
    [
        ("won", ["Closed Won", "受注", "수주 완료", "계약완료", "Έκλεισε Επιτυχώς", "gewonnen", "gagné", "ganado",
                 "ganha", "vinto", "успешно реализовано", "WON", "06 - Closed Won"]),
        ("lost", ["Closed Lost to Competition", "失注", "실주", "Χαμένη", "verloren", "perdu", "perdido", "perdida",
                  "perso", "LOSE", "No Decision", "Cancelled", "見送り", "Закрыто и не реализовано"]),
        ("open", ["Negotiation/Review", "商談中", "협상", "Διαπραγμάτευση", "Angebot", "Devis envoyé", "Propuesta",
                  "Proposta enviada", "Preventivo", "Первичный контакт", "appointmentscheduled", "契約交渉"]),
    ],
)  # fmt: skip
def test_stages_of_real_exports_say_how_the_deal_stands(means: str, words: list[str]) -> None:
    """Words of several CRMs and languages; what a number before them or another case changes is nothing."""
    known = {"won": meaning_of("Won"), "lost": meaning_of("Lost"), "open": meaning_of("Open")}
    assert {word: meaning_of(word) for word in words} == dict.fromkeys(words, known[means])


def test_what_may_come_before_the_signature_is_not_won() -> None:
    """A stage called contract adds no revenue by its name, and one called closed does not say how."""
    won = meaning_of("Won")
    for word in ("Contract", "계약", "契約", "Vertrag gesendet", "Closed", "종료", "クローズ"):
        assert meaning_of(word) != won


@pytest.mark.parametrize(
    "text", ["N/A", "#N/A", "n.d.", r"\N", "-", "－", "(空白)", "미정", "なし", "k.A.", "Sin_Factura", "00/00/0000"]
)
def test_texts_that_stand_for_nothing_are_empty(text: str) -> None:
    """As people and programs write them, signs and full width included."""
    assert is_empty(text)


@pytest.mark.parametrize("text", ["N", "no", "ND", "SD", "NC", "0", "Nada Foods", "unknown street 4"])
def test_texts_that_look_like_nothing_and_are_something_stay(text: str) -> None:
    """A flag, states of the United States, a zero: folding away the signs of "n.d." must not empty them."""
    assert not is_empty(text)
