"""How number words join into one number: «مليونين ونص», «مية وخمسة وعشرين», two hundred and five."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from bot.engine.readers.figures import CannotRead
from bot.engine.readers.number_words import Kind, Numeral

_MILLION = 10**6
_SLOTS: dict[Kind, frozenset[str]] = {
    "ones": frozenset({"ones"}),
    "teen": frozenset({"ones", "tens"}),
    "tens": frozenset({"tens"}),
    "hundreds": frozenset({"hundreds"}),
    "hundred": frozenset({"hundreds"}),
    "figure": frozenset({"ones", "tens", "hundreds"}),
}


@dataclass(frozen=True)
class Term:
    """A number word in its place; None for `numeral` is a word that ends the number before it."""

    numeral: Numeral | None
    joined: bool = False  # with «و» or "and"
    negative: bool = False


@dataclass
class Number:
    """One number while it is being read, term by term."""

    negative: bool = False
    in_figures: bool = False
    _total: Fraction = Fraction(0)  # what the scales so far have closed
    _closed: Fraction = Fraction(0)  # of it, the last one
    _scale: int | None = None
    _group: Fraction | None = None  # what no scale has closed yet
    _taken: frozenset[str] = frozenset()
    _last: Numeral | None = None
    _ended: bool = False

    @property
    def value(self) -> Fraction:
        """The number.

        Raises:
            CannotRead: «مليون وخمسمية», which is said for 1,500,000 and written for 1,000,500.
        """
        if self._group is not None and (self._scale or 0) >= _MILLION:
            raise CannotRead("unclear-number")
        total = self._total + (self._group or 0)
        return -total if self.negative else total

    def take(self, word: Numeral, joined: bool, multiplied: bool) -> bool:
        """Add the next word; False when it cannot belong to this number and begins another.

        `multiplied` says that a scale follows the word at once, as in «نص مليون».
        """
        if self._last is not None and (self._ended or word.breaks):
            return False
        if word.kind == "part":
            taken = self._part(word, joined, multiplied)
        elif word.kind == "hundred":
            taken = self._hundred(word, joined)
        elif word.kind == "scale":
            taken = self._scaled_by(word, joined)
        elif word.kind == "scaled":
            taken = self._scaled(word, joined)
        else:
            taken = self._small(word, joined)
        if taken:
            self.in_figures = self.in_figures or word.kind == "figure"
            self._last = word
        return taken

    def _small(self, word: Numeral, joined: bool) -> bool:
        last = self._last
        if last is not None and not self._may_follow(last, word, joined):
            return False
        slots = _SLOTS[word.kind]
        # Nothing below a hundred comes before it.
        if slots & self._taken or (self._taken and "hundreds" in slots):
            return False
        self._group = (self._group or Fraction(0)) + word.value
        self._taken |= slots
        return True

    @staticmethod
    def _may_follow(last: Numeral, word: Numeral, joined: bool) -> bool:
        if word.latin:  # English needs no "and", but says the larger first
            return (joined or last.latin) and word.value < last.value
        return joined

    def _hundred(self, word: Numeral, joined: bool) -> bool:
        group = self._group
        if group is not None and not joined and 1 <= group < 100 and group.denominator == 1:
            self._group = group * 100
            self._taken = _SLOTS["hundreds"]
            return True
        if word.counted_only:
            raise CannotRead("unclear-number")
        return self._small(word, joined)

    def _scaled_by(self, word: Numeral, joined: bool) -> bool:
        if self._group is not None:
            return not joined and self._close_group(self._group, word)
        if self._last is not None and not joined:
            return self._multiply_scale(word)
        if word.counted_only:
            raise CannotRead("unclear-number")
        return self._close(Fraction(word.base), word.base)

    def _close_group(self, group: Fraction, word: Numeral) -> bool:
        if self._last is not None and self._last.guessed:  # "1.500 million": one and a half?
            raise CannotRead("unclear-number")
        if group < 1 and word.base == self._scale:  # «مليون ونص مليون»
            self._scale = None
        return self._close(group * word.base, word.base)

    def _multiply_scale(self, word: Numeral) -> bool:
        """«ألف مليون», «خمسين ألف مليون»."""
        scales = self._last is not None and self._last.kind == "scale"
        if not scales or self._scale is None or word.base <= self._scale:
            return False
        multiplied = self._closed * word.base
        self._total, self._scale = self._total - self._closed, None
        return self._close(multiplied, word.base)

    def _scaled(self, word: Numeral, joined: bool) -> bool:
        if self._group is not None or (self._last is not None and not joined):
            return False
        return self._close(word.value, word.base)

    def _close(self, amount: Fraction, base: int) -> bool:
        if self._scale is not None and base >= self._scale:
            return False
        self._total += amount
        self._closed, self._scale = amount, base
        self._group, self._taken = None, frozenset()
        return True

    def _part(self, word: Numeral, joined: bool, multiplied: bool) -> bool:
        if self._last is not None and not joined:
            return False
        if self._group is None and self._scale is not None and not multiplied:
            self._total += word.value * self._scale  # «مليون ونص»: half of the million
            self._ended = True
            return True
        if self._group is not None and self._group.denominator > 1:
            return False
        self._group = (self._group or Fraction(0)) + word.value
        self._taken = _SLOTS["figure"]
        return True


def numbers_in(terms: Sequence[Term]) -> list[Number]:
    """Return every number that the terms make, in their order.

    Raises:
        CannotRead: a word says "many" («آلاف») or may mean two amounts.
    """
    numbers: list[Number] = []
    current: Number | None = None
    for term, following in pairwise([*terms, Term(None)]):
        if term.numeral is None:
            current = None
            continue
        multiplied = _is_scale(following)
        if (
            current is None
            or term.negative
            or not current.take(term.numeral, term.joined, multiplied)
        ):
            current = _begun(term, multiplied)
            numbers.append(current)
    return numbers


def _begun(term: Term, multiplied: bool) -> Number:
    number = Number(negative=term.negative)
    if term.numeral is not None:
        number.take(term.numeral, joined=False, multiplied=multiplied)
    return number


def _is_scale(term: Term) -> bool:
    return term.numeral is not None and term.numeral.kind == "scale" and not term.joined


def only_number(numbers: Iterable[Number]) -> int:
    """Return the one whole number; «5 (خمسة)» counts as one.

    Raises:
        CannotRead: there is none, there are several, it is not whole or may mean two amounts.
    """
    found = list(numbers)
    if not found:
        raise CannotRead("not-a-number")
    said_twice = len(found) == 2 and found[0].in_figures != found[1].in_figures
    if len(found) > 1 and not (said_twice and found[0].value == found[1].value):
        raise CannotRead("several-numbers")
    value = found[0].value
    if value.denominator != 1:
        raise CannotRead("not-whole")
    return int(value)
