"""A typed text as the answer to the question in focus."""

from __future__ import annotations

from bot.conversation.view import View
from bot.engine import readers
from bot.engine.readers import Accepted, Refused, Unclear
from bot.guide.pages import figures

LONGEST_TEXT = 500
"""Characters of a short text that are kept of what a person types."""


def read(view: View, name: str, text: str) -> Accepted | Refused | Unclear:
    """What the text means as an answer to this question, or why it means nothing."""
    question = view.edition.guide.questions[name]
    if question.may_be_unknown and readers.says_unknown(text):
        return Accepted(None)
    match question.kind:
        case "choice" | "governorate":
            return readers.read_choice(text, _names(view, name))
        case "several":
            return readers.read_several(text, _names(view, name))
        case "yes-no":
            return readers.read_yes_no(text)
        case "number":
            return readers.read_number(text, question.min, question.max)
        case "money":
            unit = question.unit or "new SYP"
            return readers.read_money(text, question.min, question.max, unit)
        case "date":
            return readers.read_date(text)
        case "text":
            return readers.read_text(text, LONGEST_TEXT)
        case "contact":
            return readers.read_phone(text)


def _names(view: View, name: str) -> dict[str, tuple[str, ...]]:
    """Of each option, its label and what else citizens call it."""
    return {
        option: (figures.option(name, option, view.edition), *_says(view, name, option))
        for option in view.edition.guide.option_ids(name)
    }


def _says(view: View, name: str, option: str) -> tuple[str, ...]:
    words = view.edition.words
    if view.edition.guide.questions[name].kind == "governorate":
        return words.governorates[option].says
    labelled = words.questions[name].options.get(option)
    return labelled.says if labelled else ()
