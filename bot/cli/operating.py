"""For who runs the server: the database, copies of it, its keys, and what is wrong."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from bot.cli.root import dalil, in_store, store_settings


@dalil.group()
def db() -> None:
    """The database."""


@db.command()
@click.pass_obj
def upgrade(demo: bool) -> None:
    """Brings the database to today's schema."""
    from bot.store.store import upgrade as upgrade_database

    upgrade_database(store_settings(demo).database)
    click.echo("The database is up to date.")


@db.command("copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy_database(source: str, target: str) -> None:
    """Copies everything from the database FROM into the empty database TO, both addresses.

    Stop the bot first, and prepare TO with `dalil db upgrade`. DALIL_KEY stays the same.
    """
    from bot.store.copying import copy

    counts = copy(source, target)
    for table, count in counts.items():
        click.echo(f"{table:<20}{count:>10}")
    click.echo(f"{'in all':<20}{sum(counts.values()):>10}")
    click.echo("Every table arrived as it was. Now let DALIL_DATABASE_URL name the new database.")


@dalil.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup(demo: bool, file: Path) -> None:
    """Copies the whole database into FILE, while the bot runs. The key is not in it."""
    from bot.store.backup import back_up

    contents = back_up(store_settings(demo).database, file)
    click.echo(f"{contents.rows} rows of schema {contents.schema} are in {file}.")
    names = ", ".join(contents.keys) or "none yet"
    click.echo(
        f"What tells of people in it is sealed with the keys in DALIL_KEY ({names}). They are not "
        "in the file: keep a copy of DALIL_KEY in another place, without it nobody can read this."
    )


@dalil.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def restore(demo: bool, file: Path) -> None:
    """Brings a backup back, into a database that is empty or does not exist yet."""
    from bot.store.backup import restore as bring_back
    from bot.store.sealing import parse_key

    settings = store_settings(demo)
    seal = parse_key(settings.key.get_secret_value())
    contents = bring_back(settings.database, file, seal)
    click.echo(f"{contents.rows} rows are back, as they were at {contents.made}; the key fits.")


@dalil.command()
@click.option("--json", "for_programs", is_flag=True, help="For programs.")
@click.pass_obj
def doctor(demo: bool, for_programs: bool) -> None:
    """Looks at everything an operator can mend, and says how. Exit code 1: something hurts now."""
    from bot.operations.doctor import as_json, examine, examine_data, is_serious, printed

    found = asyncio.run(examine_data(store_settings(demo)) if demo else examine())
    click.echo(as_json(found) if for_programs else printed(found))
    sys.exit(1 if is_serious(found) else 0)


@dalil.group("set-aside")
def set_aside() -> None:
    """Updates that could not be handled."""


@set_aside.command("list")
@click.pass_obj
def list_set_aside(demo: bool) -> None:
    """Lists them, the oldest first, with the kind of error."""
    from bot.operations.set_aside import listing

    click.echo(in_store(demo, lambda tx, _: listing(tx)))


@set_aside.command("show")
@click.argument("incident")
@click.option("--personal", is_flag=True, help="With names, texts and numbers of people.")
@click.pass_obj
def show_set_aside(demo: bool, incident: str, personal: bool) -> None:
    """Prints the update of an INCIDENT, what went wrong, and what was done about it."""
    from bot.operations.set_aside import shown

    click.echo(in_store(demo, lambda tx, _: shown(tx, incident, personal=personal)))


@set_aside.command("retry")
@click.argument("incident")
@click.pass_obj
def retry(demo: bool, incident: str) -> None:
    """Has the bot handle INCIDENT once more, or all that are not settled."""
    from bot.operations.set_aside import ask

    click.echo(in_store(demo, lambda tx, _: ask(tx, incident)))


@dalil.group()
def keys() -> None:
    """The keys that seal what tells of people."""


@keys.command()
@click.pass_obj
def rotate(demo: bool) -> None:
    """Seals everything anew with the last key in DALIL_KEY, while the bot runs with it."""
    from bot.operations.keys import rotate as seal_anew
    from bot.store.sealing import parse_key
    from bot.store.store import Store

    settings = store_settings(demo)
    seal = parse_key(settings.key.get_secret_value())

    async def work() -> None:
        store = Store.open(settings.database, seal)
        try:
            await seal_anew(store, seal.current, click.echo)
        finally:
            await store.close()

    asyncio.run(work())
