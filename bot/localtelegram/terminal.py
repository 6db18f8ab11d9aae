"""The people's side in a terminal: read, write and press numbered buttons, by hand or from a pipe.

At a terminal new messages appear as they come. From a pipe every line is one act, after which the
new part of the chat is printed as soon as the bot has settled; so a whole walk can be scripted.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TextIO

import aiohttp
from rich.console import Console

from bot.localtelegram.terminal_chat import ChatView, Json, Said, ServerRefusal
from bot.localtelegram.terminal_screen import Screen

#: A bot that has not answered after so many seconds is not waited for any longer.
_LONGEST_WAIT = 10.0
#: In a group a bot stays silent on most that is said.
_LONGEST_WAIT_IN_GROUP = 2.0
#: So long nothing may happen before the bot counts as settled: after something that is seen, and
#: after a press that was only acknowledged, when the edited message is still to come.
_QUIET = 0.3
_QUIET_AFTER_NOTHING_SEEN = 1.0

HELP = """A number presses that button; anything else is sent as a message.
A number that no button has is sent as well: it may answer a question.
  :say TEXT    sends TEXT, also if it is a number or starts with a colon
  :contact [NUMBER]   shares a phone number (a demo one if none is given)
  :all         prints the whole chat again
  :help, :quit"""


def chat(url: str, person: int, name: str, language: str, chat_id: int | None) -> int:
    """Chats on the local Telegram at `url` as the person with this id, name and language code.

    Without `chat_id` in the person's own chat with the bot. Reads from standard input until it
    ends, `:quit` or an interruption. Returns the exit code: 1 if the server cannot be reached or
    has no such chat.
    """
    user: Json = {"id": person, "first_name": name, "language_code": language}
    try:
        return asyncio.run(_Session(url, user, chat_id or person).run())
    except KeyboardInterrupt:
        return 0


class _Session:
    """One sitting at a terminal or one script from a pipe."""

    def __init__(self, url: str, user: Json, chat_id: int) -> None:
        self._url = url.rstrip("/")
        self._user = user
        self._chat_id = chat_id
        self._by_hand = sys.stdin.isatty()
        self._console = Console(
            highlight=False,
            # A pipe gets lines as they were written: no colours, nothing folded.
            soft_wrap=not self._by_hand,
            force_terminal=None if self._by_hand else False,
        )

    async def run(self) -> int:
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=5)
        async with aiohttp.ClientSession(timeout=timeout) as http:
            view = ChatView(http, self._url, self._user, self._chat_id)
            try:
                async with view.listening():
                    await self._converse(view)
            except (aiohttp.ClientError, ConnectionError) as error:
                self._complain(f"No local Telegram answers at {self._url}: {error}")
                return 1
            except ServerRefusal as refusal:
                self._complain(f"The local Telegram refused: {refusal}")
                return 1
        return 0

    async def _converse(self, view: ChatView) -> None:
        screen = Screen(self._console, view)
        screen.show_changes()
        if self._by_hand:
            self._console.print(HELP, style="dim", markup=False)
        watcher = asyncio.create_task(self._show_live(view, screen)) if self._by_hand else None
        try:
            async for line in _lines(sys.stdin):
                if line == ":quit":
                    break
                await self._act(view, screen, line)
        finally:
            if watcher:
                watcher.cancel()
                with suppress(asyncio.CancelledError):
                    await watcher

    async def _act(self, view: ChatView, screen: Screen, line: str) -> None:
        match line:
            case "":
                return
            case ":help":
                self._console.print(HELP, markup=False)
                return
            case ":all":
                screen.show_all()
                return
        button = screen.button(line)
        if not self._by_hand:
            label = f" ({button.label})" if button else ""
            self._console.print(f"> {line}{label}", markup=False)
        try:
            await view.act(line, button)
        except ServerRefusal as refusal:
            self._complain(f"! {refusal}")
            return
        if not self._by_hand:
            answered = await self._settle(view)
            screen.show_changes()
            if not answered:
                self._console.print("(no answer)", style="dim")

    def _complain(self, sentence: str) -> None:
        self._console.print(sentence, style="red", markup=False)

    async def _settle(self, view: ChatView) -> bool:
        """Waits until the bot has answered and then been quiet; False if it did not answer."""
        private = self._chat_id == self._user["id"]
        longest = _LONGEST_WAIT if private or view.pressed else _LONGEST_WAIT_IN_GROUP
        answered, quiet = False, longest
        while True:
            try:
                said = await asyncio.wait_for(view.heard.get(), quiet)
            except TimeoutError:
                return answered
            if said is Said.SEEN:
                answered, quiet = True, _QUIET
            elif said is Said.ACKNOWLEDGED and not answered:
                answered, quiet = True, _QUIET_AFTER_NOTHING_SEEN

    async def _show_live(self, view: ChatView, screen: Screen) -> None:
        """Prints what happens while somebody sits at the terminal."""
        while True:
            await view.heard.get()
            # Messages that arrive together are printed together.
            with suppress(TimeoutError):
                while True:
                    await asyncio.wait_for(view.heard.get(), _QUIET)
            screen.show_changes()


async def _lines(source: TextIO) -> AsyncIterator[str]:
    """The lines of a stream without their ends, read beside whatever else goes on."""
    while line := await asyncio.to_thread(source.readline):
        yield line.strip()
