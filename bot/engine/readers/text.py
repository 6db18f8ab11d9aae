"""Text as people type it: folded for comparing, cleaned for keeping."""

import unicodedata

from bot.engine.readers.results import Accepted, Refused

_JOINERS = "\u200c\u200d"  # seen in Persian words and in composed emoji
_MOST_MARKS = 3  # shadda, a vowel and a dagger alef: real Arabic never stacks more

_TASHKEEL = [*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06EE)]
_TATWEEL, _LONE_HAMZA = 0x0640, 0x0621
_FOLDED = str.maketrans(
    "أإآٱؤئةىکیھہ" + "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹" + "‐‑‒–—−’‘ʼ",
    "ااااويهيكيهه" + "01234567890123456789" + "------'''",
    "".join(map(chr, [*_TASHKEEL, _TATWEEL, _LONE_HAMZA])),
)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") and not char.isspace()


def _is_loose(char: str) -> bool:
    """Punctuation, emoji and stray marks, which carry nothing at either end of an answer."""
    category = unicodedata.category(char)
    return char.isspace() or category[0] in "PM" or category in ("So", "Sk")


def _without_unseen(text: str, keep: str = "") -> str:
    """Drop controls, bidi controls and lone surrogates, and calm piled-up combining marks."""
    kept: list[str] = []
    marks = 0
    for char in text:
        if _is_unseen(char) and char not in keep:
            continue
        marks = marks + 1 if _is_mark(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def fold(text: str) -> str:
    """Fold the spelling differences of one word into one form, keeping all punctuation.

    Digits become Latin, dashes and apostrophes one sign each, spaces and line breaks one space.
    """
    # Marks are calmed first: putting thousands of them in canonical order takes quadratic time.
    wide = unicodedata.normalize("NFKC", _without_unseen(text)).casefold()
    return " ".join(unicodedata.normalize("NFKC", wide).translate(_FOLDED).split())


def normalise(text: str) -> str:
    """Return `text` for comparing: folded, without punctuation or emoji at the ends."""
    folded = fold(text)
    held = [place for place, char in enumerate(folded) if not _is_loose(char)]
    return folded[held[0] : held[-1] + 1] if held else ""


def phrases(*lines: str) -> frozenset[str]:
    """Return the phrases that ``|`` separates, as `normalise` leaves them."""
    return frozenset(normalise(phrase) for line in lines for phrase in line.split("|"))


def words(*lines: str) -> frozenset[str]:
    """Return the words and signs that spaces separate, as `fold` leaves them."""
    return frozenset(word for line in lines for word in fold(line).split())


def clean(text: str, limit: int) -> str:
    """Return `text` for keeping, on one line and at most `limit` characters long.

    Controls and bidi controls are gone, so that it cannot reorder or break the lines around it;
    spelling, case and punctuation stay as typed.
    """
    line = " ".join(_without_unseen(text, keep=_JOINERS).split())
    return line[:limit].strip(" " + _JOINERS)


def read_text(text: str, maximum: int) -> Accepted | Refused:
    """Read a short text of at most `maximum` characters; refused: ``empty``, ``too-long``."""
    kept = clean(text, len(text))
    if all(_is_mark(char) or char.isspace() or char in _JOINERS for char in kept):
        return Refused("empty")
    if len(kept) > maximum:
        return Refused("too-long", {"max": str(maximum)})
    return Accepted(kept)
