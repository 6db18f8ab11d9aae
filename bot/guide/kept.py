"""Revisions that were served before, read again from what was kept of them."""

from __future__ import annotations

import json

from bot.guide.draft import Draft, restored
from bot.guide.kinds import DIRECTORIES, FOLDERS, page_file, words_file
from bot.guide.shelf import Edition
from bot.guide.voice import Voice

_DIRECTORIES = ("questions", "bodies", "sources")
_WORDS = ("questions", "documents", "bodies", "charges", "governorates", "flows")


def edition_kept(compiled: bytes, voice: Voice) -> Edition | None:
    """A guide as ``load.compiled`` kept it, in the voice's language, to make roadmaps of.

    ``None`` if what roadmaps are made of was written for another shape of the guide's language.
    What else is in such a guide may be missing from the edition.
    """
    draft = restored(json.loads(compiled)["files"], voice.language)
    if not _makes_roadmaps(draft, voice.language):
        return None
    return Edition(draft.guide, draft.words[voice.language], voice)


def _makes_roadmaps(draft: Draft, language: str) -> bool:
    """Whether nothing is wrong with the files that roadmaps are made of."""
    files = {DIRECTORIES[kind][0] for kind in _DIRECTORIES}
    files |= {words_file(language, kind) for kind in _WORDS}
    others = {file for file, _ in DIRECTORIES.values()} - files
    folders = (f"{FOLDERS['flows'][0]}/", page_file(language, "steps", "").removesuffix(".md"))
    faulty = {each.file for each in draft.problems} - others
    return files.isdisjoint(faulty) and not any(file.startswith(folders) for file in faulty)
