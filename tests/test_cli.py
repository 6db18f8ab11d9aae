"""The commands as a person types them: an answer or a sentence, an exit code, never a trace."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from socket import socket
from typing import TypeVar

import pytest
import structlog

from bot.app import running
from bot.cli import main
from bot.errors import DalilError
from bot.localtelegram import LocalTelegram
from bot.settings import Settings, read_settings
from bot.store import citizens, leads, outbox
from bot.store.sealing import new_key, parse_key
from bot.store.store import Store, Transaction, lock

ROOT = Path(__file__).parents[1]
T = TypeVar("T")


@dataclass
class Shell:
    """A terminal in an empty directory, with nothing of ours in its environment at first."""

    directory: Path
    patch: pytest.MonkeyPatch
    output: pytest.CaptureFixture[str]

    def set(self, **settings: str) -> None:
        for name, value in settings.items():
            self.patch.setenv(f"DALIL_{name.upper()}", value)

    def settle(self) -> None:
        """A whole environment and an empty database."""
        self.set(key=new_key(), telegram_token="1000:cli", data_dir=str(self.directory))
        assert self("db", "upgrade")[0] == 0

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        self.patch.setattr(sys, "argv", ["dalil", *arguments])
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = self.output.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, said.out, said.err

    def store(self, work: Callable[[Transaction], T]) -> T:
        """Does something to the database of the commands."""
        url = f"sqlite:///{self.directory / 'dalil.db'}"

        async def once() -> T:
            store = Store.open(url, parse_key(os.environ["DALIL_KEY"]))
            try:
                return await store.run(work)
            finally:
                await store.close()

        return asyncio.run(once())


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Shell]:
    for name in [name for name in os.environ if name.startswith("DALIL_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    yield Shell(tmp_path, monkeypatch, capsys)
    structlog.reset_defaults()


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A copy of the guide, to be broken."""
    directory = tmp_path / "guide"
    for part in ("flows", "content"):
        shutil.copytree(ROOT / part, directory / part)
    return directory


def breaks(guide: Path) -> int:
    """Puts a key into a file twice; the line of the second."""
    file = guide / "flows" / "questions.yaml"
    text = file.read_text(encoding="utf-8").rstrip("\n") + "\nsector: {kind: choice}\n"
    file.write_text(text, encoding="utf-8")
    return text.count("\n")


def test_every_missing_setting_is_named_with_an_example(shell: Shell) -> None:
    code, _, said = shell("run")
    assert code == 1
    assert "DALIL_TELEGRAM_TOKEN is missing. Example: DALIL_TELEGRAM_TOKEN=123456789:" in said
    assert "DALIL_KEY is missing. Example: DALIL_KEY=" in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "eighty"),
        ("port", "70000"),
        ("webhook_url", "dalil.example.org"),
        ("guide_dir", "/no/such/guide"),
        ("telegram_api", "nowhere"),
        ("telegram_token", "not a token"),
    ],
)
def test_a_wrong_setting_is_named_with_an_example(shell: Shell, name: str, value: str) -> None:
    shell.settle()
    shell.set(**{name: value})
    code, _, said = shell("run")
    variable = f"DALIL_{name.upper()}"
    assert (code, said.count("\n")) == (1, 1)
    assert re.match(
        rf"{variable} (is not understood|names no directory)\. Example: {variable}=", said
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("key", "no key"),
        ("database_url", "mysql://somewhere/dalil"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(shell: Shell, name: str, value: str) -> None:
    shell.settle()
    shell.set(**{name: value})
    code, _, said = shell("run")
    assert code == 1
    assert f"DALIL_{name.upper()}" in said


def test_a_database_that_was_not_prepared_says_which_command_does_it(shell: Shell) -> None:
    shell.set(key=new_key(), telegram_token="1000:cli", data_dir=str(shell.directory))
    code, _, said = shell("run")
    assert code == 1
    assert "dalil db upgrade" in said


def test_another_key_than_the_databases_is_refused(shell: Shell) -> None:
    shell.settle()
    assert shell("leads", "list")[0] == 0
    shell.set(key=new_key())
    code, _, said = shell("leads", "list")
    assert code == 1
    assert "DALIL_KEY" in said


def test_a_broken_guide_is_never_served(shell: Shell, guide: Path) -> None:
    shell.settle()
    shell.set(guide_dir=str(guide))
    line = breaks(guide)
    code, _, said = shell("run")
    assert code == 1
    assert re.search(rf"^flows/questions\.yaml:{line}:1  ", said, re.MULTILINE)


def test_check_says_that_all_is_well(shell: Shell, guide: Path) -> None:
    assert shell("check")[0] == 0
    assert shell("check", str(guide))[0] == 0
    assert json.loads(shell("check", "--json", str(guide))[1]) == []


def test_without_a_folder_the_guide_is_checked_that_the_bot_serves(
    shell: Shell, guide: Path
) -> None:
    shell.set(guide_dir=str(guide))
    line = breaks(guide)
    code, found, _ = shell("check")
    assert (code, f"flows/questions.yaml:{line}:1  " in found) == (1, True)
    code, _, said = shell("search", "x")
    assert (code, "The guide has faults" in said) == (1, True)


def test_check_lists_problems_in_both_languages_and_for_programs(shell: Shell, guide: Path) -> None:
    line = breaks(guide)
    place = f"flows/questions.yaml:{line}:1  "
    code, english, _ = shell("check", str(guide))
    assert (code, place in english) == (1, True)
    code, arabic, _ = shell("check", "--language", "ar", str(guide))
    assert (code, place in arabic) == (1, True)
    assert re.search("[\u0600-\u06ff]", arabic)
    code, listed, _ = shell("check", "--json", str(guide))
    problem = next(p for p in json.loads(listed) if p["line"] == line)
    assert (code, problem["file"], problem["column"]) == (1, "flows/questions.yaml", 1)
    assert f"{place}{problem['message']}" in english


def test_check_of_nothing_is_a_sentence(shell: Shell) -> None:
    code, _, said = shell("check", "no-such-directory")
    assert (code, "no-such-directory" in said) == (2, True)


def test_an_office_is_invited_and_an_unknown_one_is_refused(shell: Shell) -> None:
    shell.settle()
    code, said, _ = shell("offices", "invite", "homs")
    assert code == 0
    assert re.search(r"/bind HOMS-[0-9A-Z]{4}-[0-9A-Z]{4}$", said.strip())
    code, _, said = shell("offices", "invite", "atlantis")
    assert code == 1
    assert "'atlantis'" in said
    assert "homs" in said
    assert "no group" in shell("offices", "list")[1]


def refer(tx: Transaction) -> str:
    """A lead as a citizen makes it."""
    citizen = citizens.create(tx, 501, "ar")
    contact = {"phone": "+963900000000"}
    details = {"name": "سلمى", "contact": contact, "language": "ar", "answers": {}}
    more = {"done": [], "progress": [0, 5]}
    lead = leads.add(tx, citizen.number, 1, "licensing", "homs", None, "r1", details | more)
    leads.add_event(tx, lead.id, "referred")
    return lead.reference


def test_leads_are_listed_and_shown_without_what_names_a_person(shell: Shell) -> None:
    shell.settle()
    reference = shell.store(refer)
    listed = shell("leads", "list")[1]
    assert reference in listed
    assert "WAITS" in listed
    assert reference not in shell("leads", "list", "--state", "resolved")[1]
    shown = shell("leads", "show", reference.lower())[1]
    assert "referred" in shown
    assert not re.search("سلمى|963900000000", listed + shown)
    code, _, said = shell("leads", "show", "D-AAAAAA")
    assert (code, "D-AAAAAA" in said) == (1, True)
    assert shell("leads", "list", "--state", "lost")[0] == 2


def test_what_could_not_be_sent_is_listed_and_sent_again(shell: Shell) -> None:
    shell.settle()
    for number in (1, 2):
        shell.store(partial(outbox.put, to=f"citizen:{number}", what="notice:claimed"))
    for row in shell.store(outbox.due):
        shell.store(partial(outbox.dead, id=row.id, error="Bad Request: no such thing"))
    listed = shell("outbox", "dead")[1]
    assert "citizen:1" in listed
    assert "Bad Request: no such thing" in listed
    assert shell("outbox", "resend", "1")[1] == "1 to be sent again.\n"
    assert shell("outbox", "resend")[1] == "1 to be sent again.\n"
    assert shell.store(outbox.counts) == {"waiting": 2, "dead": 0}


def test_a_second_process_on_the_same_database_is_refused_and_told_who_has_it(
    shell: Shell,
) -> None:
    shell.settle()
    with lock(f"sqlite:///{shell.directory / 'dalil.db'}"):
        code, _, said = shell("run")
        assert (code, f"process {os.getpid()}" in said) == (1, True)
        assert shell("leads", "list")[0] == 0


async def test_a_wrong_token_a_taken_port_and_a_telegram_that_is_away_are_told(
    shell: Shell,
) -> None:
    telegram = LocalTelegram(bot_token="1000:right")
    await telegram.start()
    shell.set(key=new_key(), data_dir=str(shell.directory), telegram_api=telegram.url)
    assert await asyncio.to_thread(shell, "db", "upgrade") == (
        0,
        "The database is up to date.\n",
        "",
    )
    shell.set(telegram_token="1000:wrong")
    assert "DALIL_TELEGRAM_TOKEN" in await _refusal()

    shell.set(telegram_token="1000:right")
    with socket() as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()
        shell.set(port=str(taken.getsockname()[1]))
        assert "DALIL_PORT" in await _refusal()

    await telegram.stop()
    assert telegram.url in await _refusal()


async def _refusal() -> str:
    """Why Dalil does not start."""
    with pytest.raises(DalilError) as refused:
        async with running(read_settings(Settings)):
            pytest.fail("it started")
    return str(refused.value)
