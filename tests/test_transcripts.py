"""Whole conversations, as files: each is played over HTTP and compared, word for word.

``pytest tests/test_transcripts.py --refresh-transcripts`` writes down what is said now; read the
difference before you commit it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.demo import HEAD
from tests.town import NOTICE, Person, Town, labels, town

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.yaml"))
REFERENCE = re.compile(r"D-[0-9A-Z]{6}|(?<=\u2068)[2-9A-HJ-NP-Z]{6}(?=\u2069)")
"""Of a case; with its letter, or without it between marks of direction."""

ASKED = ("as", "in", "type", "tap", "share", "sticker", "notices", "reply", "to", "hear")
"""What a turn does: the citizen, another one of ``others`` (``as``) or an officer in an office's
group (``in``) types, taps a button, shares a number, sends a sticker, waits until so many notices
have come, replies to the newest message with the words ``to``, or waits to hear words. Buttons are
named by what they carry: editors change words, and a transcript is refreshed nevertheless."""

Json = dict[str, Any]


class _Readable(yaml.SafeDumper):
    """Texts as blocks, rows of buttons on one line each."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _row(dumper: yaml.SafeDumper, row: list[Any]) -> yaml.Node:
    flow = all(isinstance(each, str) for each in row)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=flow)


_Readable.add_representer(str, _text)
_Readable.add_representer(list, _row)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_the_conversation_is_as_written(
    path: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    written = _read(path)
    places = {"offices": written.get("offices", True), "forums": written.get("forums", ())}
    async with town(tmp_path, **places) as place:
        played = await play(place, written)
    if request.config.getoption("--refresh-transcripts"):
        _write(path, played)
    assert played == written


def _read(path: Path) -> Json:
    written: Json = yaml.safe_load(path.read_text(encoding="utf-8"))
    return written


def _write(path: Path, played: Json) -> None:
    text = yaml.dump(played, Dumper=_Readable, allow_unicode=True, sort_keys=False, width=1000)
    path.write_text(text, encoding="utf-8")


async def play(place: Town, written: Json) -> Json:
    """The transcript again, with what is seen now."""
    citizens = {name: Person(place, user) for name, user in written.get("others", {}).items()}
    citizens[""] = Person(place, written["person"])
    turns = []
    for turn in written["turns"]:
        asked = {key: value for key, value in turn.items() if key in ASKED}
        citizen = citizens[turn.get("as", "")]
        person = await _in_group(place, turn["in"]) if "in" in turn else citizen
        screen = await _do(person, asked)
        pressed = {"pressed": person.pressed} if "tap" in turn else {}
        toast = {"toast": _same(person.toast)} if person.toast else {}
        seen = {"sees": _same(screen["text"]), "buttons": _rows(screen)}
        turns.append(asked | pressed | toast | seen)
    return written | {"turns": turns}


async def _in_group(place: Town, office: str) -> Person:
    title = place.dalil.guide.shelf.words["ar"].offices[office]
    return Person(place, HEAD, (await place.group(title))["id"])


async def _do(person: Person, asked: Json) -> Json:
    """Does what the turn says, and gives the message that answers it."""
    match asked:
        case {"type": text}:
            await person.types(text)
        case {"tap": data, "in": _}:
            pressed = (await person.offered(data))["message_id"]
            await person.taps(data)
            await person.town.settles()
            await person.look()
            return next(each for each in person.seen if each["message_id"] == pressed)
        case {"tap": data}:
            await person.taps(data)
        case {"reply": text, "to": words}:
            message = await person.hears(words)
            place = {"chat_id": person.chat, "reply_to_message_id": message["message_id"]}
            await person.town.tell("send", **place, **{"from": person.user}, text=text)
            return message
        case {"hear": words}:
            return await person.hears(words)
        case {"share": phone}:
            await person.shares_contact(phone)
        case {"sticker": _}:
            await person.sends_sticker()
        case {"notices": number}:
            person.toast = ""
            return await person.offered(NOTICE, number)
    return person.screen


def _rows(screen: Json) -> list[list[str]]:
    return [[_same(label) for label in row] for row in labels(screen)]


def _same(text: str) -> str:
    """The text with what differs each time put out of sight."""
    return REFERENCE.sub("D-······", text)
