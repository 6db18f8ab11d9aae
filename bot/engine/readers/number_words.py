"""The words numbers are made of, in Arabic (written and Syrian) and English.

All Arabic stands here as `fold` leaves it: «مئة» and «مية» are both «ميه».
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "figure", "ones", "teen", "tens", "hundred", "hundreds", "scale", "scaled", "part"
]


@dataclass(frozen=True)
class Numeral:
    """One number word, or a number in figures.

    ``hundred`` and ``scale`` multiply what stands before them; ``hundreds`` and ``scaled`` have
    their count inside («خمسمية», «ألفين»); ``part`` is a half, a third or a quarter.
    """

    kind: Kind
    value: Fraction
    base: int = 1  # of a scale or a scaled word: 1000, 1000000, …
    latin: bool = False
    counted_only: bool = False  # «آلاف» is a number after a count alone: by itself it says "many"
    breaks: bool = False  # carries a preposition («لعشرة»): it never continues a number
    guessed: bool = False  # figures whose dot or comma was taken for thousands


_ONES = {
    1: "واحد واحده وحده one",
    2: "اثنين اثنان اتنين تنين ثنتين تنتين اثنتين اثنتان two",
    3: "ثلاث ثلاثه تلات تلاته three",
    4: "اربع اربعه four",
    5: "خمس خمسه five",
    6: "ست سته six",
    7: "سبع سبعه seven",
    8: "ثمان ثماني ثمانيه تمان تماني تمانيه eight",
    9: "تسع تسعه nine",
}
_TEENS = {
    10: "عشر عشره ten",
    11: "احدعش حدعش حداعش eleven",
    12: "اتنعش اطنعش طنعش تنعش twelve",
    13: "تلتعش تلطعش تلاتعش thirteen",
    14: "اربعتعش اربعطعش fourteen",
    15: "خمستعش خمسطعش fifteen",
    16: "ستعش سطعش sixteen",
    17: "سبعتعش سبعطعش seventeen",
    18: "تمنتعش تمنطعش تمانتعش تمانطعش eighteen",
    19: "تسعتعش تسعطعش nineteen",
}
_TENS = {
    20: "عشرين عشرون twenty",
    30: "ثلاثين ثلاثون تلاتين thirty",
    40: "اربعين اربعون forty fourty",
    50: "خمسين خمسون fifty",
    60: "ستين ستون sixty",
    70: "سبعين سبعون seventy",
    80: "ثمانين ثمانون تمانين eighty",
    90: "تسعين تسعون ninety",
}
_STEMS = {  # of the hundreds and thousands written as one word
    3: "ثلاث ثلث تلات تلت",
    4: "اربع",
    5: "خمس",
    6: "ست",
    7: "سبع",
    8: "ثمان ثماني تمان تماني تمن",
    9: "تسع",
}
_SCALES = {  # the number itself; forms that need a count before them; two of it
    10**3: ("الف thousand", "الاف تلاف تالاف الوف الفا thousands k", "الفين الفان"),
    10**6: (
        "مليون million",
        "ملايين ملاين مليونا millions m mln mn",
        "مليونين مليونان",
    ),
    10**9: ("مليار بليون billion", "مليارات مليارا billions b bn", "مليارين ملياران"),
    10**12: ("تريليون ترليون trillion", "trillions", "تريليونين ترليونين"),
}
_HUNDRED = "ميه مايه ميت hundred"
_HUNDRED_COUNTED = "ميات hundreds"
_TWO_HUNDRED = "ميتين ميتان ميتا ميتي مايتين مايتان مايتا مايتي"
_PARTS = {
    Fraction(1, 2): "نص نصف half",
    Fraction(1, 3): "ثلث تلت third",
    Fraction(1, 4): "ربع quarter",
}
_ZERO = "صفر zero"


def _entries(
    kind: Kind, value: Fraction | int, words: Iterable[str], base: int = 1, counted: bool = False
) -> dict[str, Numeral]:
    return {
        word: Numeral(kind, Fraction(value), base, latin=word.isascii(), counted_only=counted)
        for word in words
    }


def _below_hundred() -> dict[str, Numeral]:
    table = _entries("figure", 0, _ZERO.split())
    for value, words in _ONES.items():
        table |= _entries("ones", value, words.split())
    for value, words in _TEENS.items():
        table |= _entries("teen", value, words.split())
        if value > 10:  # «خمستعش» is also written «خمستعشر»
            table |= _entries("teen", value, [f"{w}ر" for w in words.split() if not w.isascii()])
    for value, words in _TENS.items():
        table |= _entries("tens", value, words.split())
    for part, words in _PARTS.items():
        table |= _entries("part", part, words.split())
    return table


def _hundreds_and_scales() -> dict[str, Numeral]:
    table = _entries("hundred", 100, _HUNDRED.split())
    table |= _entries("hundred", 100, _HUNDRED_COUNTED.split(), counted=True)
    table |= _entries("hundreds", 200, _TWO_HUNDRED.split())
    for count, stems in _STEMS.items():
        for stem in stems.split():
            fused = [stem + hundred for hundred in ("ميه", "مايه", "ميت")]
            table |= _entries("hundreds", 100 * count, fused)
            fused = [f"{stem}تالاف", f"{stem}تلاف", f"{stem}الاف"]
            table |= _entries("scaled", 1000 * count, fused, base=1000)
    for base, (alone, counted, two) in _SCALES.items():
        table |= _entries("scale", base, alone.split(), base)
        table |= _entries("scale", base, counted.split(), base, counted=True)
        table |= _entries("scaled", 2 * base, two.split(), base)
    return table


def _two_words() -> dict[tuple[str, str], Numeral]:
    """«خمسة عشر» and «خمس عشرة», but not «خمسة عشرة», with which people say "five to ten"."""
    pairs = {
        # «تلت» alone is a third.
        ("تلت", "ميه"): Numeral("hundreds", Fraction(300)),
        ("تلت", "الاف"): Numeral("scaled", Fraction(3000), base=1000),
        ("تلت", "تلاف"): Numeral("scaled", Fraction(3000), base=1000),
    }
    pairs |= {
        (first, second): Numeral("teen", Fraction(value))
        for value, firsts, second in (
            (11, "احد حادي", "عشر"),
            (11, "احدي", "عشره"),
            (12, "اثنا اثني", "عشر"),
            (12, "اثنتا اثنتي", "عشره"),
        )
        for first in firsts.split()
    }
    for value in range(3, 10):
        for first in _ONES[value].split():
            if not first.isascii():
                pairs[first, "عشر"] = Numeral("teen", Fraction(10 + value))
                if not first.endswith("ه"):
                    pairs[first, "عشره"] = Numeral("teen", Fraction(10 + value))
    return pairs


WORDS: dict[str, Numeral] = _below_hundred() | _hundreds_and_scales()
PAIRS: dict[tuple[str, str], Numeral] = _two_words()
