"""``dalil prove`` as an editor types it: what it says, and its exit code."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from bot.cli import dalil
from bot.guide.load import load
from bot.guide.prove import prove
from tests.guide.prove.village import Village, changed


def _typed(directory: Path, *options: str) -> Result:
    return CliRunner().invoke(dalil, ["prove", str(directory), *options])


def _to_bring(village: Village) -> None:
    village.steps["craft-card"]["needs"] = ["deed"]


def test_a_sound_guide_holds(tmp_path: Path) -> None:
    said = _typed(Village().write(tmp_path))
    assert said.exit_code == 0, said.output
    *_, whole, widest = said.stdout.splitlines()
    assert whole.startswith("in all: 8 properties, ")
    assert whole.endswith(": holds")
    assert widest.startswith("the widest is ")


def test_a_warning_comes_with_its_place_and_a_witness(tmp_path: Path) -> None:
    changed(_to_bring).write(tmp_path)
    said = _typed(tmp_path, "--property", "needs")
    assert said.exit_code == 0
    _, numbers, warning, witness, whole, _ = said.stdout.splitlines()
    assert numbers.startswith("  2 things looked at, ")
    assert numbers.endswith(" s: 1 warning")
    assert warning == (
        "  flows/steps/craft-card.yaml:15:3  warning to-bring (documents/deed):"
        ' the step "craft-card" needs "deed", and no step gives it in these flows: licence.'
        " Add the step that does, or explain where people get it."
    )
    assert witness == "      for example: sector: craft"
    assert whole.endswith(": 1 warning")


def test_the_witness_speaks_the_language_of_the_editor(tmp_path: Path) -> None:
    village = changed(_to_bring)
    said = _typed(village.write(tmp_path), "--property", "needs", "--language", "ar")
    assert "مثال: sector: craft" in said.output
    assert "تنبيه واحد" in said.output


def test_a_failure_ends_with_one(tmp_path: Path) -> None:
    def nothing_for_traders(village: Village) -> None:
        village.flows["licence"]["goals"] = ["oven-check", "craft-card"]
        village.flows["licence"]["programmes"] = []
        del village.programmes["loan"], village.steps["permit"]
        village.steps["craft-card"]["needs"] = ["register"]

    changed(nothing_for_traders).write(tmp_path)
    said = _typed(tmp_path, "--property", "ends")
    assert said.exit_code == 1, said.output
    assert "flows/licence.yaml" in said.output
    assert "for example: sector: trade" in said.output


def test_the_shortest_ways_are_told_on_request(tmp_path: Path) -> None:
    said = _typed(Village().write(tmp_path), "--property", "reached")
    assert "steps/oven-check (flow licence): sector: food · activity: bakery" in said.output
    assert "steps/register (flow licence): whatever is answered" in said.output
    assert "programmes/loan (flow licence): workers: 0" in said.output


def test_a_broken_guide_is_to_be_checked_first(tmp_path: Path) -> None:
    def misspelt(village: Village) -> None:
        village.flows["licence"]["goals"].append("permits")

    said = _typed(changed(misspelt).write(tmp_path))
    assert said.exit_code == 1
    assert "\nThe guide has " in said.output


def test_an_unknown_property_is_answered_with_those_that_there_are(tmp_path: Path) -> None:
    said = _typed(Village().write(tmp_path), "--property", "beauty")
    assert said.exit_code == 2
    assert "reached, programmes, needs" in said.output


def test_whoever_serves_the_guide_can_prove_it(tmp_path: Path) -> None:
    directory = Village().write(tmp_path)
    assert prove(load(directory), directory).holds
