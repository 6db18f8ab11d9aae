"""What offices reported of the guide, and what an editor does with it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.cli.root import dalil, in_store, reading_the_guide


@dalil.group()
def reports() -> None:
    """What offices reported of the guide: still right, lacking, or wrong."""


@reports.command("list")
@click.option("--all", "settled_too", is_flag=True, help="With those that are settled.")
@click.pass_obj
def list_reports(demo: bool, settled_too: bool) -> None:
    """Lists the reports that wait, the newest first; then what citizens were told at counters."""
    from bot.operations.reports import listing

    click.echo(in_store(demo, lambda tx, _: listing(tx, None if settled_too else "open")))


@reports.command()
@click.argument("code")
@click.pass_obj
def show(demo: bool, code: str) -> None:
    """Prints one report."""
    from bot.operations.reports import shown

    click.echo(in_store(demo, lambda tx, _: shown(tx, code)))


@reports.command()
@click.argument("code")
@click.option("--fee", default="", help='The fee as the guide takes it: "25000 new SYP".')
@click.option("--time", default="", help='The time as the guide takes it: "10 d".')
@click.option("--when", "condition", default="", help="For whom: {legal-form: individual}.")
@click.option("--by-hand", is_flag=True, help="You have changed the files yourself.")
@click.pass_obj
def accept(demo: bool, code: str, fee: str, time: str, condition: str, by_hand: bool) -> None:
    """Writes the report into the guide's files, checks the guide, and tells the office.

    A report that a step is still right is accepted without a value.
    """
    from bot.guide.load import find_guide
    from bot.operations.reports import Decision, read_when, settle, still_open, texts_of, write

    when = read_when(condition) if condition else {}
    decision = Decision(fee, time, by_hand, when)
    report, directory = in_store(
        demo, lambda tx, settings: (still_open(tx, code), find_guide(settings.guide_dir))
    )
    reading_the_guide()
    written = write(directory, report, decision)
    in_store(demo, lambda tx, _: settle(tx, report))
    for path in written:
        click.echo(path.relative_to(directory))
    if written:
        click.echo("The guide is sound with this; dalil prove walks all answers through it.")
    if fee or time:
        for path in texts_of(directory, report):
            click.echo(f"See that the text does not name what held before: {path}")
    click.echo(f"Report {report.code} is accepted, its photo is gone, the office will be told.")


@reports.command()
@click.argument("code")
@click.option("--reason", required=True, help="What the office reads, in Arabic.")
@click.pass_obj
def decline(demo: bool, code: str, reason: str) -> None:
    """Takes the report from the step's page, and tells the office why."""
    from bot.operations.reports import settle, still_open

    in_store(demo, lambda tx, _: settle(tx, still_open(tx, code), reason))
    click.echo("It is declined, its photo is gone, the office will be told.")


@reports.command()
@click.argument("code")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def photo(demo: bool, code: str, file: Path) -> None:
    """Fetches the photo of the receipt from Telegram into FILE: delete it when you have seen it."""
    from bot.operations.reports import NotSettled, fetch_photo, save_photo, still_open
    from bot.settings import Settings, read_settings

    if demo:
        raise NotSettled("The demo has no photos at Telegram: look at it in the demo's chat.")
    settings = read_settings(Settings)
    report = in_store(demo, lambda tx, _: still_open(tx, code))
    save_photo(file, asyncio.run(fetch_photo(settings, report)))
    click.echo(f"The photo is in {file}. Delete it when you have decided.")
