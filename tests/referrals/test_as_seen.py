"""Stories of an officer who looks at the way of a case's citizen: as it was, and what changed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.guide.kept import edition_kept
from bot.guide.load import compiled, load
from bot.guide.shelf import Shelf
from bot.referrals.group import as_seen
from bot.store import outbox
from bot.store.leads import Lead
from bot.store.sealing import Seal
from tests.conversation.casework import Casework, casework
from tests.conversation.conftest import shelf_in
from tests.guide import small
from tests.referrals.country import HOMS, RIMA, SAMER

BANK = -1003
Kept = tuple[Shelf, bytes]
INSPECT = """\
step: inspect
at: town-hall
gives: [deed]
fee: unknown
time: unknown
sources: [L-01]
read: 2026-11-22
recheck: 90d
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    where = small.write(tmp_path_factory.mktemp("small") / "guide", small.files())
    return shelf_in(where), compiled(load(where))


@pytest.fixture
async def work(database_url: str, seal: Seal, kept: Kept) -> AsyncIterator[Casework]:
    async with casework(database_url, seal, *kept) as work:
        yield work


def edited() -> dict[str, str]:
    """The small guide after editors were at it: facts of the permit differ, the register is no
    longer needed, an inspection is."""
    files = small.files()
    files["flows/licence.yaml"] = files["flows/licence.yaml"].replace(
        "goals: [permit]", "goals: [permit, inspect]"
    )
    changed = {
        "  - register\n": "",
        "is: town-hall": "is: ministry",
        "copies: 2": "copies: 3",
        "amount: 100": "amount: 200",
        "max: 15d": "max: 30d",
    }
    for old, new in changed.items():
        assert old in files["flows/steps/permit.yaml"]
        files["flows/steps/permit.yaml"] = files["flows/steps/permit.yaml"].replace(old, new)
    files["flows/steps/inspect.yaml"] = INSPECT
    for language in ("ar", "en"):
        text = "---\ntitle: {}\nsummary: {}.\n---\n{}.\n"
        files[f"content/{language}/steps/inspect.md"] = text.format(*["inspection"] * 3)
        page = f"content/{language}/steps/permit.md"
        files[page] = files[page].replace("title: permit", "title: new permit")
    return files


async def shown(work: Casework, lead: Lead) -> str:
    """What the officer who has the case in hand is shown, all messages of it."""
    before = set(work.country.chats[HOMS])
    assert await work.press(lead, "way") == "تصل في رسالة بجانب البطاقة."
    new = sorted(set(work.country.chats[HOMS]) - before)
    return "\n\n".join(work.country.chats[HOMS][number].text for number in new)


async def taken(work: Casework, **more: Any) -> Lead:
    """Salma's case, which Samer has taken."""
    lead = await work.referred(**more)
    await work.press(lead, "take")
    return lead


async def test_the_officer_sees_answers_and_roadmap_as_they_were_sent(work: Casework) -> None:
    lead = await taken(work, phone="0944123456")
    text = await shown(work, lead)
    assert "كما رآه يوم أرسله، 22 تشرين الثاني 2026" in text
    assert "المسار: الترخيص" in text
    assert "رأس المال: <b>500,000 ليرة جديدة</b>" in text
    assert "1. register، الوزارة\n" in text
    assert "2. permit، البلدية\n" in text
    assert text.endswith("لم يتغير شيء منذ أرسل طلبه.")
    assert "944123456" not in text
    assert lead.reference not in text, "a reply to this must not pass for one to the card"


async def test_it_stands_beside_the_card_or_in_the_thread(work: Casework) -> None:
    lead = await taken(work, forum=True)
    await shown(work, lead)
    call = work.country.calls[-1]
    assert call.part == "way-1"
    thread = getattr(call, "thread", None)
    assert work.country.threads[thread or 0].startswith(lead.reference)


async def test_what_editors_changed_since_is_told_below_the_way_as_it_was(
    work: Casework, tmp_path: Path
) -> None:
    lead = await taken(work)
    await work.serve(tmp_path / "after", edited())
    text = await shown(work, lead)
    then, _, since = text.partition("ما تغيّر منذ أرسل طلبه")
    assert "1. register، الوزارة\n" in then
    assert "2. permit، البلدية" in then
    assert "new permit" not in then
    assert "inspection" not in then
    assert "خطوة جديدة في الدليل: inspection" in since
    assert "خطوة لم تعد في الدليل لإجاباته: register" in since
    fee, time, papers, place = (
        next(line for line in since.splitlines() if f"new permit، {fact}:" in line)
        for fact in ("الرسم", "المدة", "الأوراق", "الجهة")
    )
    assert "100" in fee.partition("وصار")[0]
    assert "200" in fee.partition("وصار")[2]
    assert "15" in time.partition("وصار")[0]
    assert "30" in time.partition("وصار")[2]
    assert "كان «البلدية»، وصار «الوزارة»" in place
    assert "هوية" in papers
    assert len([line for line in since.splitlines() if "•" in line]) == 6


async def test_a_guide_that_only_says_it_otherwise_has_not_changed(
    work: Casework, tmp_path: Path
) -> None:
    lead = await taken(work)
    files = small.files()
    files["flows/steps/permit.yaml"] = files["flows/steps/permit.yaml"].replace(
        "step: permit", "step: licence-paper"
    )
    files["flows/steps/permit.yaml"] += "\n"
    files["flows/steps/licence-paper.yaml"] = files.pop("flows/steps/permit.yaml").replace(
        "was: [old-permit]", "was: [permit]"
    )
    files["flows/licence.yaml"] = files["flows/licence.yaml"].replace("[permit]", "[licence-paper]")
    for language in ("ar", "en"):
        page = files.pop(f"content/{language}/steps/permit.md")
        files[f"content/{language}/steps/licence-paper.md"] = page
    await work.serve(tmp_path / "after", files)
    assert (await shown(work, lead)).endswith("لم يتغير شيء منذ أرسل طلبه.")


async def test_what_the_citizen_answered_and_did_since_is_told(work: Casework) -> None:
    lead = await taken(work)
    await work.salma.presses_data("1:go:roadmap")
    await work.salma.presses_data("1:done:register")
    await work.salma.presses_data("1:go:change:workers")
    await work.salma.types("9")
    text = await shown(work, lead)
    then, _, since = text.partition("ما تغيّر منذ أرسل طلبه")
    assert "العمال: <b>7</b>" in then
    assert "أُنجزت" not in then
    assert "العمال: كانت الإجابة 7، وصارت 9" in since
    assert "أنجز لاحقاً: register" in since
    assert len([line for line in since.splitlines() if "•" in line]) == 2
    await work.salma.presses_data("1:undone:register")
    assert "أنجز لاحقاً" not in await shown(work, lead)


async def test_what_was_done_before_it_left_the_guide_is_told_too(
    work: Casework, tmp_path: Path
) -> None:
    lead = await taken(work)
    await work.salma.presses_data("1:go:roadmap")
    await work.salma.presses_data("1:done:register")
    await work.serve(tmp_path / "after", edited())
    since = (await shown(work, lead)).partition("ما تغيّر")[2]
    assert "أنجز لاحقاً: register" in since
    assert "خطوة لم تعد في الدليل لإجاباته: register" in since


async def test_answers_that_the_consent_did_not_name_are_not_told(work: Casework) -> None:
    """The money flow asks nothing new; another flow's answers stay the citizen's own."""
    await work.country.bind("homs", HOMS, SAMER)
    await work.walks("learn", ("حمص", "تجارة", "لا أعرف"))
    lead = await work.refers("training")
    await work.country.deliver()
    await work.press(lead, "take")
    await work.walks("licence", ())
    await work.salma.presses_data("1:go:change:sector")
    await work.salma.presses("غذاء")
    await work.salma.types("7")
    since = (await shown(work, lead)).partition("ما تغيّر")[2]
    assert "المجال: كانت الإجابة تجارة، وصارت غذاء" in since
    assert "العمال" not in since


async def test_a_done_step_is_shown_as_done(work: Casework) -> None:
    await work.country.bind("homs", HOMS, SAMER)
    await work.walks()
    await work.salma.presses_data("1:done:register")
    lead = await work.refers()
    await work.country.deliver()
    await work.press(lead, "take")
    assert "1. register، الوزارة: <b>أُنجزت</b>" in await shown(work, lead)


async def test_a_revision_that_can_no_longer_be_read_is_told_and_todays_way_shown(
    database_url: str, seal: Seal, kept: Kept, tmp_path: Path
) -> None:
    shelf, whole = kept
    old = json.loads(whole)
    old["files"]["flows/steps/permit.yaml"]["duration"] = old["files"][
        "flows/steps/permit.yaml"
    ].pop("time")
    async with casework(database_url, seal, shelf, json.dumps(old).encode()) as work:
        lead = await taken(work)
        await work.serve(tmp_path / "after", edited())
        text = await shown(work, lead)
    assert "رأى إصداراً من الدليل لم يعد يُقرأ" in text
    assert "new permit، الوزارة" in text
    assert "خطوة جديدة في الدليل" not in text


def test_a_revision_from_before_some_kind_of_entry_can_be_read_all_the_same(kept: Kept) -> None:
    shelf, whole = kept
    old = json.loads(whole)
    for name in ("topics", "replies", "subjects"):
        del old["files"][f"flows/{name}.yaml"]
    del old["files"]["content/ar/words/replies.yaml"]
    edition = edition_kept(json.dumps(old).encode(), shelf.voices["ar"])
    assert edition is not None
    assert list(edition.guide.steps) == list(shelf.guide.steps)


async def test_a_flow_that_vanished_is_told(work: Casework, tmp_path: Path) -> None:
    await work.country.bind("homs", HOMS, SAMER)
    await work.walks("learn", ("حمص", "تجارة", "لا أعرف"))
    lead = await work.refers("training")
    await work.country.deliver()
    await work.press(lead, "take")
    files = small.files()
    del files["flows/learn.yaml"]
    files["flows/menu.yaml"] = files["flows/menu.yaml"].replace("[money, learn]", "[money]")
    files["flows/topics.yaml"] = "licensing: {answer: 2, step: 5}\n"
    for language in ("ar", "en"):
        words = f"content/{language}/words/"
        files[f"{words}flows.yaml"] = "".join(
            files[f"{words}flows.yaml"].splitlines(keepends=True)[:-1]
        )
    await work.serve(tmp_path / "after", files)
    text = await shown(work, lead)
    assert "1. register، الوزارة" in text
    assert "لم يعد مساره في الدليل" in text


async def test_of_a_case_from_before_flows_were_noted_the_flow_is_found(work: Casework) -> None:
    await work.country.bind("homs", HOMS, SAMER)
    number = await work.country.citizen()
    answers = {"governorate": "homs", "sector": "food", "workers": 7, "papers-held": []}
    lead = await work.country.refer(number, answers=answers, done=[])
    await work.country.deliver()
    await work.press(lead, "take")
    assert "المسار: الترخيص" in await shown(work, lead)


async def test_only_the_desk_that_has_the_case_in_hand_is_shown_it(work: Casework) -> None:
    await work.country.bind("bank-desk", BANK, RIMA)
    lead = await work.referred()
    assert await work.press(lead, "way") == "استلموا الطلب أولاً."
    await work.press(lead, "take", "offer/bank-desk")
    before = len(work.country.chats[BANK])
    await work.press(lead, "way", chat=BANK, who=RIMA, office="bank-desk")
    assert len(work.country.chats[BANK]) == before


async def test_what_was_closed_before_it_was_sent_is_not_shown(work: Casework) -> None:
    lead = await taken(work)
    before = len(work.country.chats[HOMS])
    await work.country.forge(HOMS, SAMER, f"o:way:{lead.id}", 1)
    await work.looks_at(lead)
    await work.salma.presses_data(f"1:close:{lead.reference}")
    await work.salma.presses_data(f"1:withdraw:{lead.reference}")
    await work.country.store.run(lambda tx: outbox.drop_for(tx, "citizen:1"))
    await work.country.deliver()
    texts = [screen.text for screen in work.country.chats[HOMS].values()]
    assert len(texts) == before + 1
    assert not any("كما رآه" in text for text in texts)


async def test_long_ways_are_cut_and_split(work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = await taken(work)
    monkeypatch.setattr(as_seen, "LONGEST_PART", 60)
    monkeypatch.setattr(as_seen, "LONGEST_MESSAGE", 200)
    before = len(work.country.chats[HOMS])
    text = await shown(work, lead)
    assert "و6 غير ذلك" in text
    assert len(work.country.chats[HOMS]) > before + 1
