"""Guides of which one thing does not hold: what was changed, and all that must be told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.guide.prove.village import Village, a_programme, a_step, an_article

Told = tuple[str, str]
"""The code of a finding, and of what it is said."""


@dataclass(frozen=True)
class Broken:
    """A change of the sound village, everything that is told of it, and one witness."""

    name: str
    change: Callable[[Village], None]
    told: tuple[Told, ...]
    witness: tuple[tuple[str, object], ...] | None = None
    fails: bool = True


def ask(village: Village, name: str, **asked: object) -> None:
    village.flows["licence"]["ask"].append({name: asked} if asked else name)


def _dead_question(village: Village) -> None:
    village.questions["cooks"] = {"kind": "yes-no"}
    ask(village, "cooks", when={"sector": "food", "not": {"sector": "food"}})


def _dead_page(village: Village) -> None:
    village.articles["never"] = an_article(when={"all": [{"sector": "food"}, {"sector": "craft"}]})
    village.flows["licence"]["articles"].append("never")


def _dead_giver(village: Village) -> None:
    """The step would give what is needed, but another always does."""
    village.steps["spare-register"] = a_step(gives=["register"])


def _late_giver(village: Village) -> None:
    """The step joins for who holds the permit, and who holds it needs nothing for it any more."""
    village.questions["papers-held"]["options"].append("permit")
    village.steps["permit"] |= {"gives": ["permit"], "needs": ["register", "deed"]}
    village.steps["deed-office"] = a_step(gives=["deed"], when={"papers-held": "permit"})


def second_flow(village: Village, **flow: object) -> None:
    ask = ["governorate", "sector", "workers"]
    village.flows["second"] = {"ask": ask, "goals": ["craft-card"], "refer": "licensing", **flow}
    village.articles["small"] = an_article(when={"workers": {"max": 5}})
    village.articles["all-else"] = an_article(when={"not": {"sector": "craft"}})
    village.flows["second"]["articles"] = ["small", "all-else"]
    village.flows["licence"]["articles"] += ["small", "all-else"]


def _dead_in_flow(village: Village) -> None:
    sized = [{"is": "micro", "when": {"workers": {"max": 5}}}, {"is": "small"}]
    village.flows["licence"]["derive"] = {"size": sized}
    village.articles["micro"] = an_article(when={"size": "micro"})
    village.flows["licence"]["articles"].append("micro")
    second_flow(village, derive={"size": [{"is": "small"}]}, programmes=["gift"])
    village.programmes["gift"] = a_programme()
    village.flows["second"]["articles"].append("micro")


def _never_granted(village: Village) -> None:
    big = {"big": {"when": {"workers": {"min": 10}}}}
    village.programmes["loan"]["terms"].append(big)


def _never_refused(village: Village) -> None:
    village.programmes["gift"] = a_programme({"small": {"when": {"workers": {"max": 100}}}})
    village.flows["licence"]["programmes"].append("gift")


def _to_bring(village: Village) -> None:
    village.steps["craft-card"]["needs"] = ["deed"]


def _ends(village: Village) -> None:
    village.flows["licence"]["goals"] = ["oven-check", "craft-card"]
    village.steps["craft-card"]["needs"] = ["register"]
    village.steps["craft-card"]["fee"] = village.steps.pop("permit")["fee"]


def _ends_empty(village: Village) -> None:
    _ends(village)
    village.flows["licence"]["programmes"] = []
    del village.programmes["loan"]
    village.articles["small"] = an_article(when={"workers": {"max": 5}})
    village.flows["licence"]["articles"].append("small")


def _no_office(village: Village) -> None:
    village.offices["homs"]["topics"] = ["exporting"]
    village.offices["head-office"]["topics"] = ["exporting"]


def _no_governorate(village: Village) -> None:
    village.flows["licence"]["ask"].remove("governorate")


def _too_long(village: Village) -> None:
    village.titles["workers"] = "how many? " * 400


def _same_label(village: Village) -> None:
    village.labels |= {"sector.food": "Trade!"}


def _says_unknown(village: Village) -> None:
    village.labels |= {"activity.shop": "Not sure"}


def in_vain(village: Village) -> None:
    village.questions["colour"] = {"kind": "choice", "options": ["red", "green"]}
    ask(village, "colour")


def _unread_number(village: Village) -> None:
    village.programmes["loan"] = a_programme("unknown")


def _masked(village: Village) -> None:
    """Something reads the question, but whatever is answered comes to the same."""
    in_vain(village)
    either = {"any": [{"sector": "food", "colour": "red"}, {"sector": "food"}]}
    village.articles["bread"]["when"] = either


def _behind_another_case(village: Village) -> None:
    """The question decides a case of a fact, and another case before it always holds."""
    in_vain(village)
    everybody = {"is": "office", "when": {"sector": ["food", "craft", "trade"]}}
    village.steps["permit"]["at"] = [everybody, {"is": "office", "when": {"colour": "red"}}]
    village.steps["permit"]["at"].append({"is": "office"})


def _alike(village: Village) -> None:
    village.questions["sector"]["options"].append("other")


def _idle_paper(village: Village) -> None:
    village.questions["papers-held"]["options"].append("stamp")


def _idle_choice(village: Village) -> None:
    village.questions["has"] = {"kind": "several", "options": ["oven", "car", "van"]}
    village.articles["bread"]["when"] = {"has": "oven"}
    village.articles["drive"] = an_article(when={"has": ["car", "van"]})
    village.flows["licence"]["articles"].append("drive")
    ask(village, "has")
    village.questions["has"]["options"].append("bike")


def _never_asked(village: Village) -> None:
    second_flow(village)
    village.flows["second"]["goals"] = ["craft-card", "oven-check", "permit"]
    decided = {"any": [{"papers-held": "register"}, {"sector": ["food", "craft", "trade"]}]}
    village.steps["oven-check"]["at"] = [{"is": "office", "when": decided}, {"is": "office"}]


def _too_wide(village: Village) -> None:
    options = [f"tool-{number}" for number in range(14)]
    village.questions["tools"] = {"kind": "several", "options": options}
    ask(village, "tools")
    village.articles["bread"]["when"] = {"all": [{"tools": each} for each in options]}


BROKEN = [
    Broken(
        "a question that nobody is asked",
        _dead_question,
        (("dead-question", "flows/licence/cooks"), ("asked-in-vain", "flows/licence/cooks")),
    ),
    Broken("an article that nobody sees", _dead_page, (("dead-page", "articles/never"),)),
    Broken("a step that never joins", _dead_giver, (("dead-page", "steps/spare-register"),)),
    Broken(
        "a step that comes too late",
        _late_giver,
        (("dead-page", "steps/deed-office"), ("to-bring", "documents/deed")),
    ),
    Broken(
        "an article that one of two flows never shows",
        _dead_in_flow,
        (("dead-in-flow", "flows/second/micro"),),
        fails=False,
    ),
    Broken(
        "terms that nobody meets",
        _never_granted,
        (("dead-page", "programmes/loan"), ("programme-never-granted", "programmes/loan")),
    ),
    Broken(
        "terms that everybody meets",
        _never_refused,
        (("programme-never-refused", "programmes/gift"),),
    ),
    Broken(
        "a paper that no step gives",
        _to_bring,
        (("to-bring", "documents/deed"),),
        (("sector", "craft"),),
        fails=False,
    ),
    Broken(
        "a walk that ends in refusals",
        _ends,
        (("ends-refused", "flows/licence"),),
        (("sector", "trade"), ("workers", 6)),
        fails=False,
    ),
    Broken(
        "a walk that ends in nothing",
        _ends_empty,
        (("ends-empty", "flows/licence"),),
        (("sector", "trade"),),
    ),
    Broken(
        "a topic without an office",
        _no_office,
        (("no-office", "flows/licence/homs"),),
        (("governorate", "homs"),),
    ),
    Broken(
        "a flow that does not ask where",
        _no_governorate,
        (("no-office", "flows/licence/damascus"), ("no-office", "flows/licence/homs")),
        (),
    ),
    Broken(
        "a question as long as a letter",
        _too_long,
        (("screen-too-long", "screens/ar/workers"), ("screen-too-long", "screens/en/workers")),
    ),
    Broken(
        "two labels that read alike",
        _same_label,
        (
            ("reads-otherwise", "questions/sector/food"),
            ("reads-otherwise", "questions/sector/trade"),
        ),
    ),
    Broken(
        "a label that says nothing", _says_unknown, (("reads-unknown", "questions/activity/shop"),)
    ),
    Broken("a question about nothing", in_vain, (("asked-in-vain", "flows/licence/colour"),)),
    Broken(
        "a question that is read for nothing", _masked, (("asked-in-vain", "flows/licence/colour"),)
    ),
    Broken(
        "a case that never comes",
        _behind_another_case,
        (("asked-in-vain", "flows/licence/colour"),),
    ),
    Broken(
        "a number that nothing reads", _unread_number, (("asked-in-vain", "flows/licence/workers"),)
    ),
    Broken(
        "two options that are one",
        _alike,
        (("options-alike", "questions/sector/trade-other"),),
        fails=False,
    ),
    Broken(
        "a paper that nobody wants",
        _idle_paper,
        (("option-idle", "questions/papers-held/stamp"),),
        fails=False,
    ),
    Broken(
        "things that are one, and one that is nothing",
        _idle_choice,
        (
            ("option-idle", "questions/has/bike"),
            ("options-alike", "questions/has/car-van"),
        ),
        fails=False,
    ),
    Broken(
        "pages that read what their flow does not ask",
        _never_asked,
        (
            ("never-asked", "steps/oven-check/activity"),
            ("never-asked", "steps/permit/capital"),
        ),
        (),
        fails=False,
    ),
    Broken(
        "a condition on too much",
        _too_wide,
        (
            ("too-wide", "articles/bread"),
            ("too-wide", "flows/licence/tools"),
            ("too-wide", "questions/tools"),
        ),
    ),
]
