"""What offices hear of the guide: what became of their reports, what is due, where to read it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from bot.guide.direction import isolated
from bot.guide.pages import figures
from bot.guide.screen import Button, Screen
from bot.guide.shelf import Edition, Shelf
from bot.referrals import posting
from bot.referrals.calls import Call, Show
from bot.referrals.ground import GROUP_LANGUAGE, Ground, local_day
from bot.referrals.rows import due
from bot.store import marks, offices, outbox, reports
from bot.store.reports import RIGHT, Report
from bot.store.store import Transaction

REPORT = "report"


def tell_reporter(tx: Transaction, report: Report) -> None:
    """The office is to hear what became of its report."""
    outbox.put(tx, posting.to_office(report.office), f"{REPORT}:{report.code}", rank=outbox.DIGEST)


def _report(ground: Ground, code: str) -> Iterator[Call]:
    desk, report = ground.desk, reports.get(ground.tx, code)
    if desk is None or report is None or report.state == "open":
        return
    voice, words = ground.edition.voice, ground.edition.words
    guide = ground.shelf.guide
    step = words.steps.get(guide.page("steps", report.about) or "")
    told = {
        "day": figures.day(local_day(report.at), voice),
        "step": step.title if step else report.about,
        "word": word_of(ground.edition, report),
    }
    if report.state == "accepted":
        said = voice.say("report.accepted", **told)
    else:
        said = voice.say("report.declined", reason=isolated(report.answer or ""), **told)
    yield Show(REPORT, desk.chat, Screen(str(said)))


def word_of(edition: Edition, report: Report) -> str:
    """What a report says, without markup."""
    if report.fact == RIGHT:
        return edition.voice.plain("report.still-right")
    return f"{edition.voice.plain(f'report.fact.{report.fact}')}: {isolated(report.text)}"


def due_line(tx: Transaction, shelf: Shelf, office: str) -> Markup:
    """For the morning's digest: the one step that the office is asked to look at, with the way to
    its page; nothing if none is due."""
    step = due.due_for(tx, shelf, office, local_day(tx.now))
    address = _address(tx, f"s-{step}")
    if step is None or not address:
        return Markup("")
    edition = shelf.edition(GROUP_LANGUAGE)
    title = edition.words.steps[step].title
    return edition.voice.say("report.due", title=title, address=address)


def guide_links(tx: Transaction, shelf: Shelf, chat: int) -> Screen | None:
    """``/guide`` in an office's group: ways into the guide in a private chat; ``None``: it is no
    office's."""
    desk = offices.desk_of_chat(tx, chat)
    if desk is None:
        return None
    edition = shelf.edition(GROUP_LANGUAGE)
    titles = edition.words.flows
    ways = [("menu", edition.voice.plain("report.guide-open"))]
    ways += [(name, titles[name].title) for names in shelf.guide.menu.values() for name in names]
    if step := due.due_for(tx, shelf, desk.office, local_day(tx.now)):
        ways.append((f"s-{step}", edition.words.steps[step].title))
    buttons = [Button(label, url=_address(tx, payload)) for payload, label in dict(ways).items()]
    text = edition.voice.say("report.guide")
    return Screen(str(text), tuple((button,) for button in buttons if button.url))


def _address(tx: Transaction, payload: str) -> str:
    """A deep link into the private chat; empty before the bot knows its own name."""
    name = marks.get(tx, marks.BOT_NAME)
    return f"https://t.me/{name}?start={payload}" if name else ""


PLANS = {REPORT: _report}
