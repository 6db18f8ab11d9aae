"""Changes of the sound village that leave it sound: nothing may be said against them."""

from __future__ import annotations

from tests.guide.prove.stories import ask, in_vain, second_flow
from tests.guide.prove.village import Village, a_programme, a_step


def _shown(village: Village) -> None:
    in_vain(village)
    village.bodies["permit"] = "Paint it {{ colour }}"


def _needs_of_two_kinds(village: Village) -> None:
    """One of two papers is needed; a step gives the one, and nothing gives the other."""
    village.steps["permit"]["needs"] = [{"any": ["register", "deed"]}]


def _results_only(village: Village) -> None:
    """A flow without steps, whose programme has no published terms: nobody is refused."""
    ask = ["governorate", {"workers": {}}]
    village.programmes["gift"] = a_programme("unknown")
    programmes = ["gift", "loan"]
    village.flows["finance"] = {"ask": ask, "programmes": programmes, "refer": "licensing"}


def _held_by_the_citizen(village: Village) -> None:
    """What the citizen holds is told apart by the steps that need it, not by any condition."""
    village.questions["papers-held"]["options"].append("deed")
    village.steps["craft-card"]["needs"] = ["deed"]
    village.steps["deed-office"] = a_step(gives=["deed"])


def _both_together(village: Village) -> None:
    """Neither option does anything alone."""
    village.questions["has"] = {"kind": "several", "options": ["oven", "car"]}
    village.articles["bread"]["when"] = {"all": [{"has": "oven"}, {"has": "car"}]}
    ask(village, "has")
    village.flows["licence"]["ask"].remove({"activity": {"when": {"sector": "food"}}})
    del village.questions["activity"]
    village.steps["oven-check"]["when"] = {"sector": "food"}


def _held_by_all(village: Village) -> None:
    """Whoever comes to the step holds what it needs already."""
    village.questions["papers-held"]["options"].append("deed")
    village.steps["deed-check"] = a_step(when={"papers-held": "deed"}, needs=["deed"])
    village.flows["licence"]["goals"].append("deed-check")


def _given_elsewhere(village: Village) -> None:
    """A step joins in one flow; the other, where it never does, does not list it."""
    sized = [{"is": "micro", "when": {"workers": {"max": 5}}}, {"is": "small"}]
    village.flows["licence"]["derive"] = {"size": sized}
    second_flow(village, derive={"size": [{"is": "small"}]}, programmes=["gift"])
    village.programmes["gift"] = a_programme()
    village.steps["micro-deed"] = a_step(gives=["deed"], when={"size": "micro"})
    village.steps["craft-card"]["needs"] = [{"any": ["deed", "register"]}]


def _two_givers(village: Village) -> None:
    """Who works with food gets the paper from a step of their own, all others from the other."""
    village.steps["food-register"] = a_step(gives=["register"], when={"sector": "food"})


SOUND = [
    _both_together,
    _held_by_all,
    _given_elsewhere,
    _two_givers,
    _shown,
    _needs_of_two_kinds,
    _results_only,
    _held_by_the_citizen,
]
