"""Proves what the guide promises to everyone, whatever they answer."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli.root import dalil, guide_folder, reading_the_guide


@dalil.command()
@click.argument("directory", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--language", type=click.Choice(["ar", "en"]), default="en", show_default=True)
@click.option("--property", "name", help="Only this one; `reached` also tells the ways there.")
def prove(directory: Path | None, language: str, name: str | None) -> None:
    """Proves the guide in DIRECTORY, each property for all answers. Exit code 1: something fails."""
    reading_the_guide()
    from bot.guide.load import load, own_voice
    from bot.guide.prove import PROPERTIES, Report
    from bot.guide.prove import prove as prove_guide
    from bot.guide.shelf import Edition

    if name is not None and name not in PROPERTIES:
        raise click.BadParameter(", ".join(PROPERTIES), param_hint="--property")
    found = guide_folder(directory)
    loaded, voice = load(found), own_voice(language)
    if loaded.guide is None or loaded.problems:
        click.echo(voice.plain_count("prove.check-first", len(loaded.problems)), err=True)
        sys.exit(1)
    proof = prove_guide(loaded, found, PROPERTIES if name is None else [name])
    report = Report(Edition(loaded.guide, loaded.words[language], voice), found)
    for line in (*(report.ways(proof) if name == "reached" else ()), *report.lines(proof)):
        click.echo(line)
    sys.exit(0 if proof.holds else 1)
