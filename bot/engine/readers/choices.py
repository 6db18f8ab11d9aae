"""Options chosen by typing: their label, a part of it, or their number in the list."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.engine.readers.results import Accepted, Refused
from bot.engine.readers.text import clean, fold, normalise, phrases, words

_NUMBERED = re.compile(r"(?:رقم|الرقم|خيار|الخيار|option|number|no\.?|#)? ?([0-9]{1,3})")
_MINUS = re.compile(r"- ?[0-9]")
_WORD = re.compile(r"\w+")
_SAYS_LITTLE = words("and the for with not أما على إلى مع أو هذا هذه عن غير")
_SHORTEST_PART = 3
_DENIES = words("ليس ليست مو مش ما مانو بدون بلا غير لا not no without except")
_BEFORE = ("ال", "و", "ب", "ل", "ف", "بال", "وال", "لل", "عال")
Names = Mapping[str, Sequence[str]]
"""Of each option, its label first and then what else people call it, all normalised."""

_NONE = phrases(
    "لا|ولا شي|ولا شيء|لا شي|لا شيء|ولا واحد|ولا واحدة|ولا وحدة|ولا وحدة منهم|ولا واحد منهم",
    "ما في|مافي|ما في شي|ما عندي|ماعندي|ما عندي شي|ما عندي ولا شي|ما عندي ولا واحد|ما معي شي",
    "لا يوجد|ليس لدي شيء|لا أملك شيئا|صفر|0|no|none|nothing|none of them|none of these|zero",
)
_ALL = phrases("الكل|كلهم|كلها|كلهن|جميعها|جميعهم|كل شي|all|all of them|everything")
_BETWEEN_ITEMS = re.compile(r"[,،;؛\n/|+&]+")
_BETWEEN_WORDS = re.compile(r" (?:و ?|and )(?=\S)|(?<=[0-9])و ?(?=[0-9])| (?=[0-9])|(?<=[0-9]) ")
_LONGEST_RUN = 6  # pieces of one label
_SHOWN_PART = 40  # characters of the part that was not understood


def read_choice(text: str, options: Mapping[str, Sequence[str]]) -> Accepted | Refused:
    """Read one of `options` (id to label and other names, in the order shown); accepted with its id.

    A whole name, else the number counted from 1, else a name within the text («بدي أفتح مطعم»),
    else the first words of one label, else words found in one label. Refused: ``not-an-option``,
    ``several-options-match``.
    """
    names = _compared(options)
    whole = _whole(text, names)
    if whole is not None:
        return _only(whole)
    wanted = normalise(text)
    return _only(_named_within(wanted, names) or _by_part(_bare_words(wanted), names))


def _compared(options: Mapping[str, Sequence[str]]) -> Names:
    return {option: [_normalised(name) for name in names] for option, names in options.items()}


@lru_cache(maxsize=4096)
def _normalised(name: str) -> str:
    """Names come from the guide and come again; what people type is not kept here."""
    return normalise(name)


def _matching(text: str, names: Names) -> list[str]:
    """The options that a part of a list means; a sentence may name several, and is not read."""
    whole = _whole(text, names)
    return _by_part(_bare_words(normalise(text)), names) if whole is None else whole


def _whole(text: str, names: Names) -> list[str] | None:
    """The options of this name or number; ``None`` when the text is neither."""
    wanted = normalise(text)
    whole = [option for option, named in names.items() if wanted in named]
    if whole or not wanted:
        return whole
    numbered = _NUMBERED.fullmatch(wanted)
    if numbered is None:
        return None
    place = int(numbered[1])
    return [] if _MINUS.match(fold(text)) else list(names)[place - 1 : place]


def _named_within(wanted: str, names: Names) -> list[str]:
    """The options that are named in the text, unless the text denies something."""
    said = [_forms(word) for word in _WORD.findall(wanted)]
    if any(form in _DENIES for forms in said for form in forms):
        return []
    return [
        option
        for option, named in names.items()
        if any(_stands_in(_WORD.findall(name), said) for name in named)
    ]


def _stands_in(name: Sequence[str], said: Sequence[frozenset[str]]) -> bool:
    starts = range(len(said) - len(name) + 1)
    return any(
        all(word in forms for word, forms in zip(name, said[start:], strict=False))
        for start in starts
    )


def _forms(word: str) -> frozenset[str]:
    """The word, and without what Arabic writes before it: «بحلب» and «الحلاقة» are found too."""
    found = {word}
    for before in _BEFORE:
        if word.startswith(before) and len(word) - len(before) >= _SHORTEST_PART:
            found |= {word[len(before) :], "ال" + word[len(before) :]}
    return frozenset(found)


def _by_part(wanted: Sequence[str], names: Names) -> list[str]:
    if not _says_enough(wanted):
        return []
    places = {option: _places(wanted, _bare_words(named[0])) for option, named in names.items()}
    starting = [option for option, found in places.items() if 0 in found]
    return starting or [option for option, found in places.items() if found]


def _only(found: Sequence[str]) -> Accepted | Refused:
    if len(found) == 1:
        return Accepted(found[0])
    return Refused("several-options-match" if found else "not-an-option")


def _bare_words(text: str) -> list[str]:
    """Words without their article, so that «المحل» finds «محل مستأجر»."""
    return [
        word[2:] if word.startswith("ال") and len(word) > 4 else word
        for word in _WORD.findall(text)
    ]


def _says_enough(wanted: Sequence[str]) -> bool:
    return any(len(word) >= _SHORTEST_PART and word not in _SAYS_LITTLE for word in wanted)


def _places(wanted: Sequence[str], label: Sequence[str]) -> list[int]:
    starts = range(len(label) - len(wanted) + 1)
    return [start for start in starts if label[start : start + len(wanted)] == wanted]


def read_several(text: str, options: Mapping[str, Sequence[str]]) -> Accepted | Refused:
    """Read any number of `options`; accepted with the list of ids in the order of `options`.

    «لا شيء» is the empty list, «الكل» all of them. Refused as `read_choice` does, with ``part``,
    what was typed for the option that was not found.
    """
    labels = _compared(options)
    said = normalise(text)
    if not any(said in named for named in labels.values()):
        if said in _NONE:
            return Accepted([])
        if said in _ALL:
            return Accepted(list(options))
    single = _only(_matching(text, labels))
    if isinstance(single, Accepted):
        return Accepted([single.value])
    chosen: set[str] = set()
    for item in _BETWEEN_ITEMS.split(text):
        missed = _collect(fold(item), labels, chosen) if normalise(item) else None
        if missed is not None:
            return missed
    if not chosen:
        return Refused("not-an-option", {"part": clean(text, _SHOWN_PART)})
    return Accepted([option for option in options if option in chosen])


def _collect(item: str, labels: Names, chosen: set[str]) -> Refused | None:
    """Add the options that "and" joins in `item`; a label may hold one, so the longest run wins."""
    joints = [match.span() for match in _BETWEEN_WORDS.finditer(item)]
    starts = [0, *(after for _, after in joints)]
    ends = [*(before for before, _ in joints), len(item)]
    piece = 0
    while piece < len(starts):
        for last in range(min(len(ends), piece + _LONGEST_RUN) - 1, piece - 1, -1):
            found = _matching(item[starts[piece] : ends[last]], labels)
            if len(found) == 1:
                chosen.add(found[0])
                piece = last + 1
                break
        else:
            part = item[starts[piece] : ends[piece]]
            return _refused_part(part, _matching(part, labels))
    return None


def _refused_part(part: str, found: Sequence[str]) -> Refused:
    reason = "several-options-match" if found else "not-an-option"
    return Refused(reason, {"part": clean(part, _SHOWN_PART)})
