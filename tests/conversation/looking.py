"""What the stories about looking around share: the small guide in service, and ways into it."""

from __future__ import annotations

from pathlib import Path

from bot.guide.shelf import Shelf
from bot.store import remarks
from bot.store.remarks import Remark
from tests.conversation.citizen import Citizen
from tests.conversation.conftest import shelf_in
from tests.guide import small


def small_shelf(directory: Path, **changed: str) -> Shelf:
    """The small guide; ``changed`` are files with other texts, by names with ``__`` for ``/``."""
    texts = {name.replace("__", "/") + ".yaml": text for name, text in changed.items()}
    return shelf_in(small.write(directory, {**small.files(), **texts}))


async def arrive(person: Citizen, link: str = "") -> None:
    """Comes by a link, or without one, and chooses Arabic."""
    await person.commands(f"/start {link}".strip())
    await person.presses("العربية")


async def answer(person: Citizen, *answers: str) -> None:
    """Answers the questions as they come, by the labels of buttons or by typing."""
    for each in answers:
        await (person.presses(each) if each in person.labels else person.types(each))


async def to_the_money(person: Citizen, *answers: str) -> None:
    """Walks to what may be given; the rest of the answers come after the governorate."""
    await arrive(person, "money")
    await answer(person, "حمص", *answers)


async def kept(person: Citizen, kind: str) -> list[Remark]:
    """What was kept for the editors."""
    return await person.store.run(lambda tx: list(remarks.every(tx, kind)))
