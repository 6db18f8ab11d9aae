"""A guide as small as one can be with nothing to be said against it. Its facts are invented."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.engine.guide import Guide
from bot.guide.draft import read
from bot.guide.explained import read_explained
from bot.guide.kinds import WORDS
from bot.guide.load import own_voice
from bot.guide.prove.proof import PROPERTIES, Proof, prove_editions
from bot.guide.shelf import Edition

Raw = dict[str, Any]
LANGUAGES = ("ar", "en")


def _sourced() -> Raw:
    return {"sources": ["L-01"], "read": "2026-11-22", "recheck": "90d"}


def a_programme(*terms: Any) -> Raw:
    """A programme with these terms; nothing else is known of it."""
    unknown = {"ceiling": "unknown", "term": "unknown"}
    status = {"is": "open", "on": "2026", "source": "L-01"}
    return {
        "kind": "loan",
        "by": "office",
        "terms": list(terms),
        **unknown,
        "status": status,
        **_sourced(),
    }


def an_article(**given: Any) -> Raw:
    """An article for those whom its condition means."""
    return {**_sourced(), **given}


def a_step(**given: Any) -> Raw:
    """A step at the office whose fee and time nobody knows, unless said otherwise."""
    return {"at": "office", "fee": "unknown", "time": "unknown", **_sourced(), **given}


@dataclass
class Village:
    """What its editors wrote, as data. A story changes one thing and proves it."""

    questions: dict[str, Raw] = field(
        default_factory=lambda: {
            "governorate": {"kind": "governorate"},
            "sector": {"kind": "choice", "sure": True, "options": ["food", "craft", "trade"]},
            "activity": {"kind": "choice", "options": ["shop", "bakery"]},
            "workers": {"kind": "number", "min": 0, "max": 100},
            "capital": {"kind": "money", "unit": "new SYP", "min": 1},
            "papers-held": {"kind": "several", "holds": True, "options": ["register"]},
        }
    )
    flows: dict[str, Raw] = field(
        default_factory=lambda: {
            "licence": {
                "ask": [
                    "governorate",
                    "sector",
                    {"activity": {"when": {"sector": "food"}}},
                    "workers",
                    "capital",
                    "papers-held",
                ],
                "goals": ["permit", "oven-check", "craft-card"],
                "programmes": ["loan"],
                "articles": ["bread"],
                "refer": "licensing",
            }
        }
    )
    steps: dict[str, Raw] = field(
        default_factory=lambda: {
            "register": a_step(gives=["register"]),
            "permit": a_step(
                needs=["register"], fee={"of": "capital", "rate": "4/1000", "source": "L-01"}
            ),
            "oven-check": a_step(when={"activity": "bakery"}),
            "craft-card": a_step(when={"sector": "craft"}),
        }
    )
    programmes: dict[str, Raw] = field(
        default_factory=lambda: {"loan": a_programme({"small": {"when": {"workers": {"max": 5}}}})}
    )
    articles: dict[str, Raw] = field(
        default_factory=lambda: {"bread": an_article(when={"sector": "food"})}
    )
    offices: dict[str, Raw] = field(
        default_factory=lambda: {
            "damascus": {"governorate": "damascus"},
            "homs": {"governorate": "homs"},
            "head-office": {"head": True},
        }
    )
    labels: dict[str, str] = field(default_factory=dict)
    """The labels of options that are not just their ids, as ``sector.food``."""
    titles: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    """The texts of pages that say more than their ids."""
    explained: dict[str, Raw] = field(default_factory=dict)

    def files(self) -> dict[str, str]:
        """Every file of the guide by its name. JSON is YAML too."""
        data = {
            "flows/questions": self.questions,
            "flows/menu": {"start": list(self.flows)},
            "flows/subjects": {},
            "flows/topics": {"licensing": {"answer": 2, "step": 5}},
            "flows/replies": {},
            **self._pages(),
            **_DATA,
            "content/data/offices": self.offices,
        }
        for language in LANGUAGES:
            for kind in WORDS:
                data[f"content/{language}/words/{kind}"] = self._words().get(kind, {})
        found = {f"{name}.yaml": json.dumps(raw, indent=1) for name, raw in data.items()}
        for kind in ("steps", "programmes", "articles"):
            for name in getattr(self, kind):
                title, body = self.titles.get(name, name), self.bodies.get(name, name)
                text = f"---\ntitle: {title}\nsummary: {name}.\n---\n{body}.\n"
                found |= {f"content/{code}/{kind}/{name}.md": text for code in LANGUAGES}
        if self.explained:
            found["content/data/explained.yaml"] = json.dumps(self.explained, indent=1)
        return found

    def _pages(self) -> dict[str, Raw]:
        kinds = {"flow": "flows", "step": "flows/steps", "programme": "flows/programmes"}
        kinds["article"] = "flows/articles"
        return {
            f"{folder}/{name}": {key: name, **raw}
            for key, folder in kinds.items()
            for name, raw in getattr(self, f"{key}s").items()
        }

    def _words(self) -> Mapping[str, Raw]:
        documents = {d for s in self.steps.values() for d in s.get("gives", ())}
        needs = [need for s in self.steps.values() for need in s.get("needs", ())]
        documents |= {
            d for need in needs for d in ([need] if isinstance(need, str) else need["any"])
        }
        documents |= {o for q in self.questions.values() if q.get("holds") for o in q["options"]}
        terms = [term for each in self.programmes.values() for term in each["terms"]]
        reasons = {next(iter(term)) if isinstance(term, dict) else term for term in terms}
        return {
            "questions": {name: self._asked(name) for name in self.questions},
            "documents": {name: name for name in sorted(documents)},
            "reasons": {name: name for name in sorted(reasons - {"unknown"})},
            "flows": {name: {"title": name, "summary": name} for name in self.flows},
            "offices": {name: name for name in self.offices},
            "topics": dict.fromkeys((flow["refer"] for flow in self.flows.values()), "topic"),
            "menu": {"start": "Start"} if len(self.flows) > 1 else {},
            **_WORDS,
        }

    def _asked(self, name: str) -> Raw:
        question = self.questions[name]
        labelled = () if question.get("holds") else question.get("options", ())
        options = {o: self.labels.get(f"{name}.{o}", o) for o in labelled}
        asked = self.titles.get(name, name)
        return {"ask": asked, "label": name, "why": name, "options": options}

    def write(self, directory: Path) -> Path:
        """Writes the guide; its voice is the bot's own."""
        for name, text in self.files().items():
            path = directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return directory


_DATA: Mapping[str, Raw] = {
    "content/data/sources": {
        "L-01": {"date": "2025-07-01", "address": "https://example.org/1", "confidence": "high"}
    },
    "content/data/laws": {},
    "content/data/bodies": {"office": {"kind": "counter", "sources": ["L-01"]}},
    "content/data/governorates": {"damascus": {"order": 1}, "homs": {"order": 2}},
    "content/data/glossary": {},
    "content/data/calendar": {},
    "content/data/unused-facts": {},
}
_WORDS: Mapping[str, Raw] = {
    "sources": {"L-01": {"title": "Guide", "publisher": "Office"}},
    "bodies": {"office": {"name": "Office", "about": "Everything"}},
    "governorates": {
        "damascus": {"name": "Damascus", "about": "The capital"},
        "homs": {"name": "Homs", "about": "In the middle"},
    },
}
Change = Callable[[Village], None]


def changed(*changes: Change) -> Village:
    """The village after something was changed in it."""
    village = deepcopy(Village())
    for change in changes:
        change(village)
    return village


def editions(directory: Path) -> tuple[Edition, ...]:
    """The guide in the directory in each language, as it can be built."""
    draft = read(directory)
    told = [(p.file, p.line, p.code, dict(p.values)) for p in draft.problems]
    assert [each for each in told if each[2] != "file-unknown"] == []
    return tuple(Edition(draft.guide, draft.words[code], own_voice(code)) for code in LANGUAGES)


def proved(village: Village, directory: Path, *names: str) -> Proof:
    """The proof of the village, which need not be a guide that may be served."""
    village.write(directory)
    found = read_explained(directory)
    return prove_editions(editions(directory), found, names or tuple(PROPERTIES))


def guide_of(village: Village, directory: Path) -> Guide:
    """The guide without its words."""
    return editions(village.write(directory))[0].guide
