"""A guide as small as one can be and still use every part of the language. Its facts are invented."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shutil import copytree

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
DATA = {
    "sources": (
        "L-01: {date: 2025-07-01, address: https://example.org/1, confidence: high}\n"
        "L-02: {date: unknown, before: 2024-12-08, address: https://example.org/2,"
        " confidence: low}\n"
    ),
    "laws": "trade-law: {source: L-01}\n",
    "bodies": "town-hall: {sources: [L-01]}\nministry: {sources: [L-02]}\n",
    "governorates": "damascus: {order: 1}\nhoms: {order: 2}\n",
    "offices": (
        "damascus: {governorate: damascus, topics: [licensing]}\n"
        "homs: {governorate: homs, topics: [licensing]}\n"
        "head-office: {head: true}\n"
    ),
}
ARABIC = {
    "questions": """\
governorate: {ask: في أي محافظة؟, label: المحافظة, why: لنعرف مكتبك.}
sector:
  ask: ما مجال عملك؟
  label: المجال
  why: لكل مجال خطواته.
  options:
    trade: تجارة
    craft: حرفة
    food: غذاء
workers: {ask: كم عاملاً عندك؟, label: العمال, why: للحجم., hint: من دونك.}
premises: {ask: أين؟, label: المكان, why: للعقد., options: {owned: ملك, rented: إيجار}}
opened: {ask: متى بدأت؟, label: البداية, why: للمهلة.}
capital: {ask: كم رأس المال؟, label: رأس المال, why: للرسم.}
serves-food: {ask: هل تقدم طعاماً؟, label: الطعام, why: للصحة.}
papers-held: {ask: ماذا عندك؟, label: الأوراق, why: كي لا نكرر.}
""",
    "documents": (
        "register: سجل\nlease: عقد إيجار\ndeed: سند ملكية\npermit: رخصة\nidentity-card: هوية\n"
    ),
    "bodies": "town-hall: {name: البلدية, about: الرخص}\nministry: {name: الوزارة, about: السجل}\n",
    "laws": "trade-law: قانون التجارة\n",
    "sources": "L-01: {title: دليل, publisher: البلدية}\nL-02: {title: صفحة, publisher: الوزارة}\n",
    "governorates": "damascus: دمشق\nhoms: حمص\n",
    "offices": "damascus: مكتب دمشق\nhoms: مكتب حمص\nhead-office: المكتب الرئيسي\n",
    "topics": "licensing: الترخيص\n",
    "charges": "stamp: طابع\n",
    "flows": "licence: {title: الترخيص, summary: من الفكرة إلى الرخصة.}\n",
}
ENGLISH = {
    "questions": """\
governorate: {ask: Which governorate?, label: Governorate, why: To find your office.}
sector:
  ask: What do you do?
  label: Sector
  why: Each has its own steps.
  options:
    trade: Trade
    craft: Craft
    food: Food
workers: {ask: How many workers?, label: Workers, why: For the size., hint: Without you.}
premises: {ask: Where?, label: Premises, why: For the lease., options: {owned: Own, rented: Rent}}
opened: {ask: Since when?, label: Since, why: For the term.}
capital: {ask: How much capital?, label: Capital, why: For the fee.}
serves-food: {ask: Do you serve food?, label: Food, why: For health.}
papers-held: {ask: What do you hold?, label: Papers, why: Not to ask twice.}
""",
    "documents": (
        "register: Register\nlease: Lease\ndeed: Deed\npermit: Permit\nidentity-card: Identity card\n"
    ),
    "bodies": (
        "town-hall: {name: Town hall, about: Permits}\nministry: {name: Ministry, about: Registers}\n"
    ),
    "laws": "trade-law: Trade law\n",
    "sources": (
        "L-01: {title: Guide, publisher: Town hall}\nL-02: {title: Page, publisher: Ministry}\n"
    ),
    "governorates": "damascus: Damascus\nhoms: Homs\n",
    "offices": "damascus: Damascus office\nhoms: Homs office\nhead-office: Head office\n",
    "topics": "licensing: Licensing\n",
    "charges": "stamp: Stamp\n",
    "flows": "licence: {title: Licence, summary: From an idea to a licence.}\n",
}
STEPS = {
    "ar": {
        "permit": "في {{ governorate }}:\n\n- قدّم **الطلب**\n- انتظر",
        "register": "سجّل في [الموقع](https://example.org).",
    },
    "en": {
        "permit": "In {{ governorate }}:\n\n- hand in the **form**\n- wait",
        "register": "Register on [the site](https://example.org).",
    },
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
        "flows/steps/register.yaml": REGISTER,
    }
    found |= {f"content/data/{name}.yaml": text for name, text in DATA.items()}
    for language, words in (("ar", ARABIC), ("en", ENGLISH)):
        found |= {f"content/{language}/words/{name}.yaml": text for name, text in words.items()}
        for step, body in STEPS[language].items():
            text = f"---\ntitle: {step}\nsummary: {step}.\n---\n{body}\n"
            found[f"content/{language}/steps/{step}.md"] = text
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
