"""Catalogs with one fault each, beside the small guide."""

from __future__ import annotations

from tests.guide.broken import Broken

ARABIC = "locales/ar/small.po"
ENGLISH = "locales/en/small.po"
GREETING = 'msgstr "Hello {name}"'

CATALOGS = [
    Broken(
        "catalog-missing",
        ENGLISH,
        '\nmsgid "small.greeting"\nmsgstr "Hello {name}"\n',
        "",
        18,
        ARABIC,
    ),
    Broken(
        "catalog-missing",
        ARABIC,
        '\nmsgid "small.greeting"\nmsgstr "أهلاً {name}"\n',
        "",
        14,
        ENGLISH,
    ),
    Broken(
        "catalog-fuzzy", ENGLISH, 'msgid "small.greeting"', '#, fuzzy\nmsgid "small.greeting"', 15
    ),
    Broken(
        "catalog-obsolete",
        ENGLISH,
        GREETING,
        f'{GREETING}\n\n#~ msgid "small.old"\n#~ msgstr "x"',
        17,
    ),
    Broken("catalog-empty", ENGLISH, GREETING, 'msgstr ""', 14),
    Broken("catalog-empty", ENGLISH, 'msgstr[1] "{name} has {n} papers"\n', "", 9),
    Broken("catalog-placeholders", ENGLISH, GREETING, 'msgstr "Hello {nme}"', 14),
    Broken("catalog-placeholders", ENGLISH, "{name} has {n}", "They have {n}", 9),
    Broken("catalog-braces", ENGLISH, GREETING, 'msgstr "Hello {name"', 14),
    Broken(
        "catalog-header", ENGLISH, "nplurals=2; plural=(n != 1)", "nplurals=2; plural=(n > 1)", 7
    ),
    Broken(
        "catalog-twice",
        ENGLISH,
        GREETING,
        f'{GREETING}\n\nmsgid "problem.circle"\nmsgstr "{{circle}}"',
        17,
    ),
    Broken(
        "catalog-twice",
        ENGLISH,
        GREETING,
        f'{GREETING}\n\nmsgid "small.greeting"\n{GREETING}',
        17,
    ),
    Broken(
        "catalog-count",
        ENGLISH,
        'msgid "small.greeting"\nmsgstr',
        'msgid "small.greeting"\nmsgid_plural "small.greeting"\nmsgstr[1] "Hello {name}"\nmsgstr[0]',
        14,
    ),
    Broken("catalog-unreadable", ENGLISH, GREETING, "Hello", 15),
]
