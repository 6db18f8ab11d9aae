"""Readers: what people really type, read as the answer to a question.

Each reader takes the raw text and returns `Accepted`, `Refused` with a reason code that the bot's
voice words, or, for money, `Unclear`. No reader raises, whatever it is given, and none guesses:
where a text can mean two amounts it is refused, so that the question is asked again.
"""

from bot.engine.readers.choices import read_choice, read_several
from bot.engine.readers.dates import read_date
from bot.engine.readers.hours import read_hours
from bot.engine.readers.money import read_money
from bot.engine.readers.numbers import read_number
from bot.engine.readers.phones import read_phone
from bot.engine.readers.phrases import read_yes_no, says_unknown
from bot.engine.readers.results import Accepted, Json, Refused, Unclear
from bot.engine.readers.text import clean, normalise, read_text

__all__ = [
    "Accepted",
    "Json",
    "Refused",
    "Unclear",
    "clean",
    "normalise",
    "read_choice",
    "read_date",
    "read_hours",
    "read_money",
    "read_number",
    "read_phone",
    "read_several",
    "read_text",
    "read_yes_no",
    "says_unknown",
]
