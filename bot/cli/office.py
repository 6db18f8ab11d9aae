"""Offices, their leads, and what is to be sent to them."""

from __future__ import annotations

import click

from bot.cli.root import dalil, in_store

LEAD_STATES = ["new", "delivered", "claimed", "done", "unreachable", "withdrawn"]


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
@click.option("--state", type=click.Choice(LEAD_STATES), help="Only those in this state.")
@click.pass_obj
def list_leads(demo: bool, state: str | None) -> None:
    """Lists the leads, the oldest first; those without an office are marked."""
    from bot.office_commands import leads as listed

    click.echo(in_store(demo, lambda tx, _: listed(tx, state)))


@leads.command("show")
@click.argument("reference")
@click.pass_obj
def show_lead(demo: bool, reference: str) -> None:
    """Prints one lead with its history; never its phone number."""
    from bot.office_commands import lead

    click.echo(in_store(demo, lambda tx, _: lead(tx, reference)))


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
