"""What people in Syria really type, and what each reader makes of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.readers import (
    Accepted,
    Refused,
    Unclear,
    clean,
    normalise,
    read_choice,
    read_date,
    read_money,
    read_number,
    read_phone,
    read_several,
    read_text,
    read_yes_no,
    says_unknown,
)

PILED_MARKS = "ب" + "\u064e\u0301" * 2500
HOSTILE = {
    "5,000 letters": "س" * 5000,
    "5,000 words": "كلام " * 5000,
    "5,000 digits": "9" * 5000,
    "5,000 separators": "9," * 2500,
    "5,000 single digits": "9 " * 2500,
    "5,000 thousands": "111 " * 1250,
    "1,000 numbers joined": "خمسة و" * 1000,
    "5,000 combining marks": PILED_MARKS,
    "emoji only": "🙂🙂🏽",
    "bidi controls only": "\u202e\u2067\u200f\u061c",
    "a lone surrogate": "\ud83d",
    "a null": "\x00",
    "empty": "",
    "NaN": "NaN",
    "1e9": "1e9",
    "markup": "<b>'; DROP TABLE answers; --",
}


def rows(table: dict[str, object]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("text", "wanted"), [pytest.param(text, wanted, id=text) for text, wanted in table.items()]
    )


NUMBERS: dict[str, object] = {
    # figures
    "1200": 1200,
    "1,200": 1200,
    "1.200": 1200,
    "1 200": 1200,
    "1'200": 1200,
    "1،200": 1200,
    "١٢٠٠": 1200,
    "١٬٢٠٠": 1200,
    "۱۲۰۰": 1200,
    "1\u202f200": 1200,
    "1.500.000": 1_500_000,
    "1,500,000.00": 1_500_000,
    "12 500 000": 12_500_000,
    "\u202e1200\u202c": 1200,
    "\u2068١٢\u2069": 12,
    "+5": 5,
    "0": 0,
    "007": 7,
    "5.0": 5,
    "1.5": "not-whole",
    "5,5": "not-whole",
    "٢٫٥": "not-whole",
    "0.500": "not-whole",
    "1,20,300": "not-a-number",
    "1.2.3": "not-a-number",
    "0933123456": "not-a-number",
    # figures and scales
    "5m": 5_000_000,
    "5 M": 5_000_000,
    "5k": 5000,
    "50 thousand": 50_000,
    "2.5 million": 2_500_000,
    "٢٫٥ مليون": 2_500_000,
    "٥ ملايين": 5_000_000,
    "5ملايين": 5_000_000,
    "50ألف": 50_000,
    "5 ملايين و200 ألف": 5_200_000,
    "مليون و 200 الف": 1_200_000,
    "ألف و500": 1500,
    "3 مية": 300,
    "1.500 مليون": "unclear-number",
    # Arabic words
    "صفر": 0,
    "واحد": 1,
    "سبعة": 7,
    "خمسة وعشرين": 25,
    "خمسةٌ وعشرون": 25,
    "عشرة": 10,
    "خمسة عشر": 15,
    "خمس عشرة": 15,
    "أحد عشر": 11,
    "اثنتا عشرة": 12,
    "طنعش": 12,
    "خمسطعش": 15,
    "تسعتعشر": 19,
    "تلاتين": 30,
    "تمانين": 80,
    "مية": 100,
    "مئة": 100,
    "مائة": 100,
    "ميتين": 200,
    "مئتان وخمسون": 250,
    "تلات مية": 300,
    "تلت مية": 300,
    "خمسمية": 500,
    "خمسمئة وخمسة وعشرين": 525,
    "ثلاثمائة": 300,
    "مية وخمسين": 150,
    "ألف ومية": 1100,
    "ألفين": 2000,
    "ألفين ونص": 2500,
    "ألفين وستة وعشرين": 2026,
    "خمسة آلاف": 5000,
    "تلات تلاف": 3000,
    "خمستالاف": 5000,
    "خمسين ألف": 50_000,
    "خمسون ألفاً": 50_000,
    "مية وخمسين ألف": 150_000,
    "خمسميت ألف": 500_000,
    "مليون": 1_000_000,
    "مليونين": 2_000_000,
    "مليون ونص": 1_500_000,
    "مليونين وربع": 2_250_000,
    "خمسة ملايين ونص": 5_500_000,
    "خمسة ونص مليون": 5_500_000,
    "مليون ونص مليون": 1_500_000,
    "نص مليون": 500_000,
    "ربع مليون": 250_000,
    "نص المليون": 500_000,
    "مليون وميتين ألف": 1_200_000,
    "خمسين ألف مليون": 50_000_000_000,
    "مليارين ونص": 2_500_000_000,
    "خمسة ونص": "not-whole",
    "نص": "not-whole",
    # English words
    "two hundred": 200,
    "two hundred and five": 205,
    "twenty-five": 25,
    "one hundred thousand": 100_000,
    "two thousand five hundred": 2500,
    "half a million": 500_000,
    "a million and a half": 1_500_000,
    "one and a half million": 1_500_000,
    "three hundred twenty thousand four hundred": 320_400,
    # words around the number
    "5 عمال": 5,
    "خمسة موظفين": 5,
    "عامل واحد": 1,
    "عندي ٥ عمال": 5,
    "حوالي عشرين عامل": 20,
    "5 (خمسة)": 5,
    "100 م²": 100,
    "100م2": 100,
    "العدد: 12": 12,
    "we have 12 workers": 12,
    "عاملين": 2,
    "شخصين": 2,
    "خمسة عاملين": 5,
    "عاملين اتنين": 2,
    "ما في حدا": 0,
    "لا أحد": 0,
    "ولا واحد": 0,
    "none": 0,
    # more than one meaning
    "3-5": "several-numbers",
    "3 - 5": "several-numbers",
    "5-5": "several-numbers",
    "بين 3 و 5": "several-numbers",
    "بين خمسة وعشرين": "several-numbers",
    "3 أو 5": "several-numbers",
    "خمسة ستة": "several-numbers",
    "خمسة عشرين": "several-numbers",
    "مية خمسين": "several-numbers",
    "ألف ومليون": "several-numbers",
    "مليون ونص وخمسين": "several-numbers",
    "2.5 ونص": "several-numbers",
    "خمسة عشرة": "several-numbers",
    "خمسة لعشرة": "several-numbers",
    "من خمسة لميت ألف": "several-numbers",
    "five twenty": "several-numbers",
    "1000 و 500": "several-numbers",
    "22/11/2026": "several-numbers",
    "مليون وخمسمية": "unclear-number",
    "آلاف": "unclear-number",
    "ملايين": "unclear-number",
    "أكثر من 5": "not-exact",
    "more than 5": "not-exact",
    "5+": "not-exact",
    "مو 5": "not-exact",
    "مليون إلا ربع": "not-exact",
    "ثلث مليون": "not-whole",
    "تلت آلاف": 3000,
    "تلت مليون": "not-whole",
    "20%": "not-a-number",
    "20 بالمية": "not-a-number",
    "شو القانون 28": "not-a-number",
    "بدي أعرف كل شي عن ترخيص ورشة فيها 5 عمال": "not-a-number",
    "لست متأكد": "not-exact",
    "مرحبا": "not-a-number",
    "عندي موظفين": "not-a-number",
    "NaN": "not-a-number",
    "1e9": "not-a-number",
    "0x10": "not-a-number",
    "5kk": "not-a-number",
    "up to 5": "not-exact",
    "五": "not-a-number",
    "-5": "too-small",
    "−5": "too-small",
    "- 5": "too-small",
    "\u200f-٥": "too-small",
    "9" * 400: "too-large",
    "٩" * 5000: "too-large",
    "مليون مليار مليار": "several-numbers",
}


@rows(NUMBERS)
def test_a_number_is_read_as_it_is_said(text: str, wanted: object) -> None:
    result = read_number(text, 0, None)
    assert (result.value if isinstance(result, Accepted) else result.reason) == wanted


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "wanted"),
    [
        ("0", 1, 10, Refused("too-small", {"min": "1"})),
        ("1", 1, 10, Accepted(1)),
        ("10", 1, 10, Accepted(10)),
        ("11", 1, 10, Refused("too-large", {"max": "10"})),
        ("9" * 400, None, None, Refused("too-large", {"max": "1000000000000000"})),
        ("-5", None, 10, Accepted(-5)),
        ("-2 مليون ونص", None, None, Accepted(-2_500_000)),
    ],
)
def test_a_number_keeps_to_its_limits(
    text: str, minimum: int | None, maximum: int | None, wanted: object
) -> None:
    assert read_number(text, minimum, maximum) == wanted


def new(amount: int) -> Accepted:
    return Accepted({"amount": amount, "unit": "new SYP"})


def old(amount: int) -> Accepted:
    return Accepted({"amount": amount, "unit": "old SYP"})


def dollars(amount: int) -> Accepted:
    return Accepted({"amount": amount, "unit": "USD"})


def unclear(amount: int) -> Unclear:
    return Unclear("old-or-new-pounds", amount)


MONEY: dict[str, object] = {
    "5000 ليرة جديدة": new(5000),
    "5000 ل.س جديدة": new(5000),
    "5000 ل.س. جديدة": new(5000),
    "٥ آلاف جديد": new(5000),
    "5000 new": new(5000),
    "مليون ونص ليرة جديدة": new(1_500_000),
    "مليون ليرة ونص جديدة": new(1_500_000),
    "بالليرة الجديدة 5000": new(5000),
    "خمسين ألف ليرة سورية جديدة": new(50_000),
    "500,000 قديمة": old(500_000),
    "خمسة ملايين ليرة قديمة": old(5_000_000),
    "5m old": old(5_000_000),
    "بالقديم ٥ ملايين": old(5_000_000),
    "3000 دولار": dollars(3000),
    "$3,000": dollars(3000),
    "3000$": dollars(3000),
    "3000USD": dollars(3000),
    "3k usd": dollars(3000),
    "دولارين": dollars(2),
    "عشر آلاف دولار أمريكي": dollars(10_000),
    "99999999 دولار": dollars(99_999_999),
    "5000": unclear(5000),
    "خمسين ألف": unclear(50_000),
    "5000 ليرة": unclear(5000),
    "5000 ل.س": unclear(5000),
    "5000 SYP": unclear(5000),
    "٥ ملايين ليرة سورية": unclear(5_000_000),
    "5 ليرة 500": Refused("several-numbers"),
    "0": new(0),
    "ما عندي": new(0),
    "5000 جديدة أو قديمة": Refused("several-units"),
    "5000 ليرة أو دولار": Refused("several-units"),
    "5000 يورو": Refused("other-currency"),
    "5000 ليرة تركية": Refused("other-currency"),
    "5م": Refused("unclear-number"),
    "100 ورقة": Refused("unclear-number"),
    "2.5 دولار": Refused("not-whole"),
    "من 3000 إلى 5000 دولار": Refused("several-numbers"),
    "ليرة": Refused("not-a-number"),
    "-5 دولار": Refused("too-small", {"min": "0", "unit": "new SYP"}),
    "-5": Refused("too-small", {"min": "0", "unit": "new SYP"}),
    "1e9 new": Refused("not-a-number"),
}


@rows(MONEY)
def test_money_is_read_with_its_unit_or_asked_again(text: str, wanted: object) -> None:
    assert read_money(text, 0, 10_000_000, "new SYP") == wanted


TOO_SMALL = Refused("too-small", {"min": "1000", "unit": "new SYP"})
TOO_LARGE = Refused("too-large", {"max": "5000", "unit": "new SYP"})


@rows(
    {
        "999 جديدة": TOO_SMALL,
        "1000 جديدة": new(1000),
        "99999 قديمة": TOO_SMALL,
        "100000 قديمة": old(100_000),
        "500000 قديمة": old(500_000),
        "500001 قديمة": TOO_LARGE,
        "5001 جديدة": TOO_LARGE,
        "3000": unclear(3000),
        "500": TOO_SMALL,
        "1 دولار": dollars(1),
        "9" * 400 + " دولار": Refused("too-large", {"max": "1000000000000000", "unit": "new SYP"}),
    }
)
def test_limits_in_new_pounds_bind_old_pounds_too(text: str, wanted: object) -> None:
    assert read_money(text, 1000, 5000, "new SYP") == wanted


@pytest.mark.parametrize(
    ("text", "unit", "wanted"),
    [
        ("200", "USD", dollars(200)),
        ("200 ليرة", "USD", unclear(200)),
        ("200 ليرة قديمة", "USD", old(200)),
        ("2000", "USD", Refused("too-large", {"max": "1000", "unit": "USD"})),
        ("10 جديدة", "old SYP", new(10)),
        ("11 جديدة", "old SYP", Refused("too-large", {"max": "1000", "unit": "old SYP"})),
        ("0", "old SYP", old(0)),
    ],
)
def test_a_question_in_another_unit(text: str, unit: str, wanted: object) -> None:
    assert read_money(text, 0, 1000, unit) == wanted


DATES: dict[str, object] = {
    "2026-11-22": "2026-11-22",
    "2026/11/22": "2026-11-22",
    "22/11/2026": "2026-11-22",
    "22-11-2026": "2026-11-22",
    "22.11.2026": "2026-11-22",
    "22 / 11 / 2026": "2026-11-22",
    "22 11 2026": "2026-11-22",
    "٢٢/١١/٢٠٢٦": "2026-11-22",
    "۲۲/۱۱/۲۰۲۶": "2026-11-22",
    "\u200f22/11/2026\u200f": "2026-11-22",
    "5/6/2026": "2026-06-05",
    "22 تشرين الثاني 2026": "2026-11-22",
    "22 تشرين التاني ٢٠٢٦": "2026-11-22",
    "1 تشرين الأول 2026": "2026-10-01",
    "3 كانون الثاني 2027": "2027-01-03",
    "3 كانون الأول 2026": "2026-12-03",
    "1 أيار 2026": "2026-05-01",
    "١ آب، ٢٠٢٦": "2026-08-01",
    "5 نوفمبر 2026": "2026-11-05",
    "22 Nov 2026": "2026-11-22",
    "22nd of November 2026": "2026-11-22",
    "November 22, 2026": "2026-11-22",
    "يوم الأحد بتاريخ 22/11/2026.": "2026-11-22",
    "29/2/2028": "2028-02-29",
    "29/2/2027": None,
    "31/4/2026": None,
    "11/22/2026": None,
    "2026-22-11": None,
    "0/1/2026": None,
    "22/11": None,
    "22/11/26": None,
    "22/11-2026": None,
    "22 رمضان 2026": None,
    "1/1/0001": None,
    "1/1/9999": None,
    "بعد 22/11/2026 أو 23/11/2026": None,
    "بكرا": None,
    "20261122": None,
    "1" * 400 + "/1/2026": None,
}


@rows(DATES)
def test_a_date_is_read_with_the_day_before_the_month(text: str, wanted: str | None) -> None:
    assert read_date(text) == (Accepted(wanted) if wanted else Refused("not-a-date"))


def named(labels: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Options that have a label and no other name."""
    return {option: (label,) for option, label in labels.items()}


PREMISES = {
    "owned": "محل ملك",
    "rented": "محل مستأجر",
    "home": "🏠 من المنزل",
    "industrial-zone": "منطقة صناعية",
    "craft-zone": "منطقة حرفية أو سوق",
    "none": "لا يوجد مكان بعد",
}


@rows(
    {
        "محل ملك": "owned",
        "المحل المستأجر": "rented",
        "مُسْتَأجَر": "rented",
        "مستاجر": "rented",
        "المنزل": "home",
        "من المنزل": "home",
        "صناعيه": "industrial-zone",
        "سوق": "craft-zone",
        "لا يوجد": "none",
        "2": "rented",
        "٢": "rented",
        "۲.": "rented",
        "(2)": "rented",
        "2️⃣": "rented",
        "رقم 2": "rented",
        "option 2": "rented",
        "محل": "several-options-match",
        "منطقة": "several-options-match",
        "0": "not-an-option",
        "7": "not-an-option",
        "-2": "not-an-option",
        "1.5": "not-an-option",
        "9" * 400: "not-an-option",
        "مو مستأجر": "not-an-option",
        "مستأ": "not-an-option",
        "أو": "not-an-option",
        "من": "not-an-option",
        "سيارة": "not-an-option",
        "؟": "not-an-option",
    }
)
def test_an_option_is_chosen_by_its_words_or_its_number(text: str, wanted: str) -> None:
    result = read_choice(text, named(PREMISES))
    assert (result.value if isinstance(result, Accepted) else result.reason) == wanted


@rows({"Trade": "trade", "TRADE ": "trade", "wholesale": "wholesale", "food": "several"})
def test_a_whole_label_wins_over_a_longer_one(text: str, wanted: str) -> None:
    options = {
        "trade": "Trade",
        "wholesale": "Trade, wholesale",
        "food": "Making food",
        "sale": "Selling food",
    }
    several = Refused("several-options-match")
    assert read_choice(text, named(options)) == (
        several if wanted == "several" else Accepted(wanted)
    )


SECTORS = {
    "food": ("أغذية ومطاعم", "مطعم", "فلافل", "restaurant"),
    "craft": ("حرفة أو ورشة", "نجارة", "خياط"),
    "rural": ("ريف دمشق", "الغوطة"),
    "damascus": ("دمشق", "الشام"),
}


@rows(
    {
        "مطعم": "food",
        "بدي افتح مطعم صغير": "food",
        "عندي محل فلافل بالسوق": "food",
        "A small restaurant": "food",
        "بالنجارة": "craft",
        "للخياط": "craft",
        "بالشام": "damascus",
        "الغوطة": "rural",
        "مو مطعم": "not-an-option",
        "مطعم ونجارة": "several-options-match",
        "شي تاني": "not-an-option",
    }
)
def test_an_option_is_named_by_citizens_words_within_a_sentence(text: str, wanted: str) -> None:
    result = read_choice(text, SECTORS)
    assert (result.value if isinstance(result, Accepted) else result.reason) == wanted


PAPERS = {
    "register": "سجل تجاري",
    "lease": "عقد إيجار",
    "agency": "وكالة قانونية",
    "photo-and-id": "صورة وهوية",
    "tax": "براءة ذمة مالية",
}


@rows(
    {
        "1": ["register"],
        "1 و 3": ["register", "agency"],
        "١ و٣": ["register", "agency"],
        "1و3": ["register", "agency"],
        "1,3": ["register", "agency"],
        "1، 3": ["register", "agency"],
        "3 1": ["register", "agency"],
        "1 and 3": ["register", "agency"],
        "3,3,3": ["agency"],
        "سجل تجاري": ["register"],
        "عقد إيجار، سجل تجاري": ["register", "lease"],
        "عقد وسجل": ["register", "lease"],
        "عقد و سجل و براءة ذمة": ["register", "lease", "tax"],
        "وكالة": ["agency"],
        "سجل ووكالة": ["register", "agency"],
        "صورة وهوية": ["photo-and-id"],
        "سجل وصورة وهوية وعقد": ["register", "lease", "photo-and-id"],
        "- سجل تجاري\n- عقد إيجار\n": ["register", "lease"],
        "ولا شي": [],
        "لا شيء": [],
        "None.": [],
        "الكل": list(PAPERS),
    }
)
def test_several_options_are_chosen_at_once(text: str, wanted: list[str]) -> None:
    assert read_several(text, named(PAPERS)) == Accepted(wanted)


def test_the_part_of_a_list_that_was_not_understood_is_named() -> None:
    assert read_several("عقد، جواز سفر", named(PAPERS)) == Refused(
        "not-an-option", {"part": "جواز سفر"}
    )
    assert read_several("1 و 9", named(PAPERS)) == Refused("not-an-option", {"part": "9"})
    assert read_several("1-3", named(PAPERS)) == Refused("not-an-option", {"part": "1-3"})
    doubtful = {"sale": "عقد بيع", "lease": "عقد إيجار", "id": "هوية"}
    wanted = Refused("several-options-match", {"part": "عقد"})
    assert read_several("هوية وعقد", named(doubtful)) == wanted


YES_NO: dict[str, object] = {
    **dict.fromkeys(["نعم", "نَعَم", "اي", "إي", "أيوه", "أيوا!", "أكيد", "طبعاً", "صح"], "yes"),
    **dict.fromkeys(["إي والله", "نعم، أكيد", "نعم نعم", "yes", "YES!", "y", "ok", "sure"], "yes"),
    **dict.fromkeys(["of course", "yes please", "نعم 👍", "na3am"], "yes"),
    **dict.fromkeys(["لا", "لأ", "لاء", "كلا", "لا لا", "لا شكراً", "أكيد لا", "no", "No."], "no"),
    **dict.fromkeys(["n", "nope", "no thanks", "ما عندي", "لا، أبداً", "not yet"], "no"),
    **dict.fromkeys(["نعم ولا", "نعم لا", "لا أعرف", "مو أكيد", "not sure", "ربما", "5"], None),
    **dict.fromkeys(["👍", "والله", "لا يوجد محل بس في بيت", "know"], None),
}


@rows(YES_NO)
def test_yes_and_no_are_told_apart(text: str, wanted: str | None) -> None:
    assert read_yes_no(text) == (Accepted(wanted) if wanted else Refused("not-yes-or-no"))


@rows(
    {
        "  محمد   العلي ": Accepted("محمد العلي"),
        "سطر\nتاني": Accepted("سطر تاني"),
        "\u202eمقلوب\u202c": Accepted("مقلوب"),
        "<b>Ali</b>": Accepted("<b>Ali</b>"),
        "👨\u200d👩\u200d👧": Accepted("👨\u200d👩\u200d👧"),
        "مدرّسة": Accepted("مدرّسة"),
        "\u200d \u200c\u0301": Refused("empty"),
        "\u202e\u202c\n": Refused("empty"),
        "ن" * 40: Accepted("ن" * 40),
        "ن" * 41: Refused("too-long", {"max": "40"}),
        "ب" + "\u0301" * 5000: Accepted("ب" + "\u0301" * 3),
        "a\x00b\ud83dc": Accepted("abc"),
    }
)
def test_a_short_text_is_kept_as_typed_but_harmless(text: str, wanted: object) -> None:
    assert read_text(text, 40) == wanted


def test_cleaning_cuts_at_the_limit_without_a_loose_end() -> None:
    assert clean("محمد العلي", 5) == "محمد"
    assert clean("👨\u200d👩", 2) == "👨"


PHONES: dict[str, object] = {
    "0944123456": "+963944123456",
    "٠٩٤٤١٢٣٤٥٦": "+963944123456",
    "۰۹۴۴۱۲۳۴۵۶": "+963944123456",
    "0944 123 456": "+963944123456",
    "0944-123-456": "+963944123456",
    "944123456": "+963944123456",
    "963944123456": "+963944123456",
    "00963944123456": "+963944123456",
    "+963 944 123 456": "+963944123456",
    "+963 (0) 944 123 456": "+963944123456",
    "963944123456+": "+963944123456",
    "\u202a+963944123456\u202c": "+963944123456",
    "رقمي: 0944123456": "+963944123456",
    "011 223 4567": "+963112234567",
    "(021) 2234567": "+963212234567",
    "041-234567": "+96341234567",
    "+90 532 123 45 67": "+905321234567",
    "0049 30 1234567": "+49301234567",
    "0944123456 أو 0955123456": "several-numbers",
    "5321234567": "not-a-phone",
    "094412345": "not-a-phone",
    "09441234567": "not-a-phone",
    "+963 123": "not-a-phone",
    "+1234567": "not-a-phone",
    "+1234567890123456": "not-a-phone",
    "++963944123456": "not-a-phone",
    "0944123456" + " كلام" * 30: "not-a-phone",
    "5": "not-a-phone",
    "ما عندي": "not-a-phone",
    "0" * 5000: "not-a-phone",
}


@rows(PHONES)
def test_a_phone_number_gets_its_international_form(text: str, wanted: str) -> None:
    result = read_phone(text)
    assert (result.value if isinstance(result, Accepted) else result.reason) == wanted


@rows(
    {
        **dict.fromkeys(["لا أعرف", "ما بعرف", "مابعرف", "مو متأكد", "مو مِتأكد!", "مدري"], True),
        **dict.fromkeys(["I don't know", "i don’t know.", "IDK", "not sure", "no idea"], True),
        **dict.fromkeys(["والله ما بعرف", "ما بعرف والله", "sorry, I don't know", "dunno"], True),
        **dict.fromkeys(["لا", "نعم", "5", "ما بعرف وين الغرفة", "I know", "أعرف", "?"], False),
    }
)
def test_not_knowing_is_understood(text: str, wanted: bool) -> None:
    assert says_unknown(text) is wanted


@rows(
    {
        "  Hello,   World!  ": "hello, world",
        "أإآٱ": "اااا",
        "مُؤسَّسـة": "موسسه",
        "هيئة": "هييه",
        "شيء": "شي",
        "على": "علي",
        "کتاب یک": "كتاب يك",
        "٠١٢٣٤٥٦٧٨٩۰۹": "012345678909",
        "\u202bنعم\u202c\u200f\u2067\u2069\u061c": "نعم",
        "ﻻ": "لا",
        "Ａ１": "a1",
        "«نعم»؟!": "نعم",
        "نعم 👍🏽": "نعم",
        "سطر\nتاني": "سطر تاني",
        "...": "",
    }
)
def test_spellings_of_one_word_compare_as_one(text: str, wanted: str) -> None:
    assert normalise(text) == wanted


READERS = {
    "number": lambda text: read_number(text, 0, 10_000),
    "money": lambda text: read_money(text, 0, 10_000, "new SYP"),
    "date": read_date,
    "choice": lambda text: read_choice(text, named(PREMISES)),
    "several": lambda text: read_several(text, named(PAPERS)),
    "yes or no": read_yes_no,
    "phone": read_phone,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_reader_accepts_hostile_text(reader: str, hostile: str) -> None:
    assert isinstance(READERS[reader](HOSTILE[hostile]), Refused)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_kept_within_its_limit_and_can_be_stored(hostile: str) -> None:
    kept = clean(HOSTILE[hostile], 100)
    assert len(kept.encode("utf-8")) <= 400
    assert not set(kept) & set("\u200e\u200f\u061c\u202a\u202e\u2066\u2069\x00")
    assert says_unknown(HOSTILE[hostile]) is False


PIECES = (
    "خمسة و عشرين مية مليون مليونين ونص ألف آلاف ربع 5 1.500 ٢٫٥ - + half hundred thousand and k",
    "ليرة جديدة دولار $ عشر إلا / , تشرين الثاني 2026 0944123456 نعم لا محل عقد",
)
PHRASES = st.lists(st.sampled_from(" ".join(PIECES).split()), max_size=9).map(" ".join)


@given(st.one_of(st.text(), PHRASES))
@settings(deadline=None, max_examples=300)
def test_readers_answer_whatever_is_typed(text: str) -> None:
    for read in READERS.values():
        assert isinstance(read(text), Accepted | Refused | Unclear)
    assert normalise(normalise(text)) == normalise(text)
    assert clean(clean(text, 50), 50) == clean(text, 50)


@given(st.integers(0, 10**12))
@settings(deadline=None)
def test_a_figure_reads_the_same_however_it_is_grouped(number: int) -> None:
    arabic = str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩٬")
    for text in (str(number), f"{number:,}", f"{number:,}".translate(arabic), f"{number:_}"):
        assert read_number(text.replace("_", " "), None, None) == Accepted(number)
