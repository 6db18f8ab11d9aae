"""What editors and offices read about the guide: coverage, what is due, links, what is found."""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bot.cli.root import dalil, guide_folder, in_store, reading_the_guide

if TYPE_CHECKING:
    from bot.guide.load import Loaded
    from bot.settings import StoreSettings
    from bot.store.store import Transaction

GUIDE = click.argument("directory", required=False, type=click.Path(exists=True, path_type=Path))
LANGUAGE = click.option(
    "--language", type=click.Choice(["ar", "en"]), default="ar", show_default=True
)


def _loaded(directory: Path | None) -> Loaded:
    """The guide; a faulty one ends the command."""
    reading_the_guide()
    from bot.guide.load import load

    loaded = load(guide_folder(directory))
    if loaded.guide is None:
        _refuse()
    return loaded


def _refuse() -> NoReturn:
    click.echo("The guide has faults: dalil check lists them.", err=True)
    sys.exit(1)


@dalil.command()
@GUIDE
@click.option("--json", "as_json_", is_flag=True, help="For programs.")
def coverage(directory: Path | None, as_json_: bool) -> None:
    """Prints, for each flow, what is known and how much is not."""
    from rich.console import Console
    from rich.table import Table

    from bot.guide.coverage import Coverage, as_json
    from bot.guide.coverage import coverage as measured

    loaded = _loaded(directory)
    guide, found = loaded.guide, list(measured(loaded))
    assert guide is not None
    totals = {
        "steps": len(guide.steps),
        "programmes": len(guide.programmes),
        "articles": len(guide.articles),
        "bodies": len(guide.bodies),
        "glossary": len(guide.glossary),
        "facts cited": len(guide.sources) - len(guide.unused),
        "facts unused": len(guide.unused),
    }
    if as_json_:
        flows = [as_json(each) for each in found]
        click.echo(json.dumps({"guide": totals, "flows": flows}, ensure_ascii=False, indent=2))
        return
    table = Table(*(field.name for field in fields(Coverage)))
    for each in found:
        table.add_row(*(str(getattr(each, field.name)) for field in fields(Coverage)))
    Console(width=160).print(table)
    click.echo(", ".join(f"{count} {name}" for name, count in totals.items()))


@dalil.command()
@GUIDE
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As if it were this day.")
@click.option("--offices", is_flag=True, help="By office: the steps it should look at.")
@click.pass_obj
def stale(demo: bool, directory: Path | None, on: datetime | None, offices: bool) -> None:
    """Lists the pages whose sources are to be read again, by body and editor.

    With --offices, the steps that each office has to look at: what it confirmed counts as looked
    at for its own governorate.
    """
    if offices:
        _due_at_offices(demo, on.date() if on else date.today())
        return
    from bot.guide.coverage import stale as due_on

    guide = _loaded(directory).guide
    assert guide is not None
    due = due_on(guide, on.date() if on else date.today())
    for each in due:
        click.echo(f"{each.body:<24} {each.editor:<12} {each.page:<40} since {each.since}")
    click.echo(f"{len(due)} pages are due")


def _due_at_offices(demo: bool, today: date) -> None:
    from bot.operations.reports import due_by_office

    reading_the_guide()
    due = in_store(demo, lambda tx, settings: due_by_office(tx, settings, today))
    for office, step in due:
        click.echo(f"{office:<24} {step}")
    click.echo(f"{len(due)} times a step is due at an office")


@dalil.command()
@GUIDE
@LANGUAGE
@click.option("--bot", "name", default="", help="The bot's name, for whole addresses.")
def links(directory: Path | None, language: str, name: str) -> None:
    """Lists the deep links to every flow, page, body and subject, for posters and offices."""
    from bot.guide.links import payloads, title_of

    loaded = _loaded(directory)
    assert loaded.guide is not None
    words = loaded.words[language]
    address = f"https://t.me/{name.removeprefix('@')}?start=" if name else "?start="
    for payload, kind, entry in payloads(loaded.guide):
        click.echo(f"{address}{payload}  {title_of(words, kind, entry)}")


@dalil.command()
@click.argument("query", required=False, nargs=-1)
@LANGUAGE
@click.option("--misses", is_flag=True, help="What citizens looked for in vain, newest first.")
@click.pass_obj
def search(demo: bool, query: tuple[str, ...], language: str, misses: bool) -> None:
    """Looks QUERY up in the guide, as the bot does with a text that is no answer."""
    if misses:
        _remarks(demo, "missed")
        return
    reading_the_guide()
    from bot.guide.draft import read
    from bot.guide.links import title_of
    from bot.search.catalogue import of_guide

    # Looking something up takes no judgement of the whole guide, which takes longer.
    draft = read(guide_folder(None))
    if draft.problems:
        _refuse()
    finding = of_guide(draft.guide, draft.words).search(" ".join(query), language)
    if finding.uncovered:
        title = draft.words[language].uncovered[finding.uncovered].title
        click.echo(f"not covered: {title}")
    for hit in finding.hits:
        kind, _, name = hit.id.partition(":")
        title = title_of(draft.words[language], kind, name)
        click.echo(f"{hit.score:6.2f}  {hit.id:<36} {title}")
    if not finding.hits and not finding.uncovered:
        click.echo("nothing found")


@dalil.command()
@click.pass_obj
def feedback(demo: bool) -> None:
    """Lists what citizens said that offices told them, newest first."""
    _remarks(demo, "told")


def _remarks(demo: bool, kind: str) -> None:
    from bot.store import remarks

    def work(tx: Transaction, _settings: StoreSettings) -> list[str]:
        return [
            f"{each.at:%Y-%m-%d}  {each.language}  {each.governorate or '-':<14} "
            f"{each.about or '-':<36} {each.text}"
            for each in remarks.every(tx, kind)
        ]

    lines = in_store(demo, work)
    for line in lines:
        click.echo(line)
    click.echo(f"{len(lines)} in all")


@dalil.command()
@click.pass_obj
def obstacles(demo: bool) -> None:
    """Lists what stops citizens, by institution, step and governorate; no group under five."""
    from bot.engine.disclosure import publish
    from bot.printing import columns
    from bot.store import obstacles as stored

    lines = publish(in_store(demo, lambda tx, _: stored.counts(tx)))
    rows = []
    for line in lines:
        body, step, governorate, kind = (*line.path, *("" for _ in range(4 - len(line.path))))
        rest = "the rest" if line.rest else kind
        rows.append((body or "-", step, governorate, rest, f"at least {line.count}"))
    click.echo(columns(("institution", "step", "governorate", "what", "people"), rows))
    click.echo(f"at least {sum(line.count for line in lines)} in all groups that may be shown")
