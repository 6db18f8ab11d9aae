"""Changing the key: everything is sealed anew, while the bot runs."""

from __future__ import annotations

from collections.abc import Callable

from bot.errors import DalilError
from bot.store import marks, rotation
from bot.store.store import Store


class OldKeyInService(DalilError):
    """The bot could not read what is sealed with the new key."""


async def rotate(store: Store, current: str, say: Callable[[str], None]) -> None:
    """Seals everything with the key named ``current``; ``say`` is told how far it is.

    It may be stopped at any time and goes on where it was. Raises ``OldKeyInService`` when the
    bot was last started with another key.
    """
    serving = await store.run(lambda tx: marks.get(tx, marks.SERVING_KEY))
    if serving not in (None, current):
        raise OldKeyInService(
            f"The bot was last started with the key {serving}, and could not read what {current} "
            "seals: start it anew with this DALIL_KEY first, then rotate."
        )
    total = sum((await store.run(rotation.remaining)).values())
    say(f"{total} values are sealed with an older key than {current}.")
    done = 0
    while count := await store.run(rotation.reseal):
        done += count
        say(f"{done} sealed anew.")
    for column, count in (await store.run(rotation.remaining)).items():
        if count:
            say(f"{count} remain in {column}: run this command again.")
    say("Keep the older keys in DALIL_KEY: the first one finds people again, all open backups.")
