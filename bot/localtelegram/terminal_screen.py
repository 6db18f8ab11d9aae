"""How a chat looks in a terminal: what is new in it, with numbered buttons."""

from rich.console import Console
from rich.text import Text

from bot.localtelegram.terminal_chat import Button, ChatView, Json

_STYLES = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strikethrough": "strike",
    "code": "cyan",
    "pre": "cyan",
    "blockquote": "dim",
    "expandable_blockquote": "dim",
    "text_link": "underline blue",
    "url": "underline blue",
    "bot_command": "blue",
}
_FILES = ("document", "voice", "audio")


class Screen:
    """Prints a chat piece by piece, and knows which number belongs to which button.

    The newest message with buttons has the first numbers, then comes the keyboard under the chat,
    then older messages: so the numbers in sight are small and the same walk has the same numbers.
    """

    def __init__(self, console: Console, view: ChatView) -> None:
        self._console = console
        self._view = view
        self._shown: dict[int, Json] = {}
        self._shown_keyboard: Json | None = None

    @property
    def buttons(self) -> list[Button]:
        """The buttons of this moment; the first has number 1."""
        with_keys = [_inline(message) for message in reversed(self._view.messages.values())]
        found = [keys for keys in with_keys if keys]
        newest, older = found[:1], found[1:]
        rows = [*(newest[0] if newest else []), *self._reply_rows()]
        rows += [row for keys in older for row in keys]
        return [button for row in rows for button in row]

    def button(self, line: str) -> Button | None:
        """The button whose number was typed."""
        buttons = self.buttons
        if line.isdecimal() and 1 <= int(line) <= len(buttons):
            return buttons[int(line) - 1]
        return None

    def show_changes(self) -> None:
        """Prints what differs from what was printed before."""
        messages = self._view.messages
        gone = self._shown.keys() - messages.keys()
        if gone:
            self._print(f"(deleted: {len(gone)})", style="dim")
        for message_id, message in messages.items():
            if self._shown.get(message_id) != message:
                self._show(message)
        self._shown = dict(messages)
        self._show_keyboard()
        for remark in self._view.remarks:
            self._print(remark, style="yellow")
        self._view.remarks.clear()

    def show_all(self) -> None:
        """Prints the whole chat as it stands."""
        self._shown = {}
        self._shown_keyboard = None
        self.show_changes()

    def _show(self, message: Json) -> None:
        mine = message["from"]["id"] == self._view.user["id"]
        if message["message_id"] in self._view.sent and "edit_date" not in message:
            return  # The typed line stands there already.
        name = message.get("sender_chat", {}).get("title") or message["from"]["first_name"]
        edited = " (edited)" if "edit_date" in message else ""
        self._print(f"{name}{edited}:", style="green" if mine else "bold magenta")
        for line in self._body(message):
            self._print(line)
        self._show_rows(_inline(message))

    def _body(self, message: Json) -> list[Text]:
        text = message.get("text") or message.get("caption") or ""
        entities = message.get("entities") or message.get("caption_entities") or []
        lines = [Text(what) for what in self._attached(message)]
        if text:
            lines.append(styled(text, entities))
        links = [entity["url"] for entity in entities if entity["type"] == "text_link"]
        lines += [Text(f"link: {url}", style="blue") for url in links]
        return lines or [Text(f"({_service(message)})", style="dim")]

    def _attached(self, message: Json) -> list[str]:
        files = [(kind, message[kind]) for kind in _FILES if kind in message]
        if "photo" in message:
            files.append(("photo", message["photo"][-1]))
        named = [
            f"[{kind}] {file.get('file_name', '')} "
            f"{self._view.url}/client/file?file_id={file['file_id']}"
            for kind, file in files
        ]
        if contact := message.get("contact"):
            named.append(f"[contact] {contact['first_name']} {contact['phone_number']}")
        if place := message.get("location"):
            named.append(f"[location] {place['latitude']}, {place['longitude']}")
        if sticker := message.get("sticker"):
            named.append(f"[sticker] {sticker.get('emoji', '')}")
        return named

    def _show_keyboard(self) -> None:
        if self._view.keyboard != self._shown_keyboard:
            self._shown_keyboard = self._view.keyboard
            if rows := self._reply_rows():
                self._print("keyboard:", style="dim")
                self._show_rows(rows)

    def _show_rows(self, rows: list[list[Button]]) -> None:
        buttons = self.buttons
        for row in rows:
            labels = [f"[{buttons.index(button) + 1}] {button.label}" for button in row]
            self._print("  " + "   ".join(labels), style="bold")

    def _reply_rows(self) -> list[list[Button]]:
        rows = (self._view.keyboard or {}).get("keyboard", [])
        return [[_reply_button(button) for button in row] for row in rows]

    def _print(self, what: str | Text, style: str | None = None) -> None:
        self._console.print(what, style=style, markup=False)


def _inline(message: Json) -> list[list[Button]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    number = message["message_id"]
    return [[Button(key["text"], number, key.get("callback_data")) for key in row] for row in rows]


def _reply_button(button: Json | str) -> Button:
    if isinstance(button, str):
        return Button(button, None)
    return Button(button["text"], None, wants_contact=bool(button.get("request_contact")))


def _service(message: Json) -> str:
    known = {"message_id", "date", "chat", "from", "message_thread_id", "is_topic_message"}
    return ", ".join(sorted(message.keys() - known)) or "empty"


def styled(text: str, entities: list[Json]) -> Text:
    """Text with its entities as styles; their offsets count UTF-16 units."""
    position = {0: 0}  # UTF-16 unit → letter
    unit = 0
    for index, letter in enumerate(text, start=1):
        unit += 2 if ord(letter) > 0xFFFF else 1
        position[unit] = index
    result = Text(text)
    for entity in entities:
        style = _STYLES.get(entity["type"])
        if style:
            start = position[entity["offset"]]
            result.stylize(style, start, position[entity["offset"] + entity["length"]])
    return result
