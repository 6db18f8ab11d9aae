"""A subject: what people look for in their own words, and the part of the guide that answers it."""

from __future__ import annotations

from typing import Final

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bot.engine.strict import Id, Strict
from bot.engine.values import Json

PLACES: Final = {
    "flow": "flows",
    "step": "steps",
    "programme": "programmes",
    "article": "articles",
    "body": "bodies",
    "word": "glossary",
}
"""What a subject may lead to, and the kind of entries where it is found."""


class Subject(Strict):
    """Leads to one place of the guide; to a flow perhaps with answers that the subject implies."""

    flow: Id | None = None
    answers: dict[Id, Json] = Field(default_factory=dict)
    """Of the flow: whoever looks for a dairy has said what they do."""
    step: Id | None = None
    programme: Id | None = None
    article: Id | None = None
    body: Id | None = None
    word: Id | None = None

    @model_validator(mode="after")
    def _leads_to_one_place(self) -> Subject:
        named = [key for key in PLACES if getattr(self, key) is not None]
        if len(named) != 1 or (self.answers and self.flow is None):
            raise PydanticCustomError("subject-one-place", "subject-one-place", {})
        return self

    @property
    def place(self) -> tuple[str, str]:
        """The key of ``PLACES`` and the id there."""
        return next((key, name) for key in PLACES if (name := getattr(self, key)) is not None)
