"""Numbers as people type them: figures, words, both, and the words around them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from bot.engine.readers.figures import FIGURE, CannotRead, figure
from bot.engine.readers.number_grammar import Term, numbers_in, only_number
from bot.engine.readers.number_words import PAIRS, WORDS, Numeral
from bot.engine.readers.results import Accepted, Refused
from bot.engine.readers.text import fold, normalise, phrases, words

NOTHING_BETWEEN = "¤"  # stands for a word inside a number that is no part of it («مليون ليرة ونص»)

CEILING = 10**15
_MOST_OTHER_WORDS = 3  # beyond them it is a sentence, and its number may be about anything

_TOKEN = re.compile(
    rf"(?P<minus>^- ?(?=[0-9])|(?<=[ (:])-(?=[0-9]))|(?P<figure>{FIGURE})"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<sign>\S)"
)
_SQUARE_METRES = re.compile(r"(?<![^\W\d_])(?:م|متر|m)[23](?![0-9])")
_SUFFIX = re.compile(r"[0-9]([a-z]{1,2})(?![a-z])")  # 5k is read; 5kk, 5kg and 1e9 are not
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")

_NONE = phrases(
    "لا أحد|ما في|مافي|ما في حدا|مافي حدا|ما حدا|ما في أحد|لا يوجد|لا يوجد أحد|ولا حدا|ولا أحد",
    "ولا واحد|ولا وحدة|ولا شي|ولا شيء|لا شيء|لا شي|ما في شي|ما عندي|ما عندي حدا|ما عندي شي",
    "ما عندي أحد|ما في عمال|ما في موظفين|ما عندي عمال|ما عندي موظفين|ولا عامل|ولا موظف",
    "لا يوجد عمال|لا يوجد موظفون|لا يوجد موظفين|بدون عمال|بدون موظفين|بلا عمال|بلا موظفين",
    "none|nobody|no one|no-one|nothing|no workers|no employees|no staff|not one|not any",
)
_TWO_OF = words(
    "عاملين عاملان عاملتين شخصين شخصان نفرين شريكين شريكان سنتين شهرين يومين مترين غرفتين"
)
# Words around a number that say it is not the answer, or not exactly.
_TELLING = {
    "several-numbers": words("بين between"),
    "not-exact": words(
        "أقل أكثر أكتر أزيد فوق تحت دون إلا مو مش ليس ليست لست ما مافي لا غير ناقص سالب حتى",
        "بضع بضعة ثلثي ثلثين تلتين أرباع ترباع ثمن دزينة + < > ≤ ≥ ±",
        "less more up over under above below not no minus plus except least most max",
        "thirds quarters dozen",
    ),
    "not-a-number": words(
        "% ٪ بالمية بالمئة بالمائة كيف شو شلون ليش لماذا وين أين متى أيمتى هل كم قديش ماهو ماهي",
        "قانون القانون مادة المادة مرسوم المرسوم",
        "percent how what why where when which who law article decree",
    ),
}
_AROUND = words(
    "عندي عنا عندنا لدي لدينا في حوالي تقريبا نحو شي يعني هو هم هني نحن إحنا أنا بس فقط والله",
    "عدد عددهم العدد رأس المال مال رأسمال رأسمالي",
    "i we have has about around only just is are the my our it's roughly approximately capital",
)
_SKIPPED = frozenset(("a", "an", "of", NOTHING_BETWEEN))


def read_number(text: str, minimum: int | None, maximum: int | None) -> Accepted | Refused:
    """Read a whole number, limits included in what is allowed.

    Refused: ``not-a-number``, ``several-numbers``, ``not-whole``, ``not-exact`` ("more than 5"),
    ``unclear-number`` (may mean two amounts), ``too-small`` {min}, ``too-large`` {max}.
    """
    try:
        number = whole_number(text)
    except CannotRead as error:
        return Refused(error.reason)
    if minimum is not None and number < minimum:
        return Refused("too-small", {"min": str(minimum)})
    ceiling = CEILING if maximum is None else maximum
    if number > ceiling:
        return Refused("too-large", {"max": str(ceiling)})
    return Accepted(number)


def whole_number(text: str) -> int:
    """Return the one whole number that `text` states, of any size.

    Raises:
        CannotRead: with the reasons of `read_number`, limits aside.
    """
    compared = normalise(text)
    if compared in _NONE:
        return 0
    folded = _HYPHEN.sub(" ", _SQUARE_METRES.sub(" ", fold(text)))
    if any(suffix not in WORDS for suffix in _SUFFIX.findall(folded)):
        raise CannotRead("not-a-number")
    tokens = [(match.lastgroup or "", match.group()) for match in _TOKEN.finditer(folded)]
    terms = list(_terms(tokens))
    if any(term.numeral for term in terms):
        _refuse_other_meanings(tokens)
    elif sum(word in _TWO_OF for _, word in tokens) == 1:
        _refuse_other_meanings(tokens)
        return 2
    return only_number(numbers_in(terms))


def _refuse_other_meanings(tokens: list[tuple[str, str]]) -> None:
    others = 0
    for place, (kind, token) in enumerate(tokens):
        bare = token[1:] if token.startswith("و") else token
        for reason, telling in _TELLING.items():
            if (token in telling or bare in telling) and not (token == "+" and place == 0):
                raise CannotRead(reason)
        if kind == "word" and not _is_known(token) and not _is_known(bare):
            others += 1
    if others > _MOST_OTHER_WORDS:
        raise CannotRead("not-a-number")


def _is_known(word: str) -> bool:
    return word in _AROUND or word in _SKIPPED or _numeral(word) is not None


def _terms(tokens: list[tuple[str, str]]) -> Iterator[Term]:
    joined = negative = False
    second_of_pair = False
    for (kind, token), (_, after) in pairwise([*tokens, ("", "")]):
        if second_of_pair:
            second_of_pair = False
        elif kind == "minus":
            negative = True
        elif token in ("و", "and"):
            joined = True
        elif token not in _SKIPPED:
            attached, numeral, second_of_pair = _read(kind, token, after)
            yield Term(numeral, joined or attached, negative)
            joined = negative = False


def _read(kind: str, token: str, after: str) -> tuple[bool, Numeral | None, bool]:
    """Return whether «و» is attached, the numeral, and whether it takes the next word too."""
    if kind == "figure":
        return False, figure(token), False
    # «واحد» and «وحدة» are words of their own: the whole word is looked up first.
    for word, attached in ((token, False), (token[1:], token.startswith("و"))):
        if attached or word == token:
            pair = PAIRS.get((word, after))
            if pair is not None:
                return attached, pair, True
            numeral = _numeral(word)
            if numeral is not None:
                return attached, numeral, False
    return False, None, False


def _numeral(word: str) -> Numeral | None:
    """Look a word up, also with an article or a preposition before it («المليون», «لعشرة»)."""
    if word in WORDS:
        return WORDS[word]
    if word.startswith("ال"):
        return WORDS.get(word[2:])
    found = WORDS.get(word[1:]) if word[:1] in ("ب", "ل") else None
    return None if found is None else replace(found, breaks=True)
