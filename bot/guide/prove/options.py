"""No two options of a question read alike: what a button says can be typed, and means that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from bot.engine import readers
from bot.engine.flow import Question
from bot.engine.readers import Accepted, Refused
from bot.guide.kinds import words_file
from bot.guide.pages import figures
from bot.guide.prove.findings import Claim, Finding, Spot, Tally, failure
from bot.guide.prove.ground import Ground
from bot.guide.shelf import Edition
from bot.guide.strict_yaml import Path

Spoken = Mapping[str, Sequence[str]]
"""Of each option, its label and then what else people call it."""


def claims(ground: Ground) -> Iterator[Claim]:
    """Of each label in each language, and of each word for it, that it is read as its option."""
    for edition in ground.editions:
        for name, question in ground.guide.questions.items():
            spoken = _spoken(edition, name)
            for option, phrases in spoken.items():
                at = _spot(edition, name, question, option)
                for phrase in phrases:
                    refute = partial(_reads, question, spoken, option, phrase, at)
                    yield Claim(at, refute)


def _spoken(edition: Edition, name: str) -> Spoken:
    labels = {o: figures.option(name, o, edition) for o in edition.guide.option_ids(name)}
    return {option: (label, *_says(edition, name, option)) for option, label in labels.items()}


def _says(edition: Edition, name: str, option: str) -> Sequence[str]:
    """What else people call an option."""
    question, words = edition.guide.questions[name], edition.words
    if question.kind == "governorate":
        return words.governorates[option].says
    worded = None if question.holds else words.questions[name].options.get(option)
    return worded.says if worded else ()


def _spot(edition: Edition, name: str, question: Question, option: str) -> Spot:
    language = edition.voice.language
    kind, path = _written(name, question, option)
    return Spot(f"questions/{name}/{option}", words_file(language, kind), path)


def _written(name: str, question: Question, option: str) -> tuple[str, Path]:
    """The file of words and the keys in it where an option is worded."""
    if question.kind == "governorate":
        return "governorates", (option,)
    return ("documents", (option,)) if question.holds else ("questions", (name, "options", option))


def _reads(
    question: Question, spoken: Spoken, option: str, phrase: str, at: Spot, _tally: Tally
) -> Iterator[Finding]:
    told = {"phrase": phrase, "option": option}
    if question.may_be_unknown and readers.says_unknown(phrase):
        yield failure("reads-unknown", at, None, **told)
        return
    if _read(question, phrase, spoken) not in (Accepted(option), Accepted([option])):
        yield failure("reads-otherwise", at, None, **told)


def _read(question: Question, phrase: str, spoken: Spoken) -> Accepted | Refused:
    """What the bot takes the phrase for."""
    if question.kind == "yes-no":
        return readers.read_yes_no(phrase)
    read = readers.read_several if question.kind == "several" else readers.read_choice
    return read(phrase, spoken)
