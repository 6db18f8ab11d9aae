"""Offices, their leads, and what is to be sent to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.root import dalil, in_store, reading_the_guide, store_settings
from bot.store.states import STATES

if TYPE_CHECKING:
    from bot.settings import StoreSettings
    from bot.store.store import Transaction


@dalil.group()
def offices() -> None:
    """The offices and their groups."""


@offices.command("invite")
@click.argument("governorate")
@click.pass_obj
def invite(demo: bool, governorate: str) -> None:
    """Prints a one-time code that makes a group the office of GOVERNORATE (or head-office)."""
    from bot.office_commands import invite as make

    click.echo(in_store(demo, lambda tx, settings: make(tx, settings, governorate)))


@offices.command("list")
@click.pass_obj
def list_offices(demo: bool) -> None:
    """Lists the offices, and which of them has a group."""
    from bot.office_commands import offices as listed

    click.echo(in_store(demo, listed))


@dalil.group()
def leads() -> None:
    """The leads: who was handed to which office, and who waits."""


@leads.command("list")
@click.option("--state", type=click.Choice(STATES), help="Only those in this state.")
@click.option("--office", metavar="OFFICE", help="Only those that this office has.")
@click.option("--overdue", is_flag=True, help="Only those for which an office is late.")
@click.pass_obj
def list_leads(demo: bool, state: str | None, office: str | None, overdue: bool) -> None:
    """Lists the leads, the oldest first; those without an office are marked."""
    from bot.office_commands import guide_of
    from bot.office_commands import leads as listed

    shelf = None
    if office or overdue:
        reading_the_guide()
        shelf = guide_of(store_settings(demo))

    def work(tx: Transaction, _: StoreSettings) -> str:
        return listed(tx, shelf, state=state, office=office, overdue=overdue)

    click.echo(in_store(demo, work))


@leads.command("show")
@click.argument("reference")
@click.pass_obj
def show_lead(demo: bool, reference: str) -> None:
    """Prints one lead with its whole history; never a phone number, nor what anybody wrote."""
    from bot.office_commands import NoSuchThing, guide_of, lead

    reading_the_guide()
    try:
        shelf = guide_of(store_settings(demo))
    except NoSuchThing as problem:
        click.echo(f"{problem} So it is not said by when something is owed.", err=True)
        shelf = None
    click.echo(in_store(demo, lambda tx, _: lead(tx, shelf, reference)))


@dalil.group()
def outbox() -> None:
    """What is to be sent: cards and notices."""


@outbox.command("dead")
@click.pass_obj
def dead(demo: bool) -> None:
    """Lists what could not be sent, with the reason."""
    from bot.office_commands import dead_letters

    click.echo(in_store(demo, lambda tx, _: dead_letters(tx)))


@outbox.command("resend")
@click.argument("number", type=int, required=False)
@click.pass_obj
def resend(demo: bool, number: int | None) -> None:
    """Tries again to send NUMBER, or everything that could not be sent."""
    from bot.store.outbox import resend as send_again

    count = in_store(demo, lambda tx, _: send_again(tx, number))
    click.echo(f"{count} to be sent again.")
