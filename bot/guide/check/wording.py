"""Words: everything has some in every language, none is left over, and steps keep to the subset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.engine.values import Json
from bot.guide import markup
from bot.guide.check.names import amounts, document_uses
from bot.guide.check.reach import flows_to
from bot.guide.draft import Draft, words_file
from bot.guide.problems import Place, Problem, guess, problem
from bot.guide.strict_yaml import Path

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
    """What needs words. Documents, topics and charges are defined by being used."""
    found: dict[str, dict[str, tuple[str, Place]]] = {}

    def use(what: str, name: str, kind: str, entry: str, path: Path = ()) -> None:
        file, base = draft.file_of(kind, entry)
        place = draft.files[file].key((*base, *path))
        found.setdefault(what, {}).setdefault(name, (file, place))

    for kind, entries in draft.names.items():
        for name in sorted(entries):
            use(kind, name, kind, name)
    guide = draft.guide
    for name, question in guide.questions.items():
        for index, option in enumerate(question.options if question.holds else ()):
            use("documents", option.id, "questions", name, ("options", index))
    for name, step in guide.steps.items():
        for document, path in document_uses(step):
            use("documents", document, "steps", name, path)
        for index, document in enumerate(step.gives):
            use("documents", document, "steps", name, ("gives", index))
        for amount, path in amounts(step):
            if amount.charge:
                use("charges", amount.charge, "steps", name, (*path, "charge"))
    for name, flow in guide.flows.items():
        use("topics", flow.refer, "flows", name, ("refer",))
    for name, office in guide.offices.items():
        for index, topic in enumerate(office.topics):
            use("topics", topic, "offices", name, ("topics", index))
    return {kind: found.get(kind, {}) for kind in (*draft.names, "documents", "topics", "charges")}


def _missing(
    draft: Draft, language: str, kind: str, places: Mapping[str, tuple[str, Place]]
) -> Iterator[Problem]:
    named = draft.named_in[language][kind]
    anywhere = frozenset().union(*(each[kind] for each in draft.named_in.values()))
    for name, (file, place) in places.items():
        if name in named:
            continue
        if kind == "steps":
            where = f"content/{language}/steps/{name}.md"
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
        if kind == "steps":
            yield problem("words-unused", f"content/{language}/steps/{name}.md", Place(), **told)
        else:
            file = words_file(language, kind)
            yield problem("words-unused", file, draft.files[file].key((name,)), **told)


def _texts(draft: Draft, language: str) -> Iterator[Problem]:
    """The bodies of steps: the Markdown subset, and templates that name a value."""
    leading = flows_to(draft.guide)
    for name, words in draft.words[language].steps.items():
        file = f"content/{language}/steps/{name}.md"
        start = draft.files[file].place(("body",)).line
        for code, line, value in markup.faults(words.body):
            yield problem(code, file, Place(start + line), value=_short(value))
        known = set(draft.names["questions"])
        for flow in leading.get(name, ()):
            known &= {item.id for item in flow.ask}
        for value, line in markup.names(words.body):
            if value not in known:
                told = {"name": value, "known": ", ".join(sorted(known))}
                told["guess"] = guess(value, known)
                yield problem("template-unknown", file, Place(start + line), **told)


def _short(value: Json) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else f"{text[:39]}…"
