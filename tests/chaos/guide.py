"""A guide of three questions and one step, so that a whole walk takes a moment. Facts invented."""

from __future__ import annotations

from pathlib import Path

from tests.guide import small

GONE = ("/programmes/", "/articles/", "/money.yaml", "/learn.yaml", "/register.")
"""What tells the files that the short guide does without."""
EMPTY = (
    "content/data/glossary",
    "flows/subjects",
    *(
        f"content/{lang}/words/{kind}"
        for lang in ("ar", "en")
        for kind in ("charges", "glossary", "menu", "reasons", "subjects")
    ),
)
FLOW = """\
flow: licence
ask: [governorate, sector, workers]
goals: [permit]
refer: licensing
"""
QUESTIONS = """\
governorate: {kind: governorate}
sector: {kind: choice, options: [trade, craft]}
workers: {kind: number, min: 0, max: 100}
"""
PERMIT = """\
step: permit
at: [{is: town-hall, when: {governorate: homs}}, {is: ministry}]
gives: [permit]
documents: [identity-card]
fee: unknown
time:
  - {is: {max: 3d, source: L-01}, when: {sector: craft, workers: {max: 5}}}
  - {is: unknown}
law: [trade-law]
sources: [L-01, L-02]
read: 2026-11-22
recheck: 90d
"""
OFFICES = """\
damascus: {governorate: damascus, topics: [licensing]}
homs: {governorate: homs, topics: [licensing]}
head-office: {head: true}
"""
QUESTION_WORDS = {
    "ar": """\
governorate: {ask: في أي محافظة؟, label: المحافظة, why: لنعرف مكتبك.}
sector: {ask: ما عملك؟, label: المجال, why: للخطوات., options: {trade: تجارة, craft: حرفة}}
workers: {ask: كم عاملاً عندك؟, label: العمال, why: للحجم., hint: من دونك.}
""",
    "en": """\
governorate: {ask: Which governorate?, label: Governorate, why: To find your office.}
sector: {ask: What do you do?, label: Sector, why: Steps., options: {trade: Trade, craft: Craft}}
workers: {ask: How many workers?, label: Workers, why: For the size., hint: Without you.}
""",
}
DOCUMENT_WORDS = {
    "ar": "permit: رخصة\nidentity-card: هوية\n",
    "en": "permit: Permit\nidentity-card: Identity card\n",
}


def short_guide(directory: Path) -> Path:
    """Writes it into the directory, which is then a guide."""
    every = small.files().items()
    files = {name: text for name, text in every if not any(part in name for part in GONE)}
    files |= {f"{name}.yaml": "{}\n" for name in EMPTY}
    files |= {
        "flows/licence.yaml": FLOW,
        "flows/questions.yaml": QUESTIONS,
        "flows/steps/permit.yaml": PERMIT,
        "flows/menu.yaml": "licence: [licence]\n",
        "flows/topics.yaml": "licensing: {answer: 2, step: 5}\n",
        "content/data/offices.yaml": OFFICES,
    }
    for language in ("ar", "en"):
        words = f"content/{language}/words"
        files[f"{words}/questions.yaml"] = QUESTION_WORDS[language]
        files[f"{words}/documents.yaml"] = DOCUMENT_WORDS[language]
        for kind in ("topics", "flows"):
            files[f"{words}/{kind}.yaml"] = files[f"{words}/{kind}.yaml"].splitlines()[0] + "\n"
        files[f"{words}/offices.yaml"] = "\n".join(
            line
            for line in files[f"{words}/offices.yaml"].splitlines()
            if line.partition(":")[0] in OFFICES
        )
    return small.write(directory, files)
