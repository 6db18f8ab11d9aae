"""The words that a search knows, and which of them a word of a query may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from bot.search import skeleton
from bot.search.lexicon import Lexicon
from bot.search.normalise import is_arabic, words_of
from bot.search.phrases import Phrase, Phrases
from bot.search.spelling import Spelling
from bot.search.stem import forms, sure_forms, without_article

# What a meaning is worth beside the very word, which is worth 1. A synonym says nearly the same,
# and a phrase of the lexicon leaves less doubt than a single word of it.
_SYNONYM: Final = 0.84
_SYNONYM_PHRASE: Final = 0.95
# Guesses at a misspelling or a transcription are worth the less the less alike the words are, and
# faster than in proportion; guesses much worse than the best are noise.
_STEEPNESS: Final = 1.2
_MISSPELT: Final = 0.8
_TRANSCRIBED: Final = 0.47
_TRANSCRIBED_WELL: Final = 0.5
_SOUNDS_ALIKE: Final = 0.6
_NEAR_THE_BEST: Final = 0.85
_OTHER_STEM: Final = 0.85
"""The most that a stem is worth when the word is known as it stands: غرامة is no gram (غرام)."""
_KNOWN: Final = 0.72
"""From this worth on a word is known as it is written, if only as a verb, and nothing is guessed."""
_SHORTEST_ARABIC_SKELETON: Final = 3
_SHORTEST_LATIN_SKELETON: Final = 2
"""Consonants: an Arabic word is guessed by sound only when spelling fails, a Latin one always."""


def concept(name: str) -> str:
    """The term under which a concept is indexed; no word can begin so."""
    return f"={name}"


@dataclass
class QueryWord:
    """A word of a query: the terms that it may mean, with what each is worth, at most 1."""

    forms: Set[str]
    filler: bool
    slight: bool
    """A number or a single letter: by itself it tells nothing, whether or not it is known."""
    meanings: dict[str, float] = field(default_factory=dict)


class Vocabulary:
    """The words of entries and lexicon, with their synonyms, by spelling and by sound."""

    def __init__(self, words: Iterable[str], lexicon: Lexicon) -> None:
        self._fillers = {word for filler in lexicon.fillers for word in words_of(filler)}
        self._concepts: defaultdict[str, set[str]] = defaultdict(set)
        known = set(words)
        single: list[tuple[str, str]] = []
        phrases: list[tuple[Phrase, str]] = []
        for name, synonyms in lexicon.synonyms.items():
            for synonym in filter(None, map(words_of, synonyms)):
                known.update(synonym)
                if len(synonym) > 1:
                    phrases.append((tuple(synonym), concept(name)))
                else:
                    single.append((synonym[0], concept(name)))
        self._phrases = Phrases(phrases)
        themselves = {bare for word, _ in single for bare in (word, without_article(word))}
        for word, name in single:
            for form in sure_forms(word) - (themselves - {word, without_article(word)}):
                self._concepts[form].add(name)
        known -= self._fillers
        self._known = known | {without_article(word) for word in known}
        self._forms = {form for word in known for form in sure_forms(word)}
        self._spelling = Spelling(known)
        self._sounds: defaultdict[str, set[str]] = defaultdict(set)
        for word in filter(is_arabic, known):
            for bare in {word, without_article(word)}:
                for bones in skeleton.of_arabic(bare):
                    self._sounds[bones].add(bare)

    def is_filler(self, word: str) -> bool:
        """Whether the word, with or without an "and" before it, says nothing."""
        return word in self._fillers or word.removeprefix("و") in self._fillers

    def concepts(self, word: str) -> set[str]:
        """The concepts that a word stands for by itself."""
        return {name for form in sure_forms(word) for name in self._concepts.get(form, ())}

    def concepts_in(self, words: Sequence[str]) -> set[str]:
        """The concepts that phrases among these words stand for."""
        return {name for name, _ in self._phrases.within([sure_forms(word) for word in words])}

    def read(self, query: str, language: str) -> list[QueryWord]:
        """The words of a query with their meanings, each word once.

        A filler means something only in a phrase.
        """
        read = []
        for text in dict.fromkeys(words_of(query)):
            word = QueryWord(
                sure_forms(text), self.is_filler(text), text.isdecimal() or len(text) == 1
            )
            if not word.filler:
                word.meanings |= self._meanings(text, language)
            read.append(word)
        for name, places in self._phrases.within([word.forms for word in read]):
            for place in places:
                read[place].meanings[name] = _SYNONYM_PHRASE
                read[place].filler = False
        return read

    def _meanings(self, word: str, language: str) -> Mapping[str, float]:
        found = {form: worth for form, worth in forms(word).items() if form in self._forms}
        if known := self._known & {word, without_article(word)}:
            found = {f: w if f in known else min(w, _OTHER_STEM) for f, w in found.items()}
        if max(found.values(), default=0.0) < _KNOWN:
            for guess, worth in self._guesses(word, language).items():
                for form in sure_forms(guess):
                    found[form] = max(found.get(form, 0.0), worth)
        for form, worth in list(found.items()):
            for name in self._concepts.get(form, ()):
                found[name] = max(found.get(name, 0.0), worth * _SYNONYM)
        return found

    def _guesses(self, word: str, language: str) -> Mapping[str, float]:
        """Known words that may have been meant, by spelling and by sound.

        People who read the bot in English are taken to write English, not Arabizi.
        """
        found = {
            known: alike**_STEEPNESS * _MISSPELT
            for known, alike in self._spelling.near(word).items()
        }
        if is_arabic(word):
            heard = self._heard(skeleton.of_arabic(word), _SHORTEST_ARABIC_SKELETON)
            sounds = dict.fromkeys(heard, _SOUNDS_ALIKE)
        elif language != "en":
            heard = self._heard(skeleton.of_latin(word), _SHORTEST_LATIN_SKELETON)
            alike = {known: skeleton.likeness(word, known) ** _STEEPNESS for known in heard}
            sounds = {k: _TRANSCRIBED + _TRANSCRIBED_WELL * like for k, like in alike.items()}
        else:
            sounds = {}
        for known, worth in sounds.items():
            found[known] = max(found.get(known, 0.0), worth)
        best = max(found.values(), default=0.0)
        return {known: worth for known, worth in found.items() if worth >= best * _NEAR_THE_BEST}

    def _heard(self, skeletons: Iterable[str], shortest: int) -> set[str]:
        return {
            known
            for bones in skeletons
            if len(bones) >= shortest
            for known in self._sounds.get(bones, ())
        }
