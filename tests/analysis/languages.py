"""Small deals tables in the languages that exports come in, and the old encodings each is written in."""

import csv
import random
from io import StringIO
from typing import NamedTuple


class Language(NamedTuple):
    """Headers, and words to make rows of."""

    encodings: tuple[str, ...]
    headers: str
    owners: str
    accounts: str
    stages: str


LANGUAGES = {
    "de": Language(
        ("cp1252",),
        "Geschäft|Kunde|Betrag|Phase|Zuständig|Abschluss",
        "Jörg Müller|Käthe Weiß|Björn Schäfer|Anna Schmidt",
        "Größe & Söhne|Bäckerei Häußler|Grün GmbH|Münchener Möbel",
        "Angebot geprüft|Gewonnen|Verloren|Erstgespräch",
    ),
    "fr": Language(
        ("cp1252",),
        "Opportunité|Société|Montant|Étape|Propriétaire|Date de clôture",
        "René Lefèvre|Hélène Garçon|Benoît Noël|Luc Petit",
        "Crédit Général|Forêt & Fils|Le Bœuf Doré|Hôtel Étoile",
        "Négociation|Gagnée|Perdue|À qualifier",
    ),
    "es": Language(
        ("cp1252",),
        "Negocio|Compañía|Importe|Etapa|Dueño|Fecha de cierre",
        "José Núñez|María Peña|Íñigo Ibáñez|Ana Ruiz",
        "Cañón Diseño|Logística Málaga|Panadería Muñoz|Año Uno",
        "Negociación|Ganada|Perdida|Presentación",
    ),
    "pt": Language(
        ("cp1252",),
        "Negócio|Conta|Valor|Estágio|Responsável|Previsão",
        "João Conceição|Inês Simões|Antônio Leão|Ana Reis",
        "Construções Irmãos|Açúcar São João|Café Amanhã|Órgão SA",
        "Negociação|Ganho|Perdido|Em análise",
    ),
    "it": Language(
        ("cp1252",),
        "Trattativa|Società|Importo|Fase|Responsabile|Probabilità",
        "Niccolò Rossi|Mosè Bianchi|Già Verdi|Carla Neri",
        "Caffè Città|Libertà SpA|Perché No|Più Qualità",
        "Attività|Vinta|Persa|Opportunità",
    ),
    "sv": Language(
        ("cp1252",),
        "Affär|Företag|Värde|Fas|Ägare|Avslutsdatum",
        "Åsa Sjöström|Björn Ärlig|Göran Öberg|Karin Lund",
        "Västerås Stål|Köping Trä|Malmö Måleri|Svea AB",
        "Förhandling|Vunnen|Förlorad|Påbörjad",
    ),
    "da": Language(
        ("cp1252",),
        "Salgsmulighed|Kunde|Beløb|Fase|Ansvarlig|Lukkedato",
        "Søren Kjær|Åge Sørensen|Mette Nygård|Lars Bech",
        "Ærø Færge|Rødovre Køl|Ålborg Bølge|Dansk Mad",
        "Tilbud på vej|Vundet|Tabt|Afhængig",
    ),
    "fi": Language(
        ("cp1252",),
        "Kauppa|Yritys|Määrä|Vaihe|Myyjä|Päättyy",
        "Jyrki Hämäläinen|Päivi Mäkelä|Äijö Väinö|Liisa Niemi",
        "Jyväskylän Sähkö|Hyvä Pää Oy|Kesämökki|Työ ja Käsi",
        "Tarjous lähetetty|Voitettu|Hävitty|Käynnissä",
    ),
    "pl": Language(
        ("cp1250",),
        "Szansa sprzedaży|Firma|Wartość|Etap|Właściciel|Data zamknięcia",
        "Łukasz Wójcik|Małgorzata Żak|Grażyna Dąbrowska|Jan Nowak",
        "Śląskie Młyny|Źródło Spółka|Krakowskie Książki|Świat Części",
        "W trakcie rozmów|Wygrana|Przegrana|Złożona oferta",
    ),
    "cs": Language(
        ("cp1250",),
        "Příležitost|Společnost|Částka|Fáze|Vlastník|Datum uzavření",
        "Jiří Dvořák|Božena Němcová|Tomáš Kříž|Jan Novák",
        "Plzeňské Závody|Zámečnictví Šťastný|Město Žďár|Lékárna",
        "Jednání|Vyhráno|Ztraceno|Nabídka odeslána",
    ),
    "hu": Language(
        ("cp1250",),
        "Lehetőség|Cég|Érték|Szakasz|Felelős|Várható zárás",
        "Győző Őry|Fűzfa Ágnes|Kőműves István|Nagy Éva",
        "Szőlő és Bor|Tűzoltó Kft|Erdő Művek|Vízügyi Szövetség",
        "Tárgyalás|Megnyert|Elveszített|Előkészítés",
    ),
    "ru": Language(
        ("cp1251",),
        "Сделка|Компания|Сумма|Стадия|Ответственный|Дата закрытия",
        "Иван Петров|Анна Щукина|Юрий Соловьёв|Ольга Ким",
        "ООО Ромашка|Завод Прогресс|Торговый дом|Северный путь",
        "Переговоры|Успешно|Провалена|Новая",
    ),
    "el": Language(
        ("cp1253", "iso8859-7"),
        "Όνομα|Εταιρεία|Ποσό|Στάδιο|Υπεύθυνος|Ημερομηνία κλεισίματος",
        "Άννα Παπαδοπούλου|Γιώργος Ιωάννου|Ελένη Άγγελου|Νίκος Καρράς",
        "Ελληνικά Έπιπλα|Άλφα ΑΕ|Θαλάσσιες Μεταφορές|Αφοί Δήμου",
        "Διαπραγμάτευση|Κερδισμένη|Χαμένη|Αρχική επαφή",
    ),
    "ja": Language(
        ("cp932", "euc_jp"),
        "商談名|取引先名|金額|ステージ|所有者|完了予定日",
        "山田 太郎|佐藤 花子|鈴木 一郎|ﾀﾅｶ ｼﾞﾛｳ",
        "株式会社サクラ|東京製作所|(株)表計算ソフト|能登商事",
        "提案|受注|失注|見込み",
    ),
    "ko": Language(
        ("cp949",),
        "영업기회명|거래처명|금액|영업단계|담당자명|마감 예정일",
        "김민수|이서연|박지훈|최유진",
        "한국전자|똠방각하 식품|서울물산|미래상사",
        "제안|수주|실주|협상 중",
    ),
}


def table(language: str, rows: int, seed: int) -> list[list[str]]:
    """Return a header and some rows of a language, the same for the same seed."""
    words, chance = LANGUAGES[language], random.Random(seed)  # noqa: S311 - invented deals
    pick = [part.split("|") for part in (words.accounts, words.stages, words.owners)]
    made = [words.headers.split("|")]
    for number in range(rows):
        account, stage, owner = (chance.choice(texts) for texts in pick)
        day = f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.2026"
        made.append([f"{account} {number + 1}", account, f"{chance.randint(1, 90)}000,00", stage, owner, day])
    return made


def written(cells: list[list[str]], delimiter: str = ";", line_end: str = "\r\n") -> str:
    """Return a table as text."""
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(cells)
    return text.getvalue()
