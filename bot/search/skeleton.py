"""Consonant skeletons: Arabic written in Latin letters and digits (Arabizi) meets Arabic.

Arabizi has no rules: ``2ard``, ``qard`` and ``kard`` are all قرض. What writers agree on is the order
of the consonants, so both scripts are reduced to it, with letters that sound alike in Syria as one.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

_ARABIC: Final = str.maketrans(
    "بتثجحخدذرزسشصضطظعغفقكلمنهپڤگچ",
    "bttjhxdzrzsSsdtz3gfkklmnhbfgS",
)
_NO_VOWELS: Final = str.maketrans("", "", "اوي")
_LONG: Final = {"ا": "a", "و": "o", "ي": "i"}
_LATIN_VOWELS: Final = str.maketrans("eyuw", "iioo")
_PAIRS: Final = (
    ("3'", "g"), ("7'", "x"), ("9'", "d"), ("6'", "z"), ("'", ""), ("sh", "S"), ("ch", "S"),
    ("kh", "x"), ("gh", "g"), ("th", "t"), ("dh", "z"), ("ph", "f"), ("ck", "k"),
)  # fmt: skip
_SINGLE: Final = {
    "2": ("", "k"), "3": ("3",), "4": ("S", "z"), "5": ("x",), "6": ("t",), "7": ("h",),
    "8": ("g", "k"), "9": ("s", "k"), "g": ("g", "j"), "q": ("k",), "c": ("k", "s"), "p": ("b",),
    "v": ("f",), "x": ("ks", "x"),
}  # fmt: skip
_CONSONANTS: Final = frozenset("bdfhjklmnrstzSgx")
_DOUBLED: Final = re.compile(r"(.)\1+")
_ARTICLE: Final = re.compile(r"^(?:w?[aei]l|b[ei]?l|lal|la|l|3al|b|w)(?=.{3})")
_FINAL_H: Final = re.compile(r"(?<=[^aeiou])[aei]h$")
_MOST_READINGS: Final = 8
_UNHEARD: Final = 0.75
"""What remains of a likeness for each long vowel that the Latin word lacks: writers hear them."""
_OTHER_START: Final = 0.9
"""What remains when the first consonants differ: writers err there least."""


def of_arabic(word: str) -> set[str]:
    """The skeletons of a folded Arabic word, as careful and as careless writers hear it.

    A final taa marbuta is silent or a t, ظ is often ض, and ع is often left out.
    """
    silent = word.removesuffix("ه") if len(word) > len("سنه") else word
    heard = {silent, silent.replace("ظ", "ض"), word if silent == word else f"{silent}ت"}
    bones = {spelling.translate(_NO_VOWELS).translate(_ARABIC) for spelling in heard}
    return {_DOUBLED.sub(r"\1", bone.replace("3", ayn)) for bone in bones for ayn in ("3", "")}


def of_latin(word: str) -> set[str]:
    """The skeletons that a word in Latin letters and digits may stand for, article or not."""
    readings = _readings(word)
    if article := _ARTICLE.match(word):
        readings |= _readings(word[article.end() :])
    return readings


def _readings(word: str) -> set[str]:
    text = _paired(word)
    found = [""]
    for letter in text:
        signs = _SINGLE.get(letter) or ((letter,) if letter in _CONSONANTS else ("",))
        found = [bones + sign for bones in found for sign in signs][:_MOST_READINGS]
    return {_DOUBLED.sub(r"\1", bones) for bones in found}


def _paired(word: str) -> str:
    text = _FINAL_H.sub("", word)
    for pair, sign in _PAIRS:
        text = text.replace(pair, sign)
    return text


def likeness(latin: str, arabic: str) -> float:
    """How well the Latin word writes the Arabic one down, vowels and all: 0 to 1.

    It chooses among the words of one skeleton: ``jadwa`` is جدوى (feasibility), not جودة (quality).
    Short vowels are not written in Arabic, so the Latin word may have more; long ones it must have.
    """
    text = _paired(latin)
    if text.startswith("2"):
        text = f"k{text[1:]}"  # nobody writes the hamza at the start of a word
    heard = "".join(_SINGLE.get(sign, (sign,))[0] for sign in text).translate(_LATIN_VOWELS)
    body = arabic.removesuffix("ه")
    written = "".join(_LONG.get(letter) or letter.translate(_ARABIC) for letter in body)
    spellings = {written, f"{written[:-1]}a"} if body.endswith("ي") else {written}
    return max(_compared(heard, spelling, body) for spelling in spellings)


def _compared(heard: str, written: str, arabic: str) -> float:
    remaining = iter(heard)
    long = [sign for sign, letter in zip(written, arabic, strict=True) if letter in _LONG]
    unheard = sum(vowel not in remaining for vowel in long)
    starts_alike = heard[:1] == written[:1] or heard[:1] in "aio"
    alike = SequenceMatcher(None, heard, written, autojunk=False).ratio()
    return alike * _UNHEARD**unheard * (1.0 if starts_alike else _OTHER_START)
