"""The guide as it was read: every file, what could be built of it, and where everything stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path as Directory
from typing import Any

from bot.engine.directory import Calendar
from bot.engine.guide import Guide
from bot.engine.values import Json
from bot.guide.kinds import (
    CALENDAR,
    DIRECTORIES,
    EXPLAINED,
    FOLDERS,
    PAGE_WORDS,
    PAGES,
    WORDS,
    Adapter,
    ids_of,
    words_file,
)
from bot.guide.languages import languages_in, strange_in
from bot.guide.problems import Place, Problem, guess, problem
from bot.guide.shape import shaped
from bot.guide.strict_yaml import Path, Tree, read_markdown, read_yaml
from bot.guide.words import Words


@dataclass(frozen=True)
class Draft:
    """A guide that was read but not yet judged.

    ``guide`` and ``words`` hold what could be built. ``names`` and ``named_in`` hold also the ids
    whose entries are faulty, so that one fault is not reported wherever the entry is named.
    """

    guide: Guide
    words: Mapping[str, Words]
    files: Mapping[str, Tree]
    names: Mapping[str, frozenset[str]]
    named_in: Mapping[str, Mapping[str, frozenset[str]]]
    """The ids that have words, by language and kind."""
    problems: tuple[Problem, ...]
    readable: bool
    """Whether every file from which others name something could be read as such."""

    def file_of(self, kind: str, name: str) -> tuple[str, Path]:
        """The file where an entry of this kind is written, and the path to it."""
        if kind in FOLDERS:
            return f"{FOLDERS[kind][0]}/{name}.yaml", ()
        return DIRECTORIES[kind][0], (name,)

    def fault(self, code: str, kind: str, entry: str, path: Path = (), /, **values: str) -> Problem:
        """A problem within an entry, at the value under this path."""
        file, base = self.file_of(kind, entry)
        return problem(code, file, self.files[file].place((*base, *path)), **values)


def read(directory: Directory) -> Draft:
    """Reads every file of ``flows/`` and ``content/``, and builds what can be built."""
    content = directory / "content"
    reading = _Reading(_present(directory), partial(_parsed, directory))
    languages = languages_in(content)
    draft = _draft(reading, languages)
    strangers = reading.strangers(languages, strange_in(content))
    return replace(draft, problems=(*draft.problems, *strangers))


def restored(files: Mapping[str, Json], language: str) -> Draft:
    """The guide of which each file said this, as ``load.compiled`` keeps it, in one language.

    Of a guide that was written for another shape of the language, what can still be built.
    """
    reading = _Reading(sorted(files), lambda file: Tree(file, files[file]))
    return _draft(reading, (language,))


def _draft(reading: _Reading, languages: Iterable[str]) -> Draft:
    built: dict[str, dict[str, Any]] = {}
    names: dict[str, frozenset[str]] = {}
    for kind, (file, adapter) in DIRECTORIES.items():
        built[kind], names[kind] = reading.entries(file, ids_of(kind), adapter)
    for kind, (folder, key, adapter) in FOLDERS.items():
        built[kind], names[kind] = reading.file_each(folder, key, adapter)
    worded = {language: reading.words(language) for language in languages}
    return Draft(
        guide=Guide(**built, calendar=reading.calendar()),
        words={language: words for language, (words, _) in worded.items()},
        files=reading.files,
        names=names,
        named_in={language: named for language, (_, named) in worded.items()},
        problems=tuple(reading.problems),
        readable=reading.readable,
    )


def _present(directory: Directory) -> list[str]:
    """The files that editors wrote for the guide, relative to its directory."""
    found = (path for part in ("flows", "content") for path in (directory / part).rglob("*"))
    return sorted(
        path.relative_to(directory).as_posix()
        for path in found
        if path.suffix in (".yaml", ".yml", ".md") and path.name != "README.md" and path.is_file()
    )


def _parsed(directory: Directory, file: str) -> Tree:
    return _tree(file, (directory / file).read_bytes())


@lru_cache(maxsize=2048)
def _tree(file: str, data: bytes) -> Tree:
    """What a file says: of a guide that was edited most files are as they were."""
    return read_markdown(file, data) if file.endswith(".md") else read_yaml(file, data)


@dataclass
class _Reading:
    """The files read so far, and what was wrong with them."""

    present: list[str]
    parse: Callable[[str], Tree]
    files: dict[str, Tree] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    readable: bool = True

    def tree(self, file: str) -> Tree:
        tree = self.files[file] = self.parse(file)
        self.problems += tree.problems
        return tree

    def entries(
        self, file: str, ids: Adapter, adapter: Adapter
    ) -> tuple[dict[str, Any], frozenset[str]]:
        """The entries of a file that is a mapping from ids, and all the ids that it has."""
        if file not in self.present:
            self.readable = False
            self.problems.append(problem("file-missing", file, Place()))
            return {}, frozenset()
        tree = self.tree(file)
        if not isinstance(tree.value, dict):
            self.readable = False
            if not tree.problems:
                self.problems.append(problem("expected-mapping", file, tree.place()))
            return {}, frozenset()
        built: dict[str, Any] = {}
        for name, value in tree.value.items():
            _, wrong_id = shaped(ids, tree, (name,), name)
            key = tree.key((name,))
            self.problems += [problem(p.code, file, key, **p.values) for p in wrong_id]
            entry = self.entry(tree, (name,), adapter, value)
            if entry is not None and not wrong_id:
                built[name] = entry
        return built, frozenset(tree.value)

    def entry(self, tree: Tree, path: Path, adapter: Adapter, value: Json) -> Any:
        """The model of an entry; ``None`` if its text or its shape has problems."""
        if tree.problems and tree.faulty(path):
            return None
        entry, problems = shaped(adapter, tree, path, value)
        self.problems += problems
        return entry

    def file_each(
        self, folder: str, key: str, adapter: Adapter
    ) -> tuple[dict[str, Any], frozenset[str]]:
        """The entries of a folder with a file for each, by the names of the files."""
        built: dict[str, Any] = {}
        names = set()
        mappings = {file for file, _ in DIRECTORIES.values()}
        for file in self.present:
            parent, _, base = file.rpartition("/")
            if parent != folder or not base.endswith(".yaml") or file in mappings:
                continue
            name = base.removesuffix(".yaml")
            names.add(name)
            tree = self.tree(file)
            entry = self.entry(tree, (), adapter, tree.value)
            if entry is None:
                continue
            built[name] = entry
            if (written := getattr(entry, key)) != name:
                at = tree.place((key,))
                told = {"key": key, "written": written, "name": name}
                self.problems.append(problem("file-name", file, at, **told))
        return built, frozenset(names)

    def words(self, language: str) -> tuple[Words, dict[str, frozenset[str]]]:
        """The words of a language, and the ids that have some, by kind."""
        built: dict[str, Any] = {}
        named: dict[str, frozenset[str]] = {}
        for kind, adapter in WORDS.items():
            file = words_file(language, kind)
            built[kind], named[kind] = self.entries(file, ids_of(kind), adapter)
        for kind in PAGES:
            built[kind], named[kind] = self.texts(f"content/{language}/{kind}/")
        return Words(language=language, **built), named

    def texts(self, folder: str) -> tuple[dict[str, Any], frozenset[str]]:
        """The texts of a folder, a file each, by the names of the files."""
        built: dict[str, Any] = {}
        names = set()
        for file in self.present:
            if file.startswith(folder) and file.endswith(".md"):
                name = file.removeprefix(folder).removesuffix(".md")
                names.add(name)
                tree = self.tree(file)
                if words := self.entry(tree, (), PAGE_WORDS, tree.value):
                    built[name] = words
        return built, frozenset(names)

    def calendar(self) -> Calendar:
        """When offices are open; empty if its file is faulty or missing."""
        file, adapter = CALENDAR
        if file not in self.present:
            self.problems.append(problem("file-missing", file, Place()))
            return Calendar()
        tree = self.tree(file)
        return self.entry(tree, (), adapter, tree.value) or Calendar()

    def strangers(self, languages: Iterable[str], strange: tuple[str, ...]) -> Iterator[Problem]:
        """Files that nothing reads here, most likely because their names are mistyped.

        Of a folder named like a language that nobody knows, the folder itself is told.
        """
        words = {words_file(language, kind) for language in languages for kind in WORDS}
        known = words | {file for file, _ in DIRECTORIES.values()} | self.files.keys()
        folders = {code: f"content/{code}" for code in strange}
        for code, folder in folders.items():
            yield problem("language-unknown", folder, Place(), language=code)
        inside = tuple(f"{folder}/" for folder in folders.values())
        for file in self.present:
            if file not in (*self.files, EXPLAINED) and not file.startswith(inside):
                yield problem("file-unknown", file, Place(), guess=guess(file, known))
