"""How people of each language write numbers beside digits: large amounts, money, percentages, units, negatives.

Data for `calculators.core.numbers.reading`. Words stand as `fold` leaves them: small letters, Greek without accents.
A language that is not here has the common forms only.
"""

import unicodedata
from dataclasses import dataclass, field

# What a field is about decides what a unit behind the number may be: 3m is three months in one of months.
Units = dict[str, tuple[str, ...]]

_COMMON_BIG = {"k": 3, "m": 6, "mm": 6, "mn": 6, "mio": 6, "b": 9, "bn": 9}
# These would be minutes, months or metres beside a length of time.
NOT_FOR_TIMES = frozenset({"m", "mm", "b", "μ", "κ"})
# ISO 4217 codes that readers use; a word that is no code is refused rather than guessed.
CURRENCY_CODES = (
    "aed", "aud", "bgn", "brl", "cad", "chf", "clp", "cny", "cop", "czk", "dkk", "egp", "eur", "gbp", "hkd", "huf",
    "idr", "ils", "inr", "isk", "jpy", "krw", "kzt", "mxn", "myr", "nok", "nzd", "php", "pln", "rmb", "ron", "rsd",
    "rub", "sar", "sek", "sgd", "thb", "try", "twd", "uah", "usd", "vnd", "zar",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What one language adds to digits and marks.

    `small` units stand inside a group of digits (천 in 5천만), `big` ones behind it; values are powers of ten.
    `group` is how many digits make a group where amounts are spoken. `may_be_bare` says whether a unit alone counts
    one of it (백만). `digits` are figures written as characters, each followed by its figure. `tenths` are the words
    for a tenth, a hundredth and a thousandth of a rate. `negative` are signs that stand for a minus, `unclear_sign`
    those that some take for one. `ends_with_a_dash` says whether an amount on an invoice is closed with one. `spoken`
    are the units, largest first, in which a large amount is said. `orders_of_days` are the orders of a day in figures,
    by what comes first (day, month, year): those of the first group that give a day; where several do, the reader is
    asked.
    """

    small: dict[str, int] = field(default_factory=dict)
    big: dict[str, int] = field(default_factory=dict)
    group: int = 3
    may_be_bare: bool = False
    digits: str = ""
    tenths: tuple[str, str, str] | None = None
    negative: str = ""
    unclear_sign: str = ""
    about: tuple[str, ...] = ()
    before_money: tuple[str, ...] = ()
    after_money: tuple[str, ...] = ()
    indian_groups: bool = False
    ends_with_a_dash: bool = False
    units: Units = field(default_factory=dict)
    spoken: tuple[tuple[int, str], ...] = ()
    orders_of_days: str = "dm y"

    @property
    def is_day_first(self) -> bool:
        """Whether a day in figures can only begin with the day of the month."""
        return self.orders_of_days.startswith("d ")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


_NONE = Ways(big=_COMMON_BIG)

WAYS = {
    "en": Ways(
        spoken=((12, " trillion"), (9, " billion"), (6, " million")),
        small={"hundred": 2},
        big=_COMMON_BIG
        | {"thousand": 3, "thousands": 3, "grand": 3, "million": 6, "millions": 6, "mil": 6, "mill": 6, "mln": 6}
        | {"billion": 9, "billions": 9, "trillion": 12, "trillions": 12, "tn": 12, "trn": 12}
        | {"lakh": 5, "lakhs": 5, "lac": 5, "lacs": 5, "crore": 7, "crores": 7},
        about=("about", "approximately", "approx", "around", "circa", "ca", "c", "roughly", "some"),
        indian_groups=True,
        units={
            "money": _words(
                "dollar|dollars|buck|bucks|euro|euros|pound|pounds|pounds sterling|yen|won|yuan|franc|"
                "francs|rupee|rupees|rs|us dollars|quid"
            ),
            "days": _words("day|days|d|calendar day|calendar days"),
            "months": _words("month|months|mo|mos|mth|mths|m"),
            "rate": _words("percent|per cent|pct|pc|p c"),
            "multiple": _words("x|×|times|fold"),
            "count": _words(
                "deal|deals|opportunity|opportunities|opp|opps|lead|leads|customer|customers|client|"
                "clients|account|accounts|person|people|rep|reps|seller|sellers|user|users|unit|units|"
                "item|items|piece|pieces|pcs|ea|each|call|calls|meeting|meetings|company|companies|"
                "member|members|case|cases|year|years|yr|yrs|y|quarter|quarters|period|periods|month|"
                "months|day|days|head|heads|win|wins|loss|losses|event|events|won|lost|point|points|"
                "pt|pts|hour|hours|hr|hrs|h|mile|miles|km|time|times"
            ),
        },
    ),
    "ko": Ways(
        orders_of_days="y md",
        spoken=((12, "조"), (8, "억"), (4, "만")),
        small={"십": 1, "백": 2, "천": 3, "十": 1, "百": 2, "千": 3, "拾": 1},
        big={"만": 4, "억": 8, "조": 12, "萬": 4, "億": 8, "兆": 12} | _COMMON_BIG,
        group=4,
        may_be_bare=True,
        digits="영0공0零0〇0일1一1壹1壱1이2二2貳2弐2삼3三3參3参3사4四4오5五5육6륙6六6칠7七7팔8八8구9九9",
        tenths=("할", "푼", "리"),
        negative="△",
        unclear_sign="▲",
        about=("약", "대략", "대충", "한", "about", "approx"),
        before_money=("일금", "금"),
        after_money=("정", "整"),
        ends_with_a_dash=True,
        units={
            "money": _words("원|won|달러|불|미국 달러|미달러|유로|엔|위안|파운드|프랑|円|元"),
            "days": _words("일|일간|days|day|d"),
            "months": _words("개월|개월간|달|months|month"),
            "rate": _words("퍼센트|프로|퍼|percent"),
            "multiple": _words("배|x|×"),
            "count": _words(
                "건|개|명|인|분|사|개사|곳|군데|회|번|차례|대|팀|가지|점|년|년간|해|분기|개월|달|일|"
                "기간|시간|km|킬로미터|마일|포인트|점수"
            ),
        },
    ),
    "ja": Ways(
        spoken=((12, "兆"), (8, "億"), (4, "万")),
        orders_of_days="y md",
        small={"十": 1, "百": 2, "千": 3, "拾": 1, "阡": 3, "仟": 3},
        big={"万": 4, "億": 8, "兆": 12, "萬": 4} | _COMMON_BIG,
        group=4,
        may_be_bare=True,
        digits="〇0零0一1壱1壹1二2弐2貳2三3参3參3四4五5六6七7八8九9",
        tenths=("割", "分", "厘"),
        negative="▲△ー",
        about=("約", "およそ", "おおよそ", "だいたい", "ざっと", "about"),
        before_money=("金",),
        after_money=("也", "整"),
        ends_with_a_dash=True,
        units={
            "money": _words("円|圓|えん|エン|yen|ドル|米ドル|ユーロ|ウォン|元|ポンド|フラン"),
            "days": _words("日|日間|days|day|d"),
            "months": _words("か月|ヶ月|ケ月|カ月|ヵ月|ヶ月間|か月間|カ月間|箇月|個月|months"),
            "rate": _words("パーセント|ぱーせんと|percent"),
            "multiple": _words("倍|x|×"),
            "count": _words(
                "件|個|人|名|社|回|台|本|口|店|組|点|つ|拠点|チーム|度|年|年間|ヶ年|か年|カ年|四半期|"
                "期|か月|ヶ月|カ月|ヵ月|日|日間|時間|km|キロ|マイル|ポイント|案件|リード|商談"
            ),
        },
    ),
    "el": Ways(
        orders_of_days="d m y",
        spoken=((12, "\u00a0τρισ."), (9, "\u00a0δισ."), (6, "\u00a0εκ.")),
        small={"εκατο": 2},
        big=_COMMON_BIG
        | {"κ": 3, "χιλ": 3, "χιλιαδα": 3, "χιλιαδες": 3, "χιλιαδεσ": 3, "χιλιαρικα": 3}
        | {"εκ": 6, "εκατ": 6, "εκατομ": 6, "εκατομμυριο": 6, "εκατομμυρια": 6, "μ": 6}
        | {"δισ": 9, "δισεκ": 9, "δισεκατ": 9, "δισεκατομμυριο": 9, "δισεκατομμυρια": 9}
        | {"τρισ": 12, "τρισεκ": 12, "τρισεκατομμυριο": 12, "τρισεκατομμυρια": 12},
        about=("περιπου", "γυρω στα", "γυρω στισ", "κατα προσεγγιση", "σχεδον", "approx"),
        units={
            "money": _words("ευρω|ευρα|ευ|δολαρια|δολαριο|δολ|λιρεσ|λιρα|γιεν|γουον|φραγκα"),
            "days": _words("ημερεσ|ημερα|ημερων|ημ|μερεσ|μερα|ημερολογιακεσ ημερεσ|days|day"),
            "months": _words("μηνεσ|μηνασ|μηνα|μηνων|μην|months"),
            "rate": _words("τοισ εκατο|τα εκατο|στα εκατο|επι τοισ εκατο|percent"),
            "multiple": _words("φορεσ|φορα|πλασιο|x|×|χ"),
            "count": _words(
                "συμφωνιεσ|συμφωνια|πωλησεισ|πωληση|ευκαιριεσ|ευκαιρια|πελατεσ|πελατησ|ατομα|ατομο|"
                "τεμαχια|τεμαχιο|τεμ|υποθεσεισ|επαφεσ|χρηστεσ|πωλητεσ|εταιρειεσ|εταιριεσ|leads|lead|"
                "deals|deal|ετη|ετοσ|χρονια|χρονοσ|μηνεσ|μηνασ|ημερεσ|ημερα|τριμηνα|τριμηνο|περιοδοι|"
                "περιοδοσ|ωρεσ|ωρα|χλμ|km|μιλια|βαθμοι|βαθμοσ|ποντοι|συναντησεισ|κλησεισ|φορεσ|φορα"
            ),
        },
    ),
}


def ways_of(language: str) -> Ways:
    """Return what a language adds; the common forms for one that is not here."""
    return WAYS.get(language, _NONE)


def fold(text: str) -> str:
    """Return a text in small letters, Greek without accents and with one sigma; of the same length."""
    return "".join(map(_folded, text))


def _folded(character: str) -> str:
    if "Ͱ" <= character <= "Ͽ" or "ἀ" <= character <= "῿":
        character = unicodedata.normalize("NFD", character)[0].lower()
        return "σ" if character == "ς" else character
    small = character.lower()
    return small if len(small) == 1 else character
