"""What Telegram says of the bot, without disturbing it: nothing here fetches updates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.operations.findings import Finding, fine, notice, serious

SECONDS = 15.0
CLOCK = timedelta(seconds=60)
RECENT = timedelta(hours=1)
MANY_PENDING = 100
START_MENDS = "`dalil run` sets it right when it starts."
Json = dict[str, Any]


async def telegram(
    api: str, token: str, webhook: str | None, clock: Callable[[], datetime]
) -> list[Finding]:
    """Token, clock, and how updates come. ``webhook``: the address they should go to, if any."""
    patience = ClientTimeout(total=SECONDS)
    root = f"{api.rstrip('/')}/bot{token}"
    try:
        async with ClientSession(timeout=patience) as session:
            async with session.get(f"{root}/getMe") as answer:
                me: Json = await answer.json(content_type=None)
                now, date = clock(), answer.headers.get("Date")
            async with session.get(f"{root}/getWebhookInfo") as answer:
                info: Json = await answer.json(content_type=None)
    except (ClientError, OSError, ValueError) as error:
        reason = type(error).__name__
        return [
            serious(
                "telegram",
                f"{api} cannot be reached ({reason}).",
                "See that DALIL_TELEGRAM_API is right, and that this machine is online.",
            )
        ]
    if not me.get("ok"):
        mend = "Put the token that BotFather shows into DALIL_TELEGRAM_TOKEN."
        return [serious("token", "Telegram does not know this bot.", mend), *_clock(date, now)]
    name = fine("token", f"The bot is @{me['result'].get('username')}.")
    return [name, *_clock(date, now), *_inbox(info.get("result", {}), webhook, now)]


def _clock(date: str | None, now: datetime) -> Iterator[Finding]:
    if date is None:
        return
    ahead = now - parsedate_to_datetime(date).astimezone(UTC)
    seconds = round(abs(ahead.total_seconds()))
    if abs(ahead) <= CLOCK:
        yield fine("clock", "The clock is right.")
        return
    which = "ahead of" if ahead > timedelta(0) else "behind"
    yield serious(
        "clock",
        f"The clock is {seconds} seconds {which} Telegram's.",
        "Let this machine set its clock over the network: `timedatectl set-ntp true`.",
    )


def _inbox(info: Json, webhook: str | None, now: datetime) -> Iterator[Finding]:
    url, pending = str(info.get("url", "")), int(info.get("pending_update_count", 0))
    about = "webhook" if webhook else "polling"
    if webhook and url != webhook:
        there = url or "nowhere"
        yield serious(about, f"Telegram brings updates to {there}, not {webhook}.", START_MENDS)
    elif not webhook and url:
        yield serious(about, f"Telegram brings updates to {url}; none can be polled.", START_MENDS)
    else:
        yield fine(about, f"Updates go to {url}." if url else "Updates are polled.")
    failed = info.get("last_error_date")
    if webhook and failed and now - datetime.fromtimestamp(int(failed), UTC) < RECENT:
        yield serious(
            about,
            f"Telegram's last attempt failed: {info.get('last_error_message', '')}.",
            "See that the address is reachable from outside, with a valid certificate.",
        )
    if pending > MANY_PENDING:
        mend = "See that `dalil run` runs, once only, and what it logs."
        yield serious(about, f"{pending} updates wait to be taken.", mend)
    elif pending:
        yield notice(about, f"{pending} updates wait to be taken.", "Look again in a minute.")
