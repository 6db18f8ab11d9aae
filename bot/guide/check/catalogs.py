"""The catalogs of the bot's own voice: complete, current, and alike in what they show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, read_po

from bot.guide.languages import ORIGINAL, languages_in
from bot.guide.problems import Place, Problem, problem

_PLURALS: Final = {
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
        " : n%100>=11 && n%100<=99 ? 4 : 5);"
    ),
    "en": "nplurals=2; plural=(n != 1);",
}
"""Which form goes with which number. Babel's own header for Arabic has two forms swapped."""


def plurals(language: str) -> str:
    """The header of a language: which form goes with which number."""
    return _PLURALS.get(language) or str(get_plural(language))


@dataclass(frozen=True)
class Entry:
    """A message of a catalog: its forms (one unless it counts), and where it stands."""

    file: str
    line: int
    forms: tuple[str, ...]
    counts: bool
    fuzzy: bool


Catalogs = tuple[tuple[str, tuple[tuple[str, bytes], ...]], ...]
"""Of each language its files, and what they say."""


def entries(locales: Path) -> Mapping[str, Mapping[str, Entry]]:
    """Every message of every language by its id."""
    return _entries(_catalogs(locales))[0]


def _catalogs(locales: Path) -> Catalogs:
    def files(language: str) -> Iterator[tuple[str, bytes]]:
        for path in sorted((locales / language).glob("*.po")):
            yield f"locales/{language}/{path.name}", path.read_bytes()

    return tuple((language, tuple(files(language))) for language in languages_in(locales))


@lru_cache(maxsize=4)
def _entries(
    catalogs: Catalogs,
) -> tuple[Mapping[str, Mapping[str, Entry]], tuple[Problem, ...]]:
    """Every message of every language, and what was wrong with the files themselves."""
    found: dict[str, dict[str, Entry]] = {language: {} for language, _ in catalogs}
    problems: list[Problem] = []
    for language, file, data in ((lang, *each) for lang, files in catalogs for each in files):
        try:
            catalog = _read(data)
        except (PoFileError, UnicodeDecodeError) as error:
            line = error.lineno + 1 if isinstance(error, PoFileError) else 1
            problems.append(problem("catalog-unreadable", file, Place(line)))
            continue
        problems += _lines(catalog, file, data.decode(), language)
        problems += _add(found[language], catalog, file)
    return found, tuple(problems)


@lru_cache(maxsize=64)
def _read(data: bytes) -> Catalog:
    """A catalog, strictly read: what the same bytes say need not be read again."""
    return read_po(BytesIO(data), abort_invalid=True)


def _lines(catalog: Catalog, file: str, text: str, language: str) -> Iterator[Problem]:
    """What only the text shows: the header as it stands, obsolete entries, entries given twice."""
    lines = text.splitlines()
    wanted = f'"Plural-Forms: {plurals(language)}\\n"'
    if wanted not in lines:
        line = next((i for i, each in enumerate(lines, 1) if "Plural-Forms" in each), 1)
        yield problem("catalog-header", file, Place(line), wanted=wanted)
    seen: set[str] = set()
    for number, line_text in enumerate(lines, 1):
        if line_text.startswith('msgid "') and line_text in seen and line_text != 'msgid ""':
            told = {"name": line_text[7:-1], "first": file}
            yield problem("catalog-twice", file, Place(number), **told)
        seen.add(line_text)
    for message in catalog.obsolete.values():
        name = _id(message)
        line = next((i for i, each in enumerate(lines, 1) if each == f'#~ msgid "{name}"'), 1)
        yield problem("catalog-obsolete", file, Place(line), name=name)


def _add(found: dict[str, Entry], catalog: Catalog, file: str) -> Iterator[Problem]:
    for message in catalog:
        if not message.id:
            continue
        name, line = _id(message), message.lineno or 1
        if name in found:
            told = {"name": name, "first": found[name].file}
            yield problem("catalog-twice", file, Place(line), **told)
            continue
        counts = not isinstance(message.id, str)
        string = message.string or ""
        forms = (string,) if isinstance(string, str) else tuple(string)
        found[name] = Entry(file, line, forms, counts, message.fuzzy)


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def check_catalogs(locales: Path) -> tuple[Problem, ...]:
    """Entries that are missing, empty, fuzzy, obsolete, or show other values than the original."""
    return _judged(_catalogs(locales))


@lru_cache(maxsize=4)
def _judged(catalogs: Catalogs) -> tuple[Problem, ...]:
    """The faults of these catalogs: what the same bytes say need not be judged again."""
    found, faults = _entries(catalogs)
    if any(each.code == "catalog-unreadable" for each in faults):
        return faults
    problems = [*faults]
    for language, messages in found.items():
        for name, entry in messages.items():
            problems += _entry(language, name, entry)
    original = found[ORIGINAL]
    for language, messages in found.items():
        if language == ORIGINAL:
            continue
        problems += _parity(original, messages, language)
        problems += _parity(messages, original, ORIGINAL)
        problems += _placeholders(original, messages)
    return tuple(problems)


def _entry(language: str, name: str, entry: Entry) -> Iterator[Problem]:
    at = Place(entry.line)
    if entry.fuzzy:
        yield problem("catalog-fuzzy", entry.file, at, name=name)
    forms = int(plurals(language)[len("nplurals=")]) if entry.counts else 1
    if len(entry.forms) != forms or not all(entry.forms):
        yield problem("catalog-empty", entry.file, at, name=name, forms=str(forms))


def _parity(
    these: Mapping[str, Entry], those: Mapping[str, Entry], language: str
) -> Iterator[Problem]:
    """Messages that the other language has not."""
    for name, entry in these.items():
        if name not in those:
            where = entry.file.replace(entry.file.split("/")[1], language, 1)
            yield problem("catalog-missing", entry.file, Place(entry.line), name=name, where=where)


def _placeholders(original: Mapping[str, Entry], other: Mapping[str, Entry]) -> Iterator[Problem]:
    """Forms that show other values than the original; a form may leave out the number ``{n}``."""
    for name, entry in original.items():
        shown = [(entry, form, _shown(form)) for form in entry.forms]
        if name in other:
            if other[name].counts != entry.counts:
                at = other[name]
                yield problem("catalog-count", at.file, Place(at.line), name=name)
                continue
            shown += [(other[name], form, _shown(form)) for form in other[name].forms]
        wanted = next((values for _, _, values in shown if values is not None), None) or frozenset()
        free = {"n"} if entry.counts else set()
        for at, form, values in shown:
            if values is None:
                told = {"name": name, "form": form}
                yield problem("catalog-braces", at.file, Place(at.line), **told)
            elif form and values - free != wanted - free:
                told = {"name": name, "wanted": _listed(wanted), "found": _listed(values)}
                yield problem("catalog-placeholders", at.file, Place(at.line), **told)


def _shown(form: str) -> frozenset[str] | None:
    """The names of the values that a form shows; ``None`` if its braces cannot be understood."""
    try:
        parsed = list(Formatter().parse(form))
    except ValueError:
        return None
    return frozenset(name for _, name, _, _ in parsed if name is not None)


def _listed(values: frozenset[str]) -> str:
    return " ".join(f"{{{value}}}" for value in sorted(values)) or "-"
