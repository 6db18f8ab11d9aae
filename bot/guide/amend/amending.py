"""Writing an amendment into the guide's files, if the guide is sound with it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.engine.guide import Guide
from bot.engine.values import Json
from bot.guide.amend.amendment import Amendment, Unamendable, cited
from bot.guide.amend.editing import Page, with_entry
from bot.guide.kinds import DIRECTORIES, FOLDERS, words_file
from bot.guide.load import Loaded, load, locales_of, own_voice, revision
from bot.guide.pages import figures
from bot.guide.problems import Problem, guess, worded
from bot.guide.voice import load_voices

_SOURCES: Final = DIRECTORIES["sources"][0]
_UNUSED: Final = DIRECTORIES["unused"][0]
_TITLE: Final = "amend.source-title"
_PARTS: Final = ("flows", "content", "locales")
_REPORT: Final = re.compile(r"[A-Za-z0-9-]+")
_OWN: Final = re.compile(r"O-([0-9]+)")
_MAY_ASK_MORE: Final = "unknown"
Texts = dict[str, str]
"""What files say, by their names relative to the guide's directory."""


def amend(directory: Path, amendment: Amendment) -> tuple[Path, ...]:
    """Writes an accepted report into the guide in this directory; returns the files written.

    A fact gets a case of its own, first in its list, and loses the cases that this one hides; where
    the amendment holds always it takes the fact's place. It cites a new source, the office's word.
    A source that nothing cites any more is put among the unused ones. The guide is checked with
    all this in a copy first.

    Raises ``Unamendable`` if the guide would have a fault, or has one, and nothing is written.
    """
    loaded = load(directory)
    guide = loaded.guide
    if guide is None or loaded.problems:
        raise Unamendable(_faults("The guide has faults, to be mended first:", loaded.problems))
    texts = _texts(directory, guide, loaded, amendment)
    with TemporaryDirectory(prefix="dalil-amend-") as folder:
        copy = Path(folder)
        for part in _PARTS:
            if (directory / part).is_dir():
                shutil.copytree(directory / part, copy / part)
        texts |= _checked(copy, texts, amendment)
    if revision(directory) != loaded.revision:
        raise Unamendable(
            "Somebody saved a file of the guide in the meantime, and nothing was written: "
            "accept the report again."
        )
    _write({directory / name: text for name, text in texts.items()})
    return tuple(directory / name for name in texts)


def _texts(directory: Path, guide: Guide, loaded: Loaded, amendment: Amendment) -> Texts:
    """The files that change, as they are to be."""
    step = guide.page("steps", amendment.step)
    if step is None:
        raise Unamendable(
            f'There is no step "{amendment.step}" in flows/steps{_meant(amendment.step, guide.steps)}. '
            "Decline the report with this reason, or write the fact where it belongs now."
        )
    file = f"{FOLDERS['steps'][0]}/{step}.yaml"
    page = Page(file, _read(directory / file))
    if amendment.field == "confirmed":
        read = guide.steps[step].read
        if amendment.day <= read:
            raise Unamendable(
                f"{file} says that the step was read on {read}, and the office's word is of "
                f"{amendment.day}: there is nothing to write."
            )
        page.put_day("read", amendment.day)
        return {file: page.text}
    if amendment.office not in guide.offices:
        raise Unamendable(
            f'There is no office "{amendment.office}" in {DIRECTORIES["offices"][0]}'
            f"{_meant(amendment.office, guide.offices)}. Correct the name, or add the office."
        )
    if not _REPORT.fullmatch(amendment.report):
        raise Unamendable(f'"{amendment.report}" is no code of a report: it is like R7K2Q.')
    source = _next_id(guide)
    _put(page, amendment, source)
    return {file: page.text} | _source_texts(directory, loaded, amendment, source)


def _put(page: Page, amendment: Amendment, source: str) -> None:
    """Writes the fact into the step."""
    key, value, when = amendment.field, amendment.value, amendment.condition
    if key == "document":
        _put_document(page, value, when, source)
        return
    if key == "at":
        page.put_name("sources", source)
    else:
        value = cited(value, source)
    if not when:
        page.put_value(key, value)
        return
    cases = page.value(key)
    listed = cases if isinstance(cases, list) else []
    dropped = [i for i, case in enumerate(listed) if _hides(when, case.get("when", {}))]
    page.put_first(key, {"is": value, "when": when}, dropped)


def _put_document(page: Page, value: Json, when: Mapping[str, Json], source: str) -> None:
    """Writes a paper into the list, in the place of the same paper under the same condition."""
    paper = {name: each for name, each in value.items() if name != "id"}
    item = {value["id"]: {**paper, **({"when": when} if when else {}), "source": source}}
    listed = page.value("documents")
    if listed is None:
        page.begin_list("documents", item, "fee")
        return
    same = {i: at for i, each in enumerate(listed) if (at := _when(each, value["id"])) is not None}
    hidden = [i for i, other in same.items() if _hides(when, other)]
    if any(i not in hidden and _hides(other, when) for i, other in same.items()):
        raise Unamendable(
            f"{page.file} asks for {value['id']} already, for more people than this report: "
            "change its line there by hand, or decline the report."
        )
    before_unknown = len(listed) - (_MAY_ASK_MORE in listed[-1:])
    page.put_item("documents", item, min(hidden, default=before_unknown), hidden)


def _when(written: Json, document: str) -> Json:
    """The condition of a paper in a list; ``None`` if it is another paper."""
    [(name, rest)] = written.items() if isinstance(written, dict) else [(written, {})]
    return rest.get("when", {}) if name == document else None


def _hides(when: Mapping[str, Json], other: Json) -> bool:
    """Whether wherever the other condition holds the first one does, as far as is plain to see."""
    return all(
        name in other
        and (other[name] == wanted or (name != "all" and _is_part(other[name], wanted)))
        for name, wanted in when.items()
    )


def _is_part(some: Json, of: Json) -> bool:
    """Whether every value of one comparison is one of the other's."""
    return all(each in _values(of) for each in _values(some))


def _values(compared: Json) -> list[Json]:
    return compared if isinstance(compared, list) else [compared]


def _next_id(guide: Guide) -> str:
    """The next id for an office's word. Entries stay when they are superseded, so none comes
    twice."""
    own = [int(found[1]) for name in guide.sources if (found := _OWN.fullmatch(name))]
    return f"O-{max(own, default=0) + 1:02}"


def _source_texts(directory: Path, loaded: Loaded, amendment: Amendment, source: str) -> Texts:
    """The files with the new source and its words."""
    said = {
        "date": amendment.day,
        "office": amendment.office,
        "confidence": amendment.confidence,
    }
    about = f"Report {amendment.report}: {amendment.field} of {amendment.step}"
    found = {_SOURCES: with_entry(_read(directory / _SOURCES), source, said, about)}
    voices = load_voices(locales_of(directory))
    for language, words in loaded.words.items():
        office, voice = words.offices[amendment.office], voices[language]
        title = voice.plain(_TITLE, office=office, day=figures.day(amendment.day, voice))
        file = words_file(language, "sources")
        entry = {"title": title, "publisher": office}
        found[file] = with_entry(_read(directory / file), source, entry)
    return found


def _checked(copy: Path, texts: Mapping[str, str], amendment: Amendment) -> Texts:
    """Judges a copy of the guide with these texts. Returns what else is to be changed for it to be
    sound."""
    problems = _problems(copy, texts)
    more = _left(copy, problems, amendment)
    if more:
        problems = _problems(copy, more)
    if problems:
        raise Unamendable(
            _faults(
                "With this report the guide would have faults, so nothing was written:", problems
            )
        )
    return more


def _problems(copy: Path, texts: Mapping[str, str]) -> tuple[Problem, ...]:
    for name, text in texts.items():
        (copy / name).write_bytes(text.encode())
    return load(copy).problems


def _left(copy: Path, problems: Iterable[Problem], amendment: Amendment) -> Texts:
    """What only the former fact had use for: its source goes among the unused ones, and the words
    of its parts go."""
    more: Texts = {}
    for each in problems:
        name = each.values.get("name", "")
        if each.code == "source-uncited":
            reason = f"superseded by report {amendment.report}"
            more[_UNUSED] = with_entry(more.get(_UNUSED) or _read(copy / _UNUSED), name, reason)
        elif each.code == "words-unused" and each.file.endswith("/words/charges.yaml"):
            words = Page(each.file, more.get(each.file) or _read(copy / each.file))
            words.remove(name)
            more[each.file] = words.text
    return more


def _faults(said: str, problems: Iterable[Problem]) -> str:
    voice = own_voice("en")
    told = (f"{each.file}:{each.line}  {worded(each, voice)}" for each in problems)
    return "\n".join([said, *told])


def _meant(name: str, known: Iterable[str]) -> str:
    found = guess(name, known)
    return f" (is {found} meant?)" if found else ""


def _read(path: Path) -> str:
    """The text with the ends of its lines as they are."""
    return path.read_bytes().decode()


def _write(texts: Mapping[Path, str]) -> None:
    """Replaces each file at once, none before all are on the disk beside what they replace."""
    waiting: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            beside = path.with_name(f".{path.name}.amended")
            with beside.open("wb") as stream:
                waiting[beside] = path
                stream.write(text.encode())
                stream.flush()
                os.fsync(stream.fileno())
            shutil.copymode(path, beside)
        for beside, path in waiting.items():
            beside.replace(path)
    except OSError as error:
        raise Unamendable(
            f"{error.filename} cannot be written ({error.strerror}): see to it that the files of "
            "the guide are yours to write, and accept the report again."
        ) from error
    finally:
        for beside in waiting:
            beside.unlink(missing_ok=True)
