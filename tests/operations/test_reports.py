"""What offices reported, before an editor: read, written into the guide, declined; and what the
offices hear of it. The facts are invented."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.guide.shelf import Shelf
from bot.operations.reports import (
    Decision,
    NotSettled,
    fetch_photo,
    save_photo,
    settle,
    still_open,
    write,
)
from bot.referrals.rows import due, report_rows
from bot.settings import Settings, read_settings
from bot.store import marks, offices, outbox, remarks, reports
from bot.store.reports import Report
from bot.store.sealing import Seal, new_key, parse_key
from bot.store.store import Store, Transaction
from tests.conversation.looking import small_shelf
from tests.guide import small
from tests.referrals.country import HEAD, HOMS, SAMER, Clock, Country
from tests.telegram.bench import LAYLA, TOKEN, Bench, People, buttons
from tests.test_cli import Shell

T = TypeVar("T")
SPRING = date(2027, 3, 1)
"""A hundred days after the small guide was read: its pages are due."""
REGISTER = "flows/steps/register.yaml"


def reported(tx: Transaction, **changed: Any) -> str:
    """An officer of Homs says what the register costs."""
    officer = offices.save_officer(tx, "homs", SAMER.telegram, "Samer", "confirmed").number
    told = {"about": "register", "fact": "fee", "office": "homs", "governorate": "homs"}
    told["text"] = "25000 ليرة جديدة"
    return reports.add(tx, **{**told, "officer": officer, **changed})


# Before an editor, at the terminal.


@pytest.fixture
def guide(shell: Shell, tmp_path: Path) -> Path:
    """The guide in service, and a month later."""
    directory = small.write(tmp_path / "guide", small.files())
    shell.settle()
    shell.set(guide_dir=str(directory))
    return directory


def in_december(shell: Shell, work: Callable[[Transaction], T]) -> T:
    """Something happens on 22 December 2026, whatever the machine's clock says."""
    url = f"sqlite:///{shell.directory / 'dalil.db'}"

    async def once() -> T:
        seal = parse_key(os.environ["DALIL_KEY"])
        store = Store.open(url, seal, lambda: datetime(2026, 12, 22, 9, tzinfo=UTC))
        try:
            return await store.run(work)
        finally:
            await store.close()

    return asyncio.run(once())


def stored(shell: Shell, code: str) -> Report:
    found = shell.store(lambda tx: reports.get(tx, code))
    assert found is not None
    return found


@pytest.mark.usefixtures("guide")
def test_reports_are_listed_with_the_officers_number_and_never_a_name(shell: Shell) -> None:
    code = in_december(shell, partial(reported, photo="file-1"))
    told = {"kind": "told", "about": "steps/permit", "governorate": "homs", "text": "طابع ثان"}
    in_december(shell, partial(remarks.add, language="ar", revision="r1", **told))
    _, listed, _ = shell("reports", "list")
    assert all(each in listed for each in (code, "officer 1 of homs", "register", "photo"))
    assert all(each in listed for each in ("25000", "steps/permit", "طابع ثان"))
    _, shown, _ = shell("reports", "show", code.lower())
    assert f"dalil reports photo {code} FILE" in shown
    assert "Samer" not in listed + shown
    assert shell("reports", "show", "AAAAA")[2] == (
        "There is no report 'AAAAA'. See `dalil reports list`.\n"
    )


def test_an_accepted_fee_is_written_into_the_guide_once(shell: Shell, guide: Path) -> None:
    code = in_december(shell, partial(reported, photo="file-1"))
    before = (guide / REGISTER).read_text(encoding="utf-8")
    ended, said, _ = shell("reports", "accept", code, "--fee", "25000 new SYP")
    assert (ended, REGISTER in said, "content/ar/steps/register.md" in said) == (0, True, True)
    fee = "  - {is: {amount: 25000, unit: new SYP, source: O-01}, when: {governorate: homs}}\n"
    assert fee in (guide / REGISTER).read_text(encoding="utf-8")
    report = stored(shell, code)
    assert (report.state, report.photo) == ("accepted", None)
    after = (guide / REGISTER).read_text(encoding="utf-8")
    assert after != before
    ended, _, refused = shell("reports", "accept", code, "--fee", "25000 new SYP")
    assert (ended, "was accepted before: nothing has changed" in refused) == (1, True)
    assert (guide / REGISTER).read_text(encoding="utf-8") == after
    assert code not in shell("reports", "list")[1]
    assert code in shell("reports", "list", "--all")[1]


@pytest.mark.parametrize(
    ("fact", "options", "reason"),
    [
        ("fee", [], "Say what of it goes into the guide"),
        ("fee", ["--fee", "25000"], "new or old pounds"),
        ("fee", ["--fee", "1 USD", "--time", "1 d"], "Say what of it goes into the guide"),
        ("time", ["--time", "a month"], "cannot be read for certain"),
        ("right", ["--by-hand"], "accept it without a value"),
        ("fee", ["--fee", "1 USD", "--when", "homs"], "is no condition"),
    ],
)
def test_what_an_editor_types_is_written_whole_or_not_at_all(
    shell: Shell, guide: Path, fact: str, options: list[str], reason: str
) -> None:
    code = in_december(shell, partial(reported, fact=fact))
    before = (guide / REGISTER).read_bytes()
    ended, _, said = shell("reports", "accept", code, *options)
    assert (ended, reason in said) == (1, True)
    assert (guide / REGISTER).read_bytes() == before
    assert stored(shell, code).state == "open"


def test_a_confirmation_is_accepted_without_a_value_and_other_words_by_hand(
    shell: Shell, guide: Path
) -> None:
    right = in_december(shell, partial(reported, fact="right", text=""))
    assert shell("reports", "accept", right)[0] == 0
    assert "read: 2026-12-22" in (guide / REGISTER).read_text(encoding="utf-8")
    again = in_december(shell, partial(reported, fact="right", text="", governorate=""))
    assert shell("reports", "accept", again)[0] == 0
    papers = in_december(shell, partial(reported, fact="papers", text="هوية"))
    before = (guide / REGISTER).read_bytes()
    assert shell("reports", "accept", papers, "--by-hand")[0] == 0
    assert (guide / REGISTER).read_bytes() == before
    assert stored(shell, papers).state == "accepted"


def test_a_death_between_the_files_and_the_database_writes_nothing_twice(
    shell: Shell, guide: Path
) -> None:
    code = in_december(shell, reported)
    assert write(guide, stored(shell, code), Decision(fee="25000 new SYP"))
    before = (guide / "content/data/sources.yaml").read_bytes()
    assert shell("reports", "accept", code, "--fee", "25000 new SYP")[0] == 0
    assert (guide / "content/data/sources.yaml").read_bytes() == before
    assert stored(shell, code).state == "accepted"


@pytest.mark.usefixtures("guide")
def test_a_decline_needs_a_reason_and_takes_the_photo(shell: Shell) -> None:
    code = in_december(shell, partial(reported, photo="file-1"))
    assert shell("reports", "decline", code)[0] == 2
    assert shell("reports", "decline", code, "--reason", "الإيصال قديم")[0] == 0
    report = stored(shell, code)
    assert (report.state, report.answer, report.photo) == ("declined", "الإيصال قديم", None)
    rows = shell.store(outbox.due)
    assert [(row.to, row.what) for row in rows] == [("office:homs", f"report:{code}")]
    assert "الإيصال قديم" in shell("reports", "show", code)[1]


@pytest.mark.usefixtures("guide")
def test_what_is_due_is_listed_by_office_and_a_confirmation_counts_for_its_own(
    shell: Shell,
) -> None:
    in_december(shell, partial(reported, fact="right", text=""))
    _, said, _ = shell("stale", "--offices", "--on", SPRING.isoformat())
    listed = [line.split() for line in said.splitlines()[:-1]]
    assert ["damascus", "register"] in listed
    assert ["head-office", "register"] in listed
    assert ["homs", "register"] not in listed
    assert ["homs", "permit"] in listed
    assert not any(office == "bank-desk" for office, _ in listed)


# Before an office, in its group.


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return small_shelf(tmp_path_factory.mktemp("small") / "guide")


@pytest.fixture
async def country(database_url: str, seal: Seal, shelf: Shelf) -> AsyncIterator[Country]:
    clock = Clock()
    store = Store.open(database_url, seal, clock)
    yield Country(store, shelf, clock)
    await store.close()


async def test_the_office_hears_what_became_of_its_report(country: Country) -> None:
    await country.bind("homs", HOMS)
    for text, reason in (("<b>1</b>", None), ("2", "الإيصال <قديم>")):
        code = await country.store.run(partial(reported, text=text))
        await country.store.run(
            lambda tx, code=code, reason=reason: settle(tx, still_open(tx, code), reason)
        )
    await country.deliver()
    accepted, declined = [screen.text for _, screen in sorted(country.chats[HOMS].items())][-2:]
    assert "«register»" in accepted
    assert "الرسم: \u2068&lt;b&gt;1&lt;/b&gt;\u2069" in accepted
    assert "السبب: \u2068الإيصال &lt;قديم&gt;\u2069" in declined


async def test_the_morning_digest_links_one_step_that_is_due_and_another_the_next_day(
    country: Country,
) -> None:
    await country.bind("homs", HOMS)
    await country.deliver()
    await country.store.run(lambda tx: marks.put(tx, marks.BOT_NAME, "dalil_bot"))
    country.clock.now = datetime(2027, 3, 1, 9, tzinfo=UTC)
    links = []
    for _ in range(2):
        country.chats.clear()
        await country.store.run(country.referrals.tick)
        await country.deliver()
        [digest] = country.chats[HOMS].values()
        links.append(digest.text.count("https://t.me/dalil_bot?start=s-"))
        links.append("start=s-permit" in digest.text)
        country.clock.later(days=6)  # the working days of the small guide are Sunday and Monday
    assert links[0::2] == [1, 1]
    assert set(links[1::2]) == {True, False}


async def test_a_step_that_waits_for_an_editor_or_was_confirmed_is_not_asked_for(
    country: Country,
) -> None:
    country.clock.now = datetime(2027, 3, 1, 9, tzinfo=UTC)
    guide = country.shelf.guide

    async def asked(office: str) -> list[str]:
        return await country.store.run(lambda tx: due.all_due(tx, guide, office, SPRING))

    assert await asked("homs") == ["permit", "register"]
    await country.store.run(reported)
    assert await asked("homs") == ["permit"]
    await country.store.run(partial(reported, about="old-permit", fact="right", text=""))
    assert (await asked("homs"), await asked("damascus")) == ([], ["permit", "register"])
    nothing = await country.store.run(lambda tx: due.due_for(tx, country.shelf, "homs", SPRING))
    assert nothing is None


async def test_the_guide_is_linked_from_the_group_of_an_office_only(country: Country) -> None:
    await country.bind("homs", HOMS)
    await country.store.run(lambda tx: marks.put(tx, marks.BOT_NAME, "dalil_bot"))
    links = partial(report_rows.guide_links, shelf=country.shelf)
    screen = await country.store.run(lambda tx: links(tx, chat=HOMS))
    assert screen is not None
    urls = [button.url for row in screen.rows for button in row]
    assert urls[:2] == ["https://t.me/dalil_bot?start=menu", "https://t.me/dalil_bot?start=licence"]
    assert await country.store.run(lambda tx: links(tx, chat=HEAD)) is None


async def test_the_command_answers_in_an_offices_group_with_buttons_into_the_private_chat(
    bench: Bench,
) -> None:
    chat = await bench.people.group(LAYLA, type="supergroup")
    await bench.people.say(LAYLA, "/guide", chat)
    await bench.house.work()
    assert "reply_markup" not in bench.people.screens(chat)[-1]
    await bench.store.run(lambda tx: offices.bind(tx, "homs", chat, "Homs"))
    await bench.store.run(lambda tx: marks.put(tx, marks.BOT_NAME, "dalil_demo_bot"))
    await bench.people.say(LAYLA, "/guide", chat)
    await bench.house.work()
    first = buttons(bench.people.screens(chat)[-1])[0]
    assert first["url"] == "https://t.me/dalil_demo_bot?start=menu"


async def test_reports_are_forgotten_after_their_time(country: Country) -> None:
    code = await country.store.run(partial(reported, photo="file-1"))
    country.clock.later(days=366)
    assert await country.store.run(lambda tx: reports.forget(tx, country.clock.now)) == 1
    assert await country.store.run(lambda tx: reports.get(tx, code)) is None


# The photo of a receipt.


async def test_the_photo_comes_from_telegram_into_a_file_for_the_editor_alone(
    country: Country, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sent = await people.send(LAYLA, photo={"data": "iVBORw=="})
    file = sent["photo"][-1]["file_id"]
    api = people.local.url
    settings = read_settings(Settings, key=new_key(), telegram_token=TOKEN, telegram_api=api)
    code = await country.store.run(partial(reported, photo=file))
    report = await country.store.run(lambda tx: still_open(tx, code))
    receipt = tmp_path / "receipt.jpg"
    save_photo(receipt, await fetch_photo(settings, report))
    assert receipt.read_bytes() == b"\x89PNG"
    assert receipt.stat().st_mode & 0o777 == 0o600
    with pytest.raises(NotSettled, match="cannot be written"):
        save_photo(receipt, b"")
    with pytest.raises(NotSettled, match="has no such photo"):
        await fetch_photo(settings, replace(report, photo="nonsense"))
    with pytest.raises(NotSettled, match="has no photo"):
        await fetch_photo(settings, replace(report, photo=None))
    nowhere = settings.model_copy(update={"telegram_api": "http://127.0.0.1:1"})
    with pytest.raises(NotSettled) as refused:
        await fetch_photo(nowhere, report)
    assert TOKEN not in str(refused.value)
