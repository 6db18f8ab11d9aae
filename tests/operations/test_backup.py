"""Stories of a copy in one file: made while the bot writes, brought back, and walked on from."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.conversation.conversation import Conversation
from bot.errors import StoreRefused
from bot.store import citizens, leads, remarks
from bot.store.backup import back_up, restore
from bot.store.database import connect, snapshot
from bot.store.export import TABLES, Tally, decode, encode, read
from bot.store.sealing import Seal, new_key, parse_key
from bot.store.store import Store, lock, upgrade
from tests.conversation.citizen import Citizen
from tests.conversation.test_a_walk import to_the_roadmap
from tests.operations.lived import NAME, PHONE, TELEGRAM, TOLD, TYPED, live


def digests(url: str) -> dict[str, str]:
    """A hash of every table."""
    engine = connect(url)
    found = {}
    with snapshot(engine) as connection:
        for table in TABLES:
            tally = Tally()
            for row in read(connection, table):
                tally.add(encode(row))
            found[table.name] = tally.digest
    engine.dispose()
    return found


async def test_a_citizen_walks_on_where_the_copy_was_made(
    salma: Citizen,
    database_url: str,
    elsewhere: str,
    tmp_path: Path,
    seal: Seal,
    conversation: Conversation,
) -> None:
    await to_the_roadmap(salma)
    await salma.store.run(live)
    before, text = digests(database_url), salma.text
    made = back_up(database_url, tmp_path / "copy.zip")
    back = restore(elsewhere, tmp_path / "copy.zip", seal)
    assert back == made
    assert digests(elsewhere) == before

    store = Store.open(elsewhere, seal)
    again = Citizen(store, conversation, message=salma.message, last=salma.last)
    await again.presses("إجاباتي")
    await again.presses("إلى خارطة الطريق")
    assert again.text == text
    await again.presses("صِلوني بالمكتب")
    await again.presses("أوافق")
    await again.shares("963944123456")
    newest = (await store.run(lambda tx: leads.all_leads(tx, None)))[-1]
    assert newest.reference in again.text
    await store.close()


async def test_a_copy_from_elsewhere_comes_into_this_database(
    elsewhere: str, database_url: str, tmp_path: Path, seal: Seal
) -> None:
    upgrade(elsewhere)
    source = Store.open(elsewhere, seal)
    await source.run(live)
    gone = await source.run(lambda tx: citizens.create(tx, 9, "ar"))
    await source.run(lambda tx: citizens.erase(tx, gone.number))
    await source.close()
    back_up(elsewhere, tmp_path / "copy.zip")
    restore(database_url, tmp_path / "copy.zip", seal)
    assert digests(database_url) == digests(elsewhere)

    target = Store.open(database_url, seal)
    found = await target.run(lambda tx: citizens.find(tx, TELEGRAM))
    assert found is not None
    [remark] = await target.run(lambda tx: list(remarks.every(tx, "told")))
    assert remark.text == TOLD
    # Whoever comes next gets no number that another person ever had.
    new = await target.run(lambda tx: citizens.create(tx, 10, "ar"))
    assert new.number > gone.number
    assert await target.run(lambda tx: live(tx, 11)) == 2
    await target.close()


async def test_the_bot_writes_meanwhile_and_nothing_half_done_is_copied(
    store: Store, database_url: str, elsewhere: str, tmp_path: Path, seal: Seal
) -> None:
    await store.run(live)
    before = digests(database_url)

    def write_and_copy(tx: object) -> None:
        citizens.create(tx, 12, "ar")  # type: ignore[arg-type]
        back_up(database_url, tmp_path / "copy.zip")

    await store.run(write_and_copy)
    restore(elsewhere, tmp_path / "copy.zip", seal)
    assert digests(elsewhere) == before
    assert digests(database_url) != before


async def test_the_file_tells_nothing_without_the_key_and_is_its_owners_alone(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    await store.run(live)
    file = tmp_path / "copy.zip"
    back_up(database_url, file)
    with zipfile.ZipFile(file) as archive:
        written = "".join(archive.read(name).decode() for name in archive.namelist())
        escaped = written.encode().decode("unicode_escape", errors="replace")
        assert json.loads(archive.read("manifest.json"))["keys"] == ["k1"]
        in_base64 = b" ".join(
            value
            for table in TABLES
            for line in archive.read(f"tables/{table.name}.jsonl").splitlines()
            for value in decode(table, line).values()
            if isinstance(value, bytes)
        )
    for secret in (NAME, PHONE, TYPED, TOLD, str(TELEGRAM)):
        assert secret not in written + escaped
        assert secret.encode() not in in_base64
    assert file.stat().st_mode & 0o077 == 0
    assert not file.with_name("copy.zip.part").exists()


def forge(file: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Writes the backup anew with one member changed."""
    with zipfile.ZipFile(file) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    members[name] = change(members[name])
    with zipfile.ZipFile(file, "w") as archive:
        for each, content in members.items():
            archive.writestr(each, content)


@pytest.mark.parametrize(
    ("member", "change", "said"),
    [
        ("manifest.json", lambda text: text.replace(b'schema": "0', b'schema": "9'), "schema 9"),
        ("manifest.json", lambda text: text[:40], "not a backup of Dalil"),
        ("tables/citizens.jsonl", lambda _: b"", r"damaged \(citizens\)"),
        ("tables/leads.jsonl", lambda text: text.replace(b"homs", b"hama", 1), "damaged"),
        ("tables/leads.jsonl", lambda _: b"{}\n", r"damaged \(leads\)"),
    ],
)
async def test_a_file_that_is_not_as_it_was_made_restores_nothing(
    store: Store,
    database_url: str,
    elsewhere: str,
    tmp_path: Path,
    seal: Seal,
    member: str,
    change: Callable[[bytes], bytes],
    said: str,
) -> None:
    await store.run(live)
    file = tmp_path / "copy.zip"
    back_up(database_url, file)
    forge(file, member, change)
    with pytest.raises(StoreRefused, match=said):
        restore(elsewhere, file, seal)
    upgrade(elsewhere)
    assert set(digests(elsewhere).values()) == {Tally().digest}


async def test_what_must_not_be_restored_is_refused_with_a_sentence(
    store: Store, database_url: str, elsewhere: str, tmp_path: Path, seal: Seal
) -> None:
    await store.run(live)
    file = tmp_path / "copy.zip"
    back_up(database_url, file)
    with pytest.raises(StoreRefused, match="exists: choose another name"):
        back_up(database_url, file)
    with pytest.raises(StoreRefused, match="cannot be written"):
        back_up(database_url, tmp_path / "nowhere" / "copy.zip")
    # Already the look whether the file is there fails, as in a folder that is closed to this user.
    with pytest.raises(StoreRefused, match="cannot be written"):
        back_up(database_url, tmp_path / ("long" * 100))
    before = digests(database_url)
    with pytest.raises(StoreRefused, match="not empty"):
        restore(database_url, file, seal)
    assert digests(database_url) == before
    with pytest.raises(StoreRefused, match="DALIL_KEY does not open"):
        restore(elsewhere, file, parse_key(new_key()))
    with lock(elsewhere), pytest.raises(StoreRefused, match="Another Dalil"):
        restore(elsewhere, file, seal)
    with pytest.raises(StoreRefused, match="cannot be read"):
        restore(elsewhere, tmp_path / "none.zip", seal)
    file.write_text("a shopping list")
    with pytest.raises(StoreRefused, match="not a backup"):
        restore(elsewhere, file, seal)
