"""Words: everything has some in every language, none is left over, and steps keep to the subset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.engine.reach import flows_to
from bot.engine.values import Json
from bot.guide import markup
from bot.guide.check.uses import WORDS_ALONE, uses
from bot.guide.draft import Draft
from bot.guide.kinds import CALENDAR, DIRECTORIES, FOLDERS, PAGES, page_file, words_file
from bot.guide.problems import Place, Problem, guess, problem
from bot.guide.strict_yaml import Path

_ENTRIES = tuple(kind for kind in DIRECTORIES if kind != "unused")
_WITH_WORDS = (*_ENTRIES, *FOLDERS, *WORDS_ALONE, "holidays")
"""The kinds of what needs words. What is not covered has nothing but words."""
Uses = Mapping[str, Mapping[str, tuple[str, Place]]]
"""Of each kind, the ids that need words, and where each stands."""


def check_words(draft: Draft) -> Iterator[Problem]:
    """Missing and unused words in each language, and faults in the texts of steps."""
    uses = _uses(draft)
    for language in draft.words:
        for kind, places in uses.items():
            yield from _missing(draft, language, kind, places)
        yield from _option_words(draft, language)
        yield from _texts(draft, language)
        if not draft.problems:
            for kind, places in uses.items():
                yield from _unused(draft, language, kind, places)


def _uses(draft: Draft) -> Uses:
    """What needs words: every entry, and what is defined by being named."""
    found: dict[str, dict[str, tuple[str, Place]]] = {kind: {} for kind in _WITH_WORDS}

    def use(what: str, name: str, kind: str, entry: str, path: Path = ()) -> None:
        file, base = draft.file_of(kind, entry)
        found[what].setdefault(name, (file, draft.files[file].key((*base, *path))))

    guide = draft.guide
    for kind in (*_ENTRIES, *FOLDERS):
        for name in sorted(draft.names[kind]):
            if kind != "menu" or len(guide.menu.get(name, ())) > 1:
                use(kind, name, kind, name)
    for name, question in guide.questions.items():
        for index, option in enumerate(question.options if question.holds else ()):
            use("documents", option.id, "questions", name, ("options", index))
    for kind, entry, (what, name, path) in uses(draft):
        if what in WORDS_ALONE:
            use(what, name, kind, entry, path)
    for name, step in guide.steps.items():
        for index, document in enumerate(step.gives):
            use("documents", document, "steps", name, ("gives", index))
    for holiday in guide.calendar.holidays:
        file = CALENDAR[0]
        found["holidays"].setdefault(holiday.id, (file, draft.files[file].place(("holidays",))))
    return found


def _missing(
    draft: Draft, language: str, kind: str, places: Mapping[str, tuple[str, Place]]
) -> Iterator[Problem]:
    named = draft.named_in[language][kind]
    anywhere = frozenset().union(*(each[kind] for each in draft.named_in.values()))
    for name, (file, place) in places.items():
        if name in named:
            continue
        if kind in PAGES:
            where = page_file(language, kind, name)
            yield problem("words-missing", file, place, name=name, where=where)
        elif name in anywhere or kind in draft.names or _is_given(draft, name):
            where = words_file(language, kind)
            yield problem("words-missing", file, place, name=name, where=where)


def _is_given(draft: Draft, document: str) -> bool:
    """Whether a step gives it or a question offers it: then it is no mistyped name."""
    held = (q.option_ids() for q in draft.guide.questions.values() if q.holds)
    return any(document in step.gives for step in draft.guide.steps.values()) or any(
        document in options for options in held
    )


def _option_words(draft: Draft, language: str) -> Iterator[Problem]:
    """Options of a question without a label, and labels of nothing."""
    where = words_file(language, "questions")
    for name, question in draft.guide.questions.items():
        words = draft.words[language].questions.get(name)
        if words is None:
            continue
        labelled = question.kind in ("choice", "several") and not question.holds
        options = question.option_ids() if labelled else ()
        for index, option in enumerate(options):
            if option not in words.options:
                path: Path = ("options", index)
                told = {"name": option, "question": name, "where": where}
                yield draft.fault("option-words-missing", "questions", name, path, **told)
        for option in words.options:
            if option not in options:
                key = draft.files[where].key((name, "options", option))
                told = {"name": option, "guess": guess(option, options)}
                yield problem("words-unused", where, key, **told)


def _unused(
    draft: Draft, language: str, kind: str, places: Mapping[str, tuple[str, Place]]
) -> Iterator[Problem]:
    for name in sorted(draft.named_in[language][kind] - places.keys()):
        told = {"name": name, "guess": guess(name, places)}
        if kind in PAGES:
            yield problem("words-unused", page_file(language, kind, name), Place(), **told)
        else:
            file = words_file(language, kind)
            yield problem("words-unused", file, draft.files[file].key((name,)), **told)


def _texts(draft: Draft, language: str) -> Iterator[Problem]:
    """The texts of pages: the Markdown subset, and templates that name a value."""
    for kind in PAGES:
        leading = flows_to(draft.guide, kind)
        for name, words in getattr(draft.words[language], kind).items():
            known = set(draft.names["questions"])
            for flow in leading.get(name, ()):
                known &= {item.id for item in flow.ask}
            yield from _text(draft, page_file(language, kind, name), words.body, known)


def _text(draft: Draft, file: str, body: str, known: set[str]) -> Iterator[Problem]:
    start = draft.files[file].place(("body",)).line
    for code, line, value in markup.faults(body):
        yield problem(code, file, Place(start + line), value=_short(value))
    for value, line in markup.names(body):
        if value not in known:
            told = {"name": value, "known": ", ".join(sorted(known)), "guess": guess(value, known)}
            yield problem("template-unknown", file, Place(start + line), **told)


def _short(value: Json) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else f"{text[:39]}…"
