"""One fault each in what stands around the steps: programmes, articles, menu, subjects, directories."""

from __future__ import annotations

from tests.guide.broken import Broken

FLOW = "flows/licence.yaml"
MONEY = "flows/money.yaml"
LEARN = "flows/learn.yaml"
MENU = "flows/menu.yaml"
SUBJECTS = "flows/subjects.yaml"
TOPICS = "flows/topics.yaml"
REPLIES = "flows/replies.yaml"
OFFICES = "content/data/offices.yaml"
LOAN = "flows/programmes/seed-loan.yaml"
COURSE = "flows/programmes/evening-course.yaml"
FUND = "flows/programmes/closed-fund.yaml"
SOAP = "flows/articles/soap.yaml"
PERMIT = "flows/steps/permit.yaml"
BODIES = "content/data/bodies.yaml"
GLOSSARY = "content/data/glossary.yaml"
GOVERNORATES = "content/data/governorates.yaml"
CALENDAR = "content/data/calendar.yaml"
SOURCES = "content/data/sources.yaml"
UNUSED = "content/data/unused-facts.yaml"
REASONS = "content/en/words/reasons.yaml"
HOLIDAYS = "content/ar/words/holidays.yaml"
ANSWERS = "content/en/words/replies.yaml"
ASKED = "content/ar/words/questions.yaml"
SOAP_TEXT = "content/ar/articles/soap.md"
LOAN_TEXT = "content/en/programmes/seed-loan.md"

OFFERED = "[closed-fund, evening-course, seed-loan]"
SEVEN_MORE = "".join(f"more-{number}: [licence]\n" for number in range(6))

SHAPE = [
    Broken("not-months", LOAN, "max: 36m", "max: 36d", 12),
    Broken("expected-mapping", COURSE, "term: unknown", "term: 3m", 6),
    Broken("time-says-one-thing", LOAN, "{min: 6m, max: 36m, source: L-01}", "{source: L-01}", 12),
    Broken("fact-without-source", LOAN, "max: 36m, source: L-01", "max: 36m", 12),
    Broken("unknown-value", LOAN, "kind: loan", "kind: lone", 2, guess="loan"),
    Broken("unknown-value", LOAN, "{is: open,", "{is: opened,", 19, guess="open"),
    Broken("unknown-value", BODIES, "kind: counter", "kind: counters", 1, guess="counter"),
    Broken("unknown-value", CALENDAR, "[sunday, monday]", "[sunday, mondey]", 1, guess="monday"),
    Broken("missing-key", COURSE, "terms: []\n", "", 1),
    Broken("missing-key", LOAN, "on: 2025-07-30, ", "", 19),
    Broken("bad-date", LOAN, "on: 2025-07-30", "on: summer", 19),
    Broken("bad-date", CALENDAR, "on: 01-01", "on: January", 3),
    Broken("not-in-the-year", CALENDAR, "on: 01-01", "on: 02-30", 3),
    Broken("hours-reversed", CALENDAR, 'closes: "14:00"', 'closes: "07:30"', 5),
    Broken("bad-clock", CALENDAR, 'opens: "08:00"', 'opens: "8:00"', 5),
    Broken("bad-clock", CALENDAR, 'closes: "14:00"', 'closes: "24:00"', 5),
    Broken("too-small", TOPICS, "answer: 1", "answer: 0", 2),
    Broken("too-large", TOPICS, "step: 3", "step: 61", 2),
    Broken("hours-reversed", CALENDAR, 'closes: "14:00"', 'closes: "08:00"', 5),
    Broken("missing-key", CALENDAR, 'opens: "08:00", ', "", 5),
    Broken("missing-key", TOPICS, "{answer: 1, step: 3}", "{answer: 1}", 2),
    Broken("expected-number", TOPICS, "answer: 1", "answer: one", 2),
    Broken("expected-list", REPLIES, "topics: [licensing]", "topics: licensing", 2),
    Broken("file-name", LOAN, "programme: seed-loan", "programme: seed-lone", 1),
    Broken("file-name", SOAP, "article: soap", "article: soup", 1),
    Broken("subject-one-place", SUBJECTS, "{programme: seed-loan}", "{}", 2),
    Broken("subject-one-place", SUBJECTS, "seed-loan}", "seed-loan, step: permit}", 2),
    Broken("subject-one-place", SUBJECTS, "seed-loan}", "seed-loan, answers: {workers: 3}}", 2),
    Broken("list-empty", MENU, "licence: [licence]", "licence: [licence]\nempty: []", 2),
]
NAMES = [
    Broken("unknown-flows", MENU, "learn]", "learn, lern]", 2, guess="learn"),
    Broken("unknown-flows", SUBJECTS, "flow: licence", "flow: licenc", 1, guess="licence"),
    Broken("unknown-programmes", MONEY, "seed-loan]", "seed-loan, loans]", 6),
    Broken("unknown-programmes", SUBJECTS, "seed-loan", "seed-lone", 2, guess="seed-loan"),
    Broken("unknown-articles", MONEY, "[soap]", "[soap, soup]", 7, guess="soap"),
    Broken("unknown-glossary", LOAN, "stamp]", "stamp, stmp]", 24, guess="stamp"),
    Broken("unknown-glossary", PERMIT, "[stamp]", "[stamp, guarantors]", 26, guess="guarantor"),
    Broken("unknown-reasons", LOAN, "terms:\n", "terms:\n  - makers\n", 5, guess="for-makers"),
    Broken("unknown-documents", LOAN, "  - pledge\n", "  - pledge\n  - pleg\n", 18, guess="pledge"),
    Broken("unknown-bodies", LOAN, "by: bank", "by: banc", 3, guess="bank"),
    Broken("unknown-bodies", GLOSSARY, "see: [bank]", "see: [bank, banc]", 1, guess="bank"),
    Broken("unknown-laws", LOAN, "law: [trade-law]", "law: [trade]", 20, guess="trade-law"),
    Broken("unknown-laws", BODIES, "laws: [trade-law]", "laws: [tradelaw]", 4, guess="trade-law"),
    Broken("unknown-sources", LOAN, "on: 2025-07-30, source: L-01", "on: 2025, source: L-99", 19),
    Broken("unknown-sources", LOAN, "max: 36m, source: L-01", "max: 36m, source: L-99", 12),
    Broken("unknown-sources", LOAN, "50}}, source: L-01", "50}}, source: L-99", 6),
    Broken("unknown-sources", BODIES, "on: 2025-07, source: L-01", "on: 2025, source: L-99", 5),
    Broken("unknown-sources", GOVERNORATES, "sources: [L-01]", "sources: [L-99]", 2),
    Broken("unknown-sources", GLOSSARY, "sources: [L-01]", "sources: [L-99]", 1),
    Broken("unknown-sources", CALENDAR, "monday], source: L-01", "monday], source: L-99", 1),
    Broken("unknown-sources", CALENDAR, "unknown, source: L-02", "unknown, source: L-99", 4),
    Broken("unknown-sources", UNUSED, "L-03:", "L-99: nothing\nL-03:", 1),
    Broken("source-uncited", UNUSED, "L-03: superseded by L-01", "{}", 3, SOURCES),
    Broken("source-cited", SOAP, "sources: [L-01]", "sources: [L-01, L-03]", 1, UNUSED),
    Broken("unknown-sources", CALENDAR, '"14:00", source: L-01', '"14:00", source: L-99', 5),
    Broken("unknown-topics", REPLIES, "[licensing]", "[licencing]", 2, guess="licensing"),
    Broken("unknown-topics", OFFICES, "bank, topics: [licensing]", "bank, topics: [fees]", 4),
    Broken("unknown-bodies", OFFICES, "{body: bank,", "{body: banc,", 4, guess="bank"),
    Broken("twice", MONEY, "seed-loan]", "seed-loan, closed-fund]", 6),
    Broken("twice", LOAN, "[guarantor, stamp]", "[guarantor, stamp, guarantor]", 24),
    Broken("was-in-use", LOAN, "was: [old-loan]", "was: [evening-course]", 25),
    Broken("was-twice", COURSE, "kind: course", "kind: course\nwas: [old-loan]", 25, LOAN),
    Broken("unknown-questions", SUBJECTS, "{sector:", "{sectr:", 1, guess="sector"),
]
JOURNEYS = [
    Broken("programmes-unreached", MONEY, OFFERED, "[evening-course, seed-loan]", 1, FUND),
    Broken("flow-not-in-menu", MENU, "licence: [licence]\n", "", 1, FLOW),
    Broken("flow-leads-nowhere", LEARN, "goals: [register]\nprogrammes: [evening-course]\n", "", 1),
    Broken("governorate-first", LEARN, "[governorate, sector,", "[sector, governorate,", 2),
    Broken("menu-too-long", MENU, "licence: [licence]\n", f"licence: [licence]\n{SEVEN_MORE}", 8),
    Broken("answer-unfit", SUBJECTS, "{sector: food}", "{sector: foot}", 1),
    Broken("answer-unfit", SUBJECTS, "{sector: food}", "{workers: several}", 1),
    Broken("answer-unfit", SUBJECTS, "{sector: food}", "{capital: {amount: 5}}", 1),
    Broken("answer-unfit", SUBJECTS, "{sector: food}", "{capital: {amount: x, unit: USD}}", 1),
    Broken(
        "asked-nowhere",
        SUBJECTS,
        "flow: licence, answers: {sector: food}",
        "flow: learn, answers: {workers: 3}",
        1,
    ),
    Broken("asked-nowhere", LOAN, "{workers: {max: 50}}", "{premises: owned}", 6),
    Broken("value-unknown", SOAP, "sector: craft", "sector: crafts", 2, guess="craft"),
    Broken("value-unknown", LOAN, "[craft, food]", "[craft, foot]", 5, guess="food"),
    Broken("cases-open", LOAN, "  - {is: unknown}\n", "", 10),
    Broken("cases-open", COURSE, ", {is: ministry}", "", 3),
    Broken("case-hides", LOAN, ", when: {sector: craft}", "", 10),
    Broken("never-holds", LOAN, "{sector: [craft, food]}", "{sector: trade, workers: 3}", 5),
    Broken("never-holds", LOAN, "{sector: food}", "{sector: food, workers: {min: 101}}", 18),
    Broken("never-holds", SOAP, "{sector: craft}", "{sector: craft, not: {sector: craft}}", 2),
]
WORDS = [
    Broken(
        "words-missing",
        REASONS,
        "few-workers: The loan is for fifty workers or fewer.\n",
        "",
        6,
        LOAN,
    ),
    Broken("words-unused", REASONS, "few-workers:", "few: Few.\nfew-workers:", 2),
    Broken("words-missing", HOLIDAYS, "feast: العيد\n", "", 2, CALENDAR),
    Broken(
        "words-missing",
        "content/en/words/menu.yaml",
        "support: Money and training\n",
        "{}\n",
        2,
        MENU,
    ),
    Broken("words-unused", "content/en/words/menu.yaml", "support", "licence: Licence\nsupport", 1),
    Broken(
        "words-missing",
        "content/ar/words/glossary.yaml",
        "stamp: {term: طابع, meaning: ورقة تلصق., also: []}\n",
        "",
        2,
        GLOSSARY,
    ),
    Broken("empty-words", "content/ar/words/subjects.yaml", "[قرشين]", '[" "]', 2),
    Broken("unknown-key", ASKED, "says: [مطعم, فلافل]", "say: [مطعم]", 9, guess="says"),
    Broken(
        "words-missing", ANSWERS, "welcome: {title: Welcome, text: Good day.}\n", "", 1, REPLIES
    ),
    Broken(
        "words-unused",
        ANSWERS,
        "welcome:",
        "welcom: {title: a, text: b.}\nwelcome:",
        1,
        guess="welcome",
    ),
    Broken("missing-key", ANSWERS, ", text: Bring the lease.", "", 2),
    Broken("empty-words", ANSWERS, "text: Good day.", 'text: " "', 1),
    Broken("template-unknown", SOAP_TEXT, "{{ governorate }}", "{{ capital }}", 5),
    Broken("template-unknown", LOAN_TEXT, "{{ governorate }}", "{{ sectr }}", 5, guess="sector"),
    Broken("markdown-outside", LOAN_TEXT, "A loan", "# A loan", 5),
]
BROKEN_PAGES = [*SHAPE, *NAMES, *JOURNEYS, *WORDS]
