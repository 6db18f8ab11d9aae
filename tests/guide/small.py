"""A guide as small as one can be and still use every part of the language. Its facts are invented."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shutil import copytree

from tests.guide.small_words import ARABIC, ENGLISH, PAGES

CHECKOUT = Path(__file__).resolve().parents[2]

FLOW = """\
flow: licence
ask:
  - governorate
  - sector
  - workers
  - premises: {when: {sector: [craft, food]}}
  - opened: {when: {size: small}}
  - capital
  - serves-food
  - papers-held
derive:
  size:
    - {is: micro, when: {workers: {max: 5}}}
    - {is: small}
goals: [permit]
refer: licensing
articles: [soap]
"""
MONEY = """\
flow: money
ask:
  - governorate
  - sector
  - workers: {when: {sector: [craft, food]}}
programmes: [closed-fund, evening-course, seed-loan]
articles: [soap]
refer: licensing
"""
LEARN = """\
flow: learn
ask: [governorate, sector, capital]
goals: [register]
programmes: [evening-course]
results-first: true
refer: training
"""
MENU = """\
licence: [licence]
support: [money, learn]
"""
TOPICS = """\
licensing: {answer: 2, step: 5}
training: {answer: 1, step: 3}
"""
REPLIES = """\
welcome: {}
bring-lease: {topics: [licensing]}
"""
SUBJECTS = """\
dairy: {flow: licence, answers: {sector: food}}
cash: {programme: seed-loan}
"""
QUESTIONS = """\
governorate: {kind: governorate}
sector:
  kind: choice
  options: [trade, craft, {food: {was: [meals]}}]
workers: {kind: number, min: 0, max: 100}
premises: {kind: choice, options: [owned, rented]}
opened: {kind: date}
capital: {kind: money, unit: new SYP, min: 0}
serves-food: {kind: yes-no, was: [food-served]}
papers-held: {kind: several, holds: true, options: [register, lease]}
"""
PERMIT = """\
step: permit
when: {sector: [craft, food]}
at:
  - {is: town-hall, when: {governorate: homs}}
  - {is: ministry}
needs:
  - register
  - {any: [lease, deed]}
gives: [permit]
documents:
  - identity-card: {copies: 2, source: L-02}
  - lease:
      originals: 1
      when: {premises: rented}
  - unknown
fee:
  parts:
    - {charge: stamp, amount: 100, unit: old SYP, source: L-01}
    - {of: capital, rate: 4/1000, source: L-01}
time: {min: 3d, max: 15d, source: L-01}
law: [trade-law]
sources: [L-01]
read: 2026-11-22
recheck: 90d
was: [old-permit]
glossary: [stamp]
"""
REGISTER = """\
step: register
at: ministry
gives: [register]
fee:
  - is: {free: true, source: L-01}
    when: {capital: {max: 50000 new SYP}}
  - is: unknown
time: unknown
sources: [L-01, L-02]
read: 2026-11-22
recheck: 90d
"""
SEED_LOAN = """\
programme: seed-loan
kind: loan
by: bank
terms:
  - for-makers: {when: {sector: [craft, food]}, source: L-01}
  - few-workers: {when: {workers: {max: 50}}, source: L-01}
  - clean-record: {source: L-02}
  - unknown
ceiling:
  - {is: {max: 5000000, unit: old SYP, source: L-01}, when: {sector: craft}}
  - {is: unknown}
term: {min: 6m, max: 36m, source: L-01}
documents:
  - identity-card: {copies: 1, source: L-01}
  - unknown
security:
  - pledge
  - deed: {when: {sector: food}}
status: {is: open, on: 2025-07-30, source: L-01}
law: [trade-law]
sources: [L-01]
read: 2026-11-22
recheck: 90d
glossary: [guarantor, stamp]
was: [old-loan]
"""
COURSE = """\
programme: evening-course
kind: course
by: [{is: town-hall, when: {governorate: homs}}, {is: ministry}]
terms: []
ceiling: unknown
term: unknown
status: {is: unknown, on: 2025, source: L-01}
sources: [L-01]
read: 2026-11-22
recheck: 90d
"""
CLOSED_FUND = """\
programme: closed-fund
kind: fund
by: ministry
terms: [unknown]
ceiling: unknown
term: unknown
status: {is: closed, on: unknown, source: L-02}
sources: [L-02]
read: 2026-11-22
recheck: 90d
"""
SOAP = """\
article: soap
when: {sector: craft}
sources: [L-01]
read: 2026-11-22
recheck: 90d
glossary: [stamp]
"""
DATA = {
    "sources": (
        "L-01: {date: 2025-07-01, address: https://example.org/1, confidence: high}\n"
        "L-02: {date: unknown, before: 2024-12-08, address: https://example.org/2,"
        " confidence: low}\n"
        "L-03: {date: 2024, address: https://example.org/3, confidence: low}\n"
    ),
    "laws": "trade-law: {source: L-01}\n",
    "bodies": """\
town-hall: {kind: counter, sources: [L-01]}
ministry:
  kind: ministry
  laws: [trade-law]
  status: {is: working, on: 2025-07, source: L-01}
  sources: [L-02]
bank: {kind: bank, sources: [L-02]}
""",
    "governorates": "damascus: {order: 1}\nhoms: {order: 2, sources: [L-01]}\n",
    "glossary": "guarantor: {sources: [L-01], see: [bank]}\nstamp: {}\n",
    "unused-facts": "L-03: superseded by L-01\n",
    "calendar": """\
week: {working: [sunday, monday], source: L-01}
holidays:
  - new-year: {on: 01-01, source: L-01}
  - feast: {on: unknown, source: L-02}
hours: {opens: "08:00", closes: "14:00", source: L-01}
""",
    "offices": (
        "damascus: {governorate: damascus}\n"
        "homs: {governorate: homs, topics: [licensing, training]}\n"
        "head-office: {head: true}\n"
        "bank-desk: {body: bank, topics: [licensing]}\n"
    ),
}
CATALOG = """\

msgid "small.papers"
msgid_plural "small.papers"
{forms}

msgid "small.greeting"
msgstr "{greeting}"
"""
FORMS = {
    "ar": ("لا أوراق عند {name}", "ورقة عند {name}", "ورقتان عند {name}", *["{n} عند {name}"] * 3),
    "en": ("{name} has one paper", "{name} has {n} papers"),
}
GREETING = {"ar": "أهلاً {name}", "en": "Hello {name}"}


def catalog(language: str) -> str:
    """A catalog with a message that counts and one that does not, under the bot's own header."""
    header = (CHECKOUT / "locales" / language / "bot.po").read_text(encoding="utf-8")
    forms = (f'msgstr[{i}] "{form}"' for i, form in enumerate(FORMS[language]))
    body = CATALOG.replace("{forms}", "\n".join(forms)).replace("{greeting}", GREETING[language])
    return header.split("\n\n")[0] + "\n" + body


def files() -> dict[str, str]:
    """Every file of the small guide, by its name."""
    found = {
        "flows/licence.yaml": FLOW,
        "flows/questions.yaml": QUESTIONS,
        "flows/steps/permit.yaml": PERMIT,
        "flows/money.yaml": MONEY,
        "flows/learn.yaml": LEARN,
        "flows/menu.yaml": MENU,
        "flows/subjects.yaml": SUBJECTS,
        "flows/topics.yaml": TOPICS,
        "flows/replies.yaml": REPLIES,
        "flows/steps/register.yaml": REGISTER,
        "flows/programmes/seed-loan.yaml": SEED_LOAN,
        "flows/programmes/evening-course.yaml": COURSE,
        "flows/programmes/closed-fund.yaml": CLOSED_FUND,
        "flows/articles/soap.yaml": SOAP,
    }
    found |= {f"content/data/{name}.yaml": text for name, text in DATA.items()}
    for language, words in (("ar", ARABIC), ("en", ENGLISH)):
        found |= {f"content/{language}/words/{name}.yaml": text for name, text in words.items()}
        for page, body in PAGES[language].items():
            name = page.partition("/")[2]
            text = f"---\ntitle: {name}\nsummary: {name}.\n---\n{body}\n"
            found[f"content/{language}/{page}.md"] = text
        found[f"locales/{language}/small.po"] = catalog(language)
    return found


def write(directory: Path, texts: Mapping[str, str]) -> Path:
    """Writes the files beside a copy of the bot's own catalogs; the directory is then a guide."""
    copytree(CHECKOUT / "locales", directory / "locales")
    for name, text in texts.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory
