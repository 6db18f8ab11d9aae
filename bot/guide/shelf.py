"""The guide in service: one revision with its words and voices, replaced as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.engine.guide import Guide
from bot.guide.languages import ORIGINAL
from bot.guide.voice import Voice
from bot.guide.words import Words


@dataclass(frozen=True)
class Edition:
    """The guide in one language: its rules, its words, and the bot's voice around them."""

    guide: Guide
    words: Words
    voice: Voice

    @property
    def mirrored(self) -> bool:
        """Whether the language runs from right to left."""
        return self.voice.right_to_left


@dataclass(frozen=True)
class Shelf:
    """What is served now. Whoever serves asks for it at each message, so that it can change."""

    guide: Guide
    words: Mapping[str, Words]
    voices: Mapping[str, Voice]
    revision: str

    @cached_property
    def languages(self) -> Mapping[str, str]:
        """What each language that is served calls itself, the original first."""
        return {code: voice.plain("language.name") for code, voice in self.voices.items()}

    def edition(self, language: str | None) -> Edition:
        """The guide in one language; in the original if none is chosen, or it is served no more."""
        code = ORIGINAL if language is None or language not in self.voices else language
        return Edition(self.guide, self.words[code], self.voices[code])
