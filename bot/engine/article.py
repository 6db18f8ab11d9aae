"""An article: something to read and not to do, such as what a product needs abroad."""

from __future__ import annotations

from bot.engine.conditions import ALWAYS, When
from bot.engine.strict import Id, Sourced


class Article(Sourced):
    """A page of the guide for those whom its condition means."""

    article: Id
    when: When = ALWAYS
