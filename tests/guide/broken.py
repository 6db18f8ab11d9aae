"""Guides with one fault each: what was changed in the small guide, and what must be told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FLOW = "flows/licence.yaml"
LEARN = "flows/learn.yaml"
QUESTIONS = "flows/questions.yaml"
PERMIT = "flows/steps/permit.yaml"
REGISTER = "flows/steps/register.yaml"
SOURCES = "content/data/sources.yaml"
OFFICES = "content/data/offices.yaml"
LAWS = "content/data/laws.yaml"
GOVERNORATES = "content/data/governorates.yaml"
BODY = "content/ar/steps/register.md"
ENGLISH_BODY = "content/en/steps/register.md"
ASKED = "content/ar/words/questions.yaml"
DOCUMENTS = "content/en/words/documents.yaml"
TIME = "time: {min: 3d, max: 15d, source: L-01}"


@dataclass(frozen=True)
class Broken:
    """One edit, and the one problem that it makes."""

    code: str
    file: str
    old: str
    new: str
    line: int
    told_in: str = ""
    """The file that the problem points to, if it is another one."""
    guess: str = ""

    def applied(self, files: Mapping[str, str]) -> dict[str, str]:
        """The files with the edit made."""
        text = files[self.file]
        assert self.old in text, f"{self.old!r} is not in {self.file}"
        return {**files, self.file: text.replace(self.old, self.new, 1)}


TEXT = [
    Broken("yaml-syntax", REGISTER, "sources: [L-01, L-02]", "sources: [L-01, L-02", 10),
    Broken("yaml-character", REGISTER, "time: unknown", "time: unk\x07nown", 8),
    Broken("yaml-documents", REGISTER, "time: unknown", "time: unknown\n---\nmore: text", 9),
    Broken("yaml-anchor", REGISTER, "time: unknown", "time: &later unknown", 8),
    Broken("yaml-anchor", REGISTER, "sources: [L-01, L-02]", "sources: [L-01, *other]", 9),
    Broken("yaml-tag", REGISTER, "time: unknown", "time: !!str unknown", 8),
    Broken("yaml-key", REGISTER, "time: unknown", "time: unknown\n[a]: b", 9),
    Broken("yaml-duplicate", REGISTER, "time: unknown", "time: unknown\ntime: unknown", 9),
    Broken("yaml-duplicate", QUESTIONS, "workers:", "sector: {kind: text}\nworkers:", 5),
    Broken("yaml-empty", REGISTER, "time: unknown", "time:", 8),
    Broken("yaml-empty", REGISTER, "time: unknown", "time: null", 8),
    Broken("yaml-number", QUESTIONS, "max: 100", "max: 10_000", 5),
    Broken("yaml-decimal", QUESTIONS, "max: 100", "max: 1.5", 5),
    Broken("front-matter", BODY, "---\ntitle", "title", 1),
]
SHAPE = [
    Broken("unknown-key", REGISTER, "time: unknown", "tiem: 3\ntime: unknown", 8, guess="time"),
    Broken("unknown-key", PERMIT, "{copies: 2,", "{copis: 2,", 11, guess="copies"),
    Broken("unknown-key", FLOW, "{workers: {max: 5}}", "{workers: {maxx: 5}}", 13, guess="max"),
    Broken(
        "unknown-key", PERMIT, "    - {of: capital,", "    - {off: 1, of: capital,", 19, guess="of"
    ),
    Broken("unknown-key", FLOW, "micro, when:", "micro, wehn:", 13, guess="when"),
    Broken("unknown-key", QUESTIONS, "{was: [meals]}", "{wsa: [meals]}", 4, guess="was"),
    Broken("missing-key", REGISTER, "recheck: 90d\n", "", 1),
    Broken("missing-key", REGISTER, "read: 2026-11-22\n", "", 1),
    Broken("missing-key", REGISTER, "sources: [L-01, L-02]\n", "", 1),
    Broken("list-empty", REGISTER, "sources: [L-01, L-02]", "sources: []", 9),
    Broken("expected-number", PERMIT, "originals: 1", "originals: one", 13),
    Broken("expected-number", PERMIT, "copies: 2,", 'copies: "2",', 11),
    Broken("expected-number", PERMIT, "copies: 2,", "copies: true,", 11),
    Broken("expected-number", PERMIT, "originals: 1", "originals: true", 13),
    Broken("expected-number", PERMIT, "amount: 100,", 'amount: "100",', 18),
    Broken("expected-number", QUESTIONS, "min: 0, max: 100", 'min: 0, max: "100"', 5),
    Broken("expected-number", GOVERNORATES, "order: 2", "order: true", 2),
    Broken("expected-true-false", OFFICES, "head: true", "head: perhaps", 3),
    Broken("expected-true-false", OFFICES, "head: true", "head: yes", 3),
    Broken("expected-true-false", QUESTIONS, "holds: true", "holds: yes", 10),
    Broken("expected-true-false", QUESTIONS, "kind: yes-no,", "kind: yes-no, sure: 1,", 9),
    Broken("expected-true-false", REGISTER, "{free: true,", "{free: yes,", 5),
    Broken("expected-true-false", PERMIT, "amount: 100,", "amount: 100, refundable: on,", 18),
    Broken("expected-list", FLOW, "goals: [permit]", "goals: permit", 15),
    Broken("expected-mapping", LAWS, "{source: L-01}", "L-01", 1),
    Broken("expected-text", DOCUMENTS, "deed: Deed", "deed: 12", 3),
    Broken("unknown-value", QUESTIONS, "kind: number", "kind: nummer", 5, guess="number"),
    Broken("bad-id", QUESTIONS, "[owned, rented]", "[owned, Rented]", 6),
    Broken("id-too-long", QUESTIONS, "[owned, rented]", f"[owned, {'rented' * 5}]", 6),
    Broken("bad-source-id", REGISTER, "sources: [L-01, L-02]", "sources: [L-01, page-2]", 9),
    Broken("bad-rate", PERMIT, "rate: 4/1000", "rate: 4 percent", 19),
    Broken("bad-date", SOURCES, "date: 2025-07-01", "date: summer", 1),
    Broken("bad-address", SOURCES, "https://example.org/1", "example.org/1", 1),
    Broken(
        "source-page-or-office", SOURCES, "confidence: high", "confidence: high, office: homs", 1
    ),
    Broken("source-page-or-office", SOURCES, "address: https://example.org/3, ", "", 3),
    Broken(
        "unknown-offices",
        SOURCES,
        "address: https://example.org/3",
        "office: hams",
        3,
        guess="homs",
    ),
    Broken("only-unknown", OFFICES, "{head: true}", "{head: true, phone: none}", 3),
    Broken("empty-words", DOCUMENTS, "deed: Deed", 'deed: " "', 3),
    Broken("not-days", REGISTER, "recheck: 90d", "recheck: 3 months", 11),
    Broken("not-a-date", REGISTER, "read: 2026-11-22", "read: 2026-13-22", 10),
    Broken("not-a-date", REGISTER, "read: 2026-11-22", "read: 20261122", 10),
    Broken("options-and-kind", QUESTIONS, "kind: yes-no", "kind: yes-no, options: [a, b]", 9),
    Broken("unit-and-kind", QUESTIONS, "kind: money, unit: new SYP", "kind: money", 8),
    Broken("holds-and-kind", QUESTIONS, "kind: yes-no", "kind: yes-no, holds: true", 9),
    Broken("fee-says-one-thing", PERMIT, "amount: 100,", "free: true, amount: 100,", 18),
    Broken("fact-without-source", PERMIT, "unit: old SYP, source: L-01", "unit: old SYP", 18),
    Broken("time-says-one-thing", PERMIT, TIME, "time: {source: L-01}", 20),
    Broken("condition-not-a-mapping", PERMIT, "when: {sector: [craft, food]}", "when: craft", 2),
    Broken("condition-not-a-list", PERMIT, "{premises: rented}", "{any: {premises: rented}}", 14),
    Broken("condition-empty-list", PERMIT, "{sector: [craft, food]}", "{sector: []}", 2),
    Broken("limit-not-understood", FLOW, "{max: 5}", "{max: five}", 13),
    Broken("limit-not-understood", REGISTER, "max: 50000 new SYP", "max: 50000 EUR", 6),
    Broken("file-name", REGISTER, "step: register", "step: registry", 1),
]
NAMES = [
    Broken(
        "unknown-questions", FLOW, "  - workers\n", "  - wokers\n  - workers\n", 5, guess="workers"
    ),
    Broken(
        "unknown-questions", PERMIT, "premises: rented", "premise: rented", 14, guess="premises"
    ),
    Broken("unknown-questions", PERMIT, "of: capital", "of: capitol", 19, guess="capital"),
    Broken(
        "unknown-steps", FLOW, "goals: [permit]", "goals: [permit, permits]", 15, guess="permit"
    ),
    Broken("unknown-bodies", REGISTER, "at: ministry", "at: ministery", 2, guess="ministry"),
    Broken(
        "unknown-laws",
        PERMIT,
        "law: [trade-law]",
        "law: [trade-law, tradelaw]",
        21,
        guess="trade-law",
    ),
    Broken(
        "unknown-sources",
        REGISTER,
        "sources: [L-01, L-02]",
        "sources: [L-01, L-02, L-22]",
        9,
        guess="L-02",
    ),
    Broken("unknown-sources", PERMIT, "copies: 2, source: L-02", "copies: 2, source: L-99", 11),
    Broken(
        "unknown-governorates",
        OFFICES,
        "{head: true}",
        "{head: true, governorate: hims}",
        3,
        guess="homs",
    ),
    Broken(
        "unknown-documents",
        PERMIT,
        "  - register\n",
        "  - registr\n  - register\n",
        7,
        guess="register",
    ),
    Broken(
        "unknown-documents",
        PERMIT,
        "any: [lease, deed]",
        "any: [lease, deed, dead]",
        8,
        guess="deed",
    ),
    Broken("unknown-topics", FLOW, "refer: licensing", "refer: licencing", 16, guess="licensing"),
    Broken("unknown-topics", OFFICES, "{head: true}", "{head: true, topics: [finance]}", 3),
    Broken(
        "unknown-charges",
        PERMIT,
        "{charge: stamp,",
        "{charge: stamp, source: L-01, amount: 1, unit: USD}\n    - {charge: stmp,",
        19,
        guess="stamp",
    ),
    Broken("twice", FLOW, "  - workers\n", "  - workers\n  - sector\n", 6),
    Broken("twice", QUESTIONS, "[owned, rented]", "[owned, rented, owned]", 6),
    Broken("derive-is-question", FLOW, "derive:\n", "derive:\n  opened: [{is: long}]\n", 12),
    Broken("was-in-use", QUESTIONS, "was: [food-served]", "was: [capital]", 9),
    Broken("was-in-use", QUESTIONS, "was: [meals]", "was: [trade]", 4),
    Broken("was-twice", QUESTIONS, "kind: money,", "kind: money, was: [food-served],", 9),
    Broken("circle", REGISTER, "at: ministry", "at: ministry\nneeds: [permit]", 6, PERMIT),
]
CONDITIONS = [
    Broken("asked-later", FLOW, "  - sector\n", "  - sector: {when: {serves-food: yes}}\n", 4),
    Broken("asked-later", FLOW, "  - workers\n", "  - workers: {when: {size: small}}\n", 5),
    Broken(
        "asked-nowhere", FLOW, "  - premises: {when: {sector: [craft, food]}}\n", "", 14, PERMIT
    ),
    Broken("value-unknown", PERMIT, "[craft, food]", "[craft, foot]", 2, guess="food"),
    Broken("value-unknown", FLOW, "{size: small}", "{size: smal}", 7, guess="small"),
    Broken("value-unknown", PERMIT, "{governorate: homs}", "{governorate: hims}", 4, guess="homs"),
    Broken("value-unknown", PERMIT, "{premises: rented}", "{papers-held: [deed]}", 14),
    Broken("value-unknown", PERMIT, "{premises: rented}", "{serves-food: true}", 14),
    Broken("range-on-kind", PERMIT, "{premises: rented}", "{premises: {min: 1}}", 14),
    Broken("value-not-of-kind", FLOW, "{max: 5}", "{max: 5 USD}", 13),
    Broken("value-not-of-kind", FLOW, "{workers: {max: 5}}", "{workers: five}", 13),
    Broken("value-not-of-kind", PERMIT, "{premises: rented}", "{opened: soon}", 14),
    Broken("limit-not-understood", PERMIT, "{premises: rented}", "{opened: {min: 2026-13-01}}", 14),
    Broken("value-not-of-kind", PERMIT, "{premises: rented}", "{opened: [2026-02-30]}", 14),
    Broken("money-without-unit", REGISTER, "max: 50000 new SYP", "max: 50000", 6),
    Broken("money-never-compares", REGISTER, "max: 50000 new SYP", "max: 50000 USD", 6),
    Broken("money-needs-range", REGISTER, "{max: 50000 new SYP}", "50000 new SYP", 6),
    Broken("share-of-what", PERMIT, "of: capital", "of: workers", 19),
    Broken("never-holds", FLOW, "{size: small}", "{size: small, workers: {max: 5}}", 7),
    Broken("never-holds", PERMIT, "{premises: rented}", "{premises: rented, sector: trade}", 14),
    Broken("never-holds", FLOW, "{workers: {max: 5}}", "{workers: {min: 101}}", 13),
    Broken(
        "cases-open",
        FLOW,
        "    - {is: small}\n",
        "    - {is: small, when: {workers: {min: 6}}}\n",
        14,
    ),
    Broken("cases-open", PERMIT, "  - {is: ministry}\n", "", 4),
    Broken("case-hides", PERMIT, ", when: {governorate: homs}", "", 4),
    Broken("case-hides", REGISTER, "    when: {capital: {max: 50000 new SYP}}\n", "", 5),
]
OFFICE = [
    Broken(
        "head-missing", OFFICES, "head-office: {head: true}", "head-office: {governorate: homs}", 1
    ),
    Broken("head-twice", OFFICES, "homs: {", "homs: {head: true, ", 3),
    Broken(
        "topic-without-office",
        OFFICES,
        "homs, topics: [licensing, training]",
        "homs, topics: [licensing]",
        6,
        LEARN,
    ),
]
WORDS = [
    Broken("words-missing", DOCUMENTS, "deed: Deed\n", "", 8, PERMIT),
    Broken("words-unused", DOCUMENTS, "deed: Deed\n", "deed: Deed\nmap: Map\n", 4),
    Broken("option-words-missing", ASKED, "    craft: حرفة\n", "", 4, QUESTIONS),
    Broken(
        "words-unused",
        ASKED,
        "    craft: حرفة\n",
        "    craft: حرفة\n    crafts: حرف\n",
        9,
        guess="craft",
    ),
    Broken("template-unknown", BODY, "سجّل", "سجّل {{ sectr }}", 5, guess="sector"),
    Broken("template-not-a-name", BODY, "سجّل", "سجّل {{ sector | upper }}", 5),
    Broken("template-not-a-name", BODY, "سجّل", "سجّل {% if x %}", 5),
    Broken("markdown-outside", BODY, "سجّل", "نص\n\n# سجّل", 7),
    Broken("markdown-outside", BODY, "سجّل", "سجّل <b>الآن</b>", 5),
    Broken("markdown-outside", BODY, "سجّل", "1. سجّل", 5),
    Broken("markdown-outside", BODY, "سجّل", "| أ | ب |\n|---|---|\n| ج | د |\n\nسجّل", 5),
    Broken("markdown-list", BODY, "سجّل", "- أ\n  - ب\n\nسجّل", 6),
    Broken("markdown-link", ENGLISH_BODY, "https://example.org", "mailto:x@example.org", 5),
]
BROKEN = [*TEXT, *SHAPE, *NAMES, *CONDITIONS, *OFFICE, *WORDS]
