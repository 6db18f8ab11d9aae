"""The root of all commands, and what they share."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from bot.errors import DalilError

if TYPE_CHECKING:
    from bot.settings import StoreSettings
    from bot.store.store import Transaction

Result = TypeVar("Result")
DEMO_DIR = Path("var/demo")


def main() -> None:
    """Runs a command; what goes wrong on purpose is a sentence, never a trace."""
    try:
        dalil(prog_name="dalil")
    except* DalilError as refusals:
        for error in _each(refusals):
            click.echo(str(error), err=True)
        sys.exit(1)


def _each(group: BaseExceptionGroup[DalilError]) -> Iterator[DalilError]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _each(error)
        else:
            yield error


@click.group()
@click.version_option(package_name="dalil")
@click.option("--demo", is_flag=True, help="Work on the data of the running demo.")
@click.pass_context
def dalil(context: click.Context, demo: bool) -> None:
    """Dalil: from an idea to a licensed business, step by step."""
    context.obj = demo


def reading_the_guide() -> None:
    """Says at once what takes the next seconds: hundreds of files are read and judged."""
    click.echo("Reading the guide …", err=True)


def guide_folder(named: Path | None) -> Path:
    """The folder that was named; without one, that of the guide which the bot serves."""
    from bot.guide.load import find_guide
    from bot.settings import GuideSettings, read_settings

    return named or find_guide(read_settings(GuideSettings).guide_dir)


def store_settings(demo: bool) -> StoreSettings:
    """Where the database is and what opens it; with ``demo``, those of the running demo."""
    from bot.settings import StoreSettings, read_settings

    if not demo:
        return read_settings(StoreSettings)
    from bot.demo import demo_settings

    return demo_settings(StoreSettings, DEMO_DIR)


def in_store(demo: bool, work: Callable[[Transaction, StoreSettings], Result]) -> Result:
    """Does the work in one transaction of the database and returns what it returned."""
    from bot.store.sealing import parse_key
    from bot.store.store import Store

    settings = store_settings(demo)

    async def once() -> Result:
        store = Store.open(settings.database, parse_key(settings.key.get_secret_value()))
        try:
            return await store.run(lambda tx: work(tx, settings))
        finally:
            await store.close()

    return asyncio.run(once())
