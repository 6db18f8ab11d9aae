"""A guide of three questions and one step, so that a whole walk takes a moment. Facts invented."""

from __future__ import annotations

from pathlib import Path

from tests.guide import small

GONE = ("flows/steps/register.yaml", "content/ar/steps/register.md", "content/en/steps/register.md")
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
time: unknown
law: [trade-law]
sources: [L-01, L-02]
read: 2026-11-22
recheck: 90d
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
    files = {name: text for name, text in small.files().items() if name not in GONE}
    files |= {
        "flows/licence.yaml": FLOW,
        "flows/questions.yaml": QUESTIONS,
        "flows/steps/permit.yaml": PERMIT,
    }
    for language in ("ar", "en"):
        words = f"content/{language}/words"
        files[f"{words}/questions.yaml"] = QUESTION_WORDS[language]
        files[f"{words}/documents.yaml"] = DOCUMENT_WORDS[language]
        files[f"{words}/charges.yaml"] = "{}\n"
    return small.write(directory, files)
