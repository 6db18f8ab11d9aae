"""What offices reported of the guide, before an editor: listed, shown, written into it, declined."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.engine.values import Json
from bot.errors import DalilError
from bot.guide.amend import Amendment, amend, parse_fee, parse_time
from bot.guide.kinds import DIRECTORIES, page_file
from bot.guide.languages import languages_in
from bot.guide.load import find_guide, load, locales_of
from bot.guide.strict_yaml import read_yaml
from bot.printing import columns, moment
from bot.referrals.ground import local_day
from bot.referrals.rows import due, report_rows
from bot.settings import Settings, StoreSettings
from bot.store import remarks, reports
from bot.store.codes import typed
from bot.store.reports import RIGHT, Report, State
from bot.store.store import Transaction

SECONDS = 15.0


class NotSettled(DalilError):
    """A report is unknown or settled, or does not say enough to be accepted as it was."""


@dataclass(frozen=True)
class Decision:
    """What an editor takes from a report: a fee, a time, or nothing that a command can write."""

    fee: str = ""
    time: str = ""
    by_hand: bool = False
    """The editor has changed the files already."""
    when: Mapping[str, Json] = field(default_factory=dict)
    """For which other answers it holds."""


def listing(tx: Transaction, state: State | None) -> str:
    """The reports, the newest first, and below them what citizens were told at counters."""
    rows = [
        (
            each.code,
            moment(each.at),
            each.state,
            author(each),
            each.about,
            each.fact,
            "photo" if each.photo else "",
            each.text,
        )
        for each in reports.every(tx, state)
    ]
    heads = ("code", "when", "state", "by", "step", "fact", "", "text")
    told = [
        (moment(each.at), each.governorate or "-", each.about, each.text)
        for each in remarks.every(tx, "told")
    ]
    heard = columns(("when", "governorate", "page", "what a citizen was asked for"), told)
    return f"{columns(heads, rows)}\n\n{heard}"


def shown(tx: Transaction, code: str) -> str:
    """One report with all that is known of it; of its author only the number."""
    report = wanted(tx, code)
    lines = {
        "code": report.code,
        "when": moment(report.at),
        "by": author(report),
        "holds in": report.governorate or "all governorates",
        "step": report.about,
        "fact": report.fact,
        "text": report.text or "still right",
        "photo": f"dalil reports photo {report.code} FILE" if report.photo else "none",
        "state": report.state,
    }
    if report.ended:
        lines["settled"] = moment(report.ended)
    if report.answer:
        lines["reason"] = report.answer
    return "\n".join(f"{name:<10}{value}" for name, value in lines.items())


def author(report: Report) -> str:
    """Who wrote it, as editors read it: never a name."""
    return f"officer {report.officer} of {report.office}"


def wanted(tx: Transaction, code: str) -> Report:
    """The report that was meant by a typed code."""
    report = reports.get(tx, typed(code))
    if report is None:
        raise NotSettled(f"There is no report {code!r}. See `dalil reports list`.")
    return report


def still_open(tx: Transaction, code: str) -> Report:
    """The report that was meant, if no editor has settled it."""
    report = wanted(tx, code)
    if report.state != "open":
        raise NotSettled(f"Report {report.code} was {report.state} before: nothing has changed.")
    return report


def write(directory: Path, report: Report, decision: Decision) -> tuple[Path, ...]:
    """Writes an accepted report into the guide's files; returns those that changed.

    One that was written before its acceptance could be noted is not written again. Raises
    ``DalilError`` where it cannot be written, and then nothing was.
    """
    amendment = _amendment(report, decision)
    if amendment is None or _is_written(directory, report):
        return ()
    if amendment.field == "confirmed" and _was_read(directory, amendment.step, amendment.day):
        return ()
    return amend(directory, amendment)


def _amendment(report: Report, decision: Decision) -> Amendment | None:
    """What is to be written; ``None``: the editor has done it."""
    given = [bool(decision.fee), bool(decision.time), decision.by_hand]
    about: dict[str, Any] = {
        "step": report.about,
        "governorate": report.governorate or None,
        "office": report.office,
        "day": local_day(report.at),
        "report": report.code,
        "when": decision.when,
    }
    if report.fact == RIGHT:
        if any(given):
            raise NotSettled(f"Report {report.code} confirms the step: accept it without a value.")
        return Amendment(field="confirmed", value=None, **about)
    if sum(given) != 1:
        raise NotSettled(
            f"Report {report.code} says of {report.about}, {report.fact}: {report.text}\n"
            'Say what of it goes into the guide: --fee "25000 new SYP", --time "10 d", or '
            "--by-hand once you have changed the files yourself."
        )
    if decision.by_hand:
        return None
    if decision.fee:
        return Amendment(field="fee", value=parse_fee(decision.fee), **about)
    return Amendment(field="time", value=parse_time(decision.time), **about)


def _is_written(directory: Path, report: Report) -> bool:
    """Whether the sources name it: a command that died between the files and the database."""
    sources = (directory / DIRECTORIES["sources"][0]).read_text(encoding="utf-8")
    return f"# Report {report.code}:" in sources


def _was_read(directory: Path, name: str, day: date) -> bool:
    guide = load(directory).guide
    step = guide.page("steps", name) if guide else None
    return guide is not None and step is not None and guide.steps[step].read >= day


def read_when(text: str) -> dict[str, Json]:
    """A condition as the guide writes it: ``{legal-form: individual}``."""
    tree = read_yaml("", text.encode())
    if tree.problems or not isinstance(tree.value, dict):
        raise NotSettled(f"{text!r} is no condition: write it like {{legal-form: individual}}.")
    return tree.value


def texts_of(directory: Path, report: Report) -> Iterator[Path]:
    """The texts of a step, in which the former value may still stand."""
    for language in languages_in(locales_of(directory)):
        path = directory / page_file(language, "steps", report.about)
        if path.exists():
            yield path


def settle(tx: Transaction, report: Report, reason: str | None = None) -> None:
    """Notes that a report was accepted, or declined for a reason, and lets the office know it."""
    state: Any = "accepted" if reason is None else "declined"
    if not reports.end(tx, report.code, state, reason or ""):
        raise NotSettled(f"Somebody else has settled report {report.code} in the meantime.")
    report_rows.tell_reporter(tx, report)


def due_by_office(tx: Transaction, settings: StoreSettings, today: date) -> list[tuple[str, str]]:
    """The steps that each office should look at, as (office, step)."""
    guide = load(find_guide(settings.guide_dir)).guide
    if guide is None:
        raise NotSettled("The guide has faults: `dalil check` lists them.")
    return [(each, step) for each in guide.offices for step in due.all_due(tx, guide, each, today)]


async def fetch_photo(settings: Settings, report: Report) -> bytes:
    """The photo of the receipt, from Telegram's servers."""
    if report.photo is None:
        raise NotSettled(f"Report {report.code} has no photo, or it went when it was settled.")
    root, token = settings.telegram_api.rstrip("/"), settings.telegram_token.get_secret_value()
    try:
        async with ClientSession(timeout=ClientTimeout(total=SECONDS)) as session:
            asked = {"file_id": report.photo}
            async with session.get(f"{root}/bot{token}/getFile", params=asked) as answer:
                found = await answer.json(content_type=None)
            if not found.get("ok"):
                raise NotSettled(f"Telegram has no such photo: {found.get('description', '')}.")
            path = found["result"]["file_path"]
            async with session.get(f"{root}/file/bot{token}/{path}") as answer:
                answer.raise_for_status()
                return await answer.read()
    except (ClientError, OSError, ValueError, TimeoutError) as error:
        # The error's own words would name the token, which is in the address.
        reason = type(error).__name__
        raise NotSettled(f"{root} did not give the photo ({reason}): try again later.") from None


def save_photo(file: Path, photo: bytes) -> None:
    """Writes it where only the editor can read it; a file that is there stays as it is."""
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise NotSettled(f"{file} cannot be written: {error.strerror}.") from error
    with os.fdopen(opened, "wb") as stream:
        stream.write(photo)
