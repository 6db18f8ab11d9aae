"""The bot's own voice: the catalogs in ``locales/<language>/*.po``, one for each room.

A message is asked for by its id (``question.back``), never by its English: neither language is
the translation of the other. Nothing falls back: an id without words raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from bot.guide.direction import commands_isolated
from bot.guide.languages import languages_in, right_to_left


class Voice:
    """What the bot says of itself in one language."""

    def __init__(self, language: str, catalogs: list[Catalog]) -> None:
        self.language = language
        self.right_to_left = right_to_left(language)
        if self.right_to_left:
            for catalog in catalogs:
                _isolate_commands(catalog)
        self._translations = [_compiled(catalog) for catalog in catalogs]
        self._ids = {_id(message.id) for catalog in catalogs for message in catalog if message.id}
        # Read out of gettext once: every screen asks for dozens.
        self._templates = {
            id: found
            for translation in reversed(self._translations)
            for id in self._ids
            if (found := translation.gettext(id)) != id
        }

    @staticmethod
    def load(locales: Path, language: str) -> Voice:
        """Reads every catalog of the language. Raises ``FileNotFoundError`` if there is none."""
        files = sorted((locales / language).glob("*.po"))
        if not files:
            raise FileNotFoundError(f"no catalogs in {locales / language}")
        return _speaking(language, tuple(file.read_bytes() for file in files))

    def say(self, id: str, /, **values: object) -> Markup:
        """The message as Telegram's HTML; values are escaped unless they are ``Markup``."""
        return Markup(self._template(id).format(**_escaped(values)))

    def plain(self, id: str, /, **values: object) -> str:
        """The message without markup, for buttons, notices and terminals."""
        return self._template(id).format(**values)

    def count(self, id: str, number: int, /, **values: object) -> Markup:
        """The form of the message for this number, which it may show as ``{n}``."""
        return Markup(self._counted(id, number).format(n=number, **_escaped(values)))

    def plain_count(self, id: str, number: int, /, **values: object) -> str:
        """``count`` without markup."""
        return self._counted(id, number).format(n=number, **values)

    def knows(self, id: str) -> bool:
        """Whether the catalogs have words for this id."""
        return id in self._ids

    def _template(self, id: str) -> str:
        found = self._templates.get(id)
        if found is None:
            raise KeyError(f"locales/{self.language} has no words for {id!r}")
        return found

    def _counted(self, id: str, number: int) -> str:
        for translation in self._translations:
            found = translation.ngettext(id, id, number)
            if found != id:
                return found
        return self._template(id)


def _escaped(values: Mapping[str, object]) -> dict[str, Markup]:
    """The values as they may stand in HTML: ``Markup`` as it is, anything else escaped."""
    return {name: escape(value) for name, value in values.items()}


Voices = Mapping[str, Voice]


def load_voices(locales: Path) -> Voices:
    """The voice of each language that has catalogs there, the original first."""
    return {language: Voice.load(locales, language) for language in languages_in(locales)}


@lru_cache(maxsize=8)
def _speaking(language: str, catalogs: tuple[bytes, ...]) -> Voice:
    """The voice of these catalogs: what the same bytes say need not be read again."""
    return Voice(language, [read_po(BytesIO(catalog)) for catalog in catalogs])


def _isolate_commands(catalog: Catalog) -> None:
    for message in catalog:
        said = message.string or ""
        if isinstance(said, str):
            message.string = commands_isolated(said)
        else:
            message.string = tuple(commands_isolated(form or "") for form in said)


def _compiled(catalog: Catalog) -> GNUTranslations:
    stream = BytesIO()
    write_mo(stream, catalog)
    stream.seek(0)
    return GNUTranslations(stream)


def _id(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]
