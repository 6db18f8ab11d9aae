"""What serves and plays the bot, and what checks the guide."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.root import DEMO_DIR, dalil, guide_folder, reading_the_guide

if TYPE_CHECKING:
    from bot.guide.load import Loaded
    from bot.guide.voice import Voice


@dalil.command()
@click.option("--port", default=8080, show_default=True, help="Where the chat page is served.")
@click.option("--busy", is_flag=True, help="Fill all offices with invented, marked cases.")
def demo(port: int, busy: bool) -> None:
    """Plays everything on this machine: a local Telegram, its chat page, and the bot."""
    from bot.demo import serve_demo

    if not busy:
        asyncio.run(serve_demo(DEMO_DIR, port))
        return
    from bot.busy import Busy

    country = Busy()
    asyncio.run(serve_demo(DEMO_DIR, port, country.play, country.clock))


@dalil.command()
def run() -> None:
    """Runs the bot on Telegram: by polling, or by webhook when a public address is set."""
    import uvloop

    from bot.app import serve
    from bot.settings import Settings, read_settings

    uvloop.run(serve(read_settings(Settings)))


@dalil.command()
@click.argument("directory", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--language", type=click.Choice(["ar", "en"]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def check(directory: Path | None, language: str, as_json: bool) -> None:
    """Checks the guide in DIRECTORY and lists every problem with its place and its mend."""
    reading_the_guide()
    from bot.guide.load import load, own_voice
    from bot.guide.problems import worded

    found = guide_folder(directory)
    loaded = load(found)
    voice = own_voice(language)
    if as_json:
        listed = [
            {
                "file": problem.file,
                "line": problem.line,
                "column": problem.column,
                "code": problem.code,
                "message": worded(problem, voice),
            }
            for problem in loaded.problems
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        for problem in loaded.problems:
            place_of = f"{problem.file}:{problem.line}:{problem.column}"
            click.echo(f"{place_of}  {worded(problem, voice)}")
        summary = voice.plain_count("check.problems", len(loaded.problems))
        click.echo(summary, err=bool(loaded.problems))
        if loaded.guide is not None and not loaded.problems:
            _warn(loaded, found, voice)
    sys.exit(1 if loaded.problems else 0)


def _warn(loaded: Loaded, directory: Path, voice: Voice) -> None:
    """Tells how a sound guide could be written better."""
    from bot.guide.load import editions_of
    from bot.guide.problems import worded
    from bot.guide.style import check_style

    warnings = check_style(directory, editions_of(loaded, directory))
    for warning in warnings:
        click.echo(f"{warning.file}:{warning.line}  {worded(warning, voice)}")
    click.echo(voice.plain_count("check.warnings", len(warnings)))


@dalil.command()
@click.argument("directory", type=click.Path(path_type=Path))
def schema(directory: Path) -> None:
    """Writes JSON Schemas of the guide's files into DIRECTORY, for editors' programs."""
    from bot.guide.schema import write_schemas

    write_schemas(directory)
    click.echo(f"written into {directory}")


@dalil.command()
@click.option("--url", default="http://127.0.0.1:8080", show_default=True)
@click.option("--person", default=1000001, show_default=True, help="Whose side to play.")
@click.option("--name", default="زائر", help="Their name, if they are new.")
@click.option("--language", default="ar", show_default=True, help="Their app's language.")
@click.option("--chat", "chat_id", type=int, help="A group, instead of the chat with the bot.")
def chat(url: str, person: int, name: str, language: str, chat_id: int | None) -> None:
    """Plays a person of the local Telegram in this terminal, or from a pipe."""
    from bot.localtelegram.terminal import chat as play

    sys.exit(play(url, person, name, language, chat_id))


@dalil.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8081, show_default=True)
def localtelegram(host: str, port: int) -> None:
    """Serves the local Telegram alone: a Bot API and a chat page for any bot."""
    from bot.localtelegram import serve

    asyncio.run(serve(host, port))


@dalil.command()
def key() -> None:
    """Makes a key for DALIL_KEY."""
    from bot.store.sealing import new_key

    click.echo(new_key())
