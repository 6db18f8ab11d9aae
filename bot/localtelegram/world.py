"""The state of the local Telegram and what changes it."""

import itertools
from collections import deque
from collections.abc import Callable

from bot.localtelegram.chats import (
    ANONYMOUS,
    Bot,
    Chat,
    Json,
    Member,
    Person,
    Post,
    Status,
    user_object,
)
from bot.localtelegram.errors import ApiError, bad_request, forbidden
from bot.localtelegram.events import Events
from bot.localtelegram.faults import Faults
from bot.localtelegram.files import Files
from bot.localtelegram.presses import Presses
from bot.localtelegram.privacy import bot_sees
from bot.localtelegram.updates import UpdateQueue
from bot.localtelegram.webhook import Webhook

_MOST_CALLS = 20_000
_FIRST_GROUP = -4_012_345_000
_FIRST_SUPERGROUP = -1_002_012_345_000


class World:
    """Everyone, every chat, and the one bot. Time comes from `clock` (seconds since 1970)."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.bot: Bot | None = None
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.calls: deque[Json] = deque(maxlen=_MOST_CALLS)
        self.banner: Json | None = None
        self.webhook: Webhook | None = None
        self.events = Events()
        self.faults = Faults()
        self.files = Files()
        self.presses = Presses(clock)
        self.updates = UpdateQueue(clock)
        self._group_ids = itertools.count(_FIRST_GROUP, -1)
        self._supergroup_ids = itertools.count(_FIRST_SUPERGROUP, -1)
        # Private chats and basic groups number their messages together, supergroups each alone.
        self._shared_message_ids = itertools.count(1)
        self._poll_ids = itertools.count(5_180_000_000_000_001)

    # The bot and the people

    def register_bot(self, token: str) -> Bot:
        """Makes the bot known by its token `NUMBER:SECRET`; one token per local Telegram."""
        number, _, secret = token.partition(":")
        if not number.isdigit() or not secret:
            raise ApiError(404, "Not Found")
        if self.bot is None:
            user = {
                "id": int(number),
                "is_bot": True,
                "first_name": "دليل",
                "username": "dalil_demo_bot",
            }
            self.bot = Bot(user, token)
            for chat in self.chats.values():
                if chat.private:
                    chat.members[self.bot.id] = Member(self.bot.user, Status.MEMBER)
                    self.changed(chat)
        if self.bot.token != token:
            raise ApiError(401, "Unauthorized")
        return self.bot

    def rename_bot(self, name: str) -> None:
        """Gives the bot another name; messages that were written keep the old one."""
        bot = self.known_bot
        bot.user = bot.user | {"first_name": name}
        for chat in self.chats.values():
            if bot.id in chat.members:
                chat.members[bot.id].user = bot.user
                self.changed(chat)

    @property
    def known_bot(self) -> Bot:
        """The bot; raises ApiError when none has connected yet."""
        if self.bot is None:
            raise bad_request("no bot has connected yet")
        return self.bot

    def meet(self, user: Json) -> Person:
        """The person of this User object, whose names are taken over as they are now."""
        person = self.people.setdefault(int(user["id"]), Person({}))
        person.user = {"is_bot": False} | user
        for chat in self.chats.values():
            if person.id in chat.members:
                chat.members[person.id].user = person.user
        return person

    # Chats

    def private_chat(self, person: Person) -> Chat:
        """The person's chat with the bot, made if they never wrote."""
        chat = self.chats.get(person.id)
        if chat is None:
            chat = Chat(person.id, "private")
            chat.members[person.id] = Member(person.user, Status.MEMBER)
            if self.bot:
                chat.members[self.bot.id] = Member(self.bot.user, Status.MEMBER)
            self.chats[chat.id] = chat
            self.changed(chat)
        return chat

    def private_chat_of(self, address: int | str) -> Chat:
        """The private chat of this number; raises ApiError for a group."""
        chat = self.find_chat(address)
        if not chat.private:
            raise bad_request("chat not found")
        return chat

    def new_group(self, title: str, *, supergroup: bool, forum: bool, username: str | None) -> Chat:
        """An empty group."""
        ids = self._supergroup_ids if supergroup else self._group_ids
        kind = "supergroup" if supergroup else "group"
        chat = Chat(next(ids), kind, title=title, username=username, forum=forum)
        self.chats[chat.id] = chat
        return chat

    def changed(self, chat: Chat) -> None:
        """Says that the chat's title, members or topics changed."""
        self.events.tell("chat", chat.id, chat=chat.as_json())

    def find_chat(self, address: int | str) -> Chat:
        """A chat by number or @username; raises ApiError in Telegram's words."""
        if isinstance(address, str) and not address.lstrip("-").isdigit():
            name = address.removeprefix("@").lower()
            chat = next(
                (c for c in self.chats.values() if (c.username or "").lower() == name), None
            )
        else:
            chat = self.chats.get(int(address))
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def reachable(self, address: int | str, *, even_if_blocked: bool = False) -> Chat:
        """A chat to which the bot may write now; raises ApiError in Telegram's words.

        Reading about a private chat needs no leave of its person: `even_if_blocked`.
        """
        if isinstance(address, int) and address in self.people and address not in self.chats:
            raise forbidden("bot can't initiate conversation with a user")
        chat = self.find_chat(address)
        self.require_here(chat)
        if chat.private:
            if self.people[chat.id].blocked_bot and not even_if_blocked:
                raise forbidden("bot was blocked by the user")
            return chat
        bot = self.known_bot
        if chat.member(bot.id) is None:
            member = chat.members.get(bot.id)
            kicked = member is not None and member.status is Status.KICKED
            how = "was kicked from" if kicked else "is not a member of"
            raise forbidden(f"bot {how} the {chat.type} chat")
        return chat

    def acting(self, wish: Json) -> tuple[Chat, Json]:
        """The chat `chat_id` of a person's wish, and the User `from` who acts in it.

        Raises ApiError if they are not in it or it has moved.
        """
        user = self.meet(user_object(wish["from"])).user
        chat = self.find_chat(wish["chat_id"])
        self.require_here(chat)
        if chat.member(user["id"]) is None:
            raise bad_request("you are not a member of this chat")
        return chat, user

    @staticmethod
    def require_here(chat: Chat) -> None:
        """Raises ApiError if the chat has moved to another number."""
        if chat.migrated_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
            )

    def bot_manages(self, chat: Chat) -> bool:
        """Whether the bot administers the chat."""
        return chat.is_admin(self.known_bot.id)

    # Messages

    def post(
        self,
        chat: Chat,
        sender: Json,
        content: Json,
        *,
        thread: int | None = None,
        opens_thread: bool = False,
    ) -> Post:
        """Puts a message into the chat and tells those who watch; the bot is told by `inform`.

        A message that opens a thread gives the thread its own number.
        """
        supergroup = chat.type == "supergroup"
        number = chat.last_message_id + 1 if supergroup else next(self._shared_message_ids)
        chat.last_message_id = number
        thread = number if opens_thread else thread
        by_bot = self.bot is not None and sender["id"] == self.bot.id
        message: Json = {"message_id": number}
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        member = chat.member(sender["id"])
        if member and member.anonymous:
            message |= {"from": ANONYMOUS, "sender_chat": chat.as_json()}
        else:
            message["from"] = sender
        message |= {"chat": chat.as_json(), "date": int(self.clock())}
        if thread in chat.posts and "reply_to_message" not in content:
            # Telegram shows what stands in a topic as a reply to the message that opened it.
            message["reply_to_message"] = self.quoted(chat.posts[thread])
        post = Post(message | content, by_bot=by_bot, author=sender["id"])
        chat.posts[number] = post
        self.events.tell("message", chat.id, message=post.message)
        return post

    @staticmethod
    def quoted(post: Post) -> Json:
        """The message as it appears inside a reply to it: without what it replied to."""
        return {k: v for k, v in post.message.items() if k != "reply_to_message"}

    def service(self, chat: Chat, actor: Json, content: Json, *, thread: int | None = None) -> Post:
        """Posts a service message and informs the bot."""
        post = self.post(chat, actor, content, thread=thread)
        self.inform(chat, post)
        return post

    def inform(self, chat: Chat, post: Post, kind: str = "message") -> None:
        """Queues the message for the bot, if it is there and its privacy mode lets it see it."""
        if bot_sees(self.bot.user if self.bot else None, chat, post):
            self.updates.put(kind, chat.id, post.message)

    def new_poll_id(self) -> str:
        """A number for another poll."""
        return str(next(self._poll_ids))

    def set_member(
        self,
        chat: Chat,
        user: Json,
        status: Status,
        *,
        by: Json,
        anonymous: bool = False,
        denied: frozenset[str] = frozenset(),
    ) -> None:
        """Changes somebody's standing and tells the bot as Telegram would."""
        before = chat.members.get(user["id"]) or Member(user, Status.LEFT)
        actor = chat.member(by["id"])
        after = Member(user, status, anonymous, denied)
        chat.members[user["id"]] = after
        change = {
            "chat": chat.as_json(),
            "from": ANONYMOUS if actor and actor.anonymous and by != user else by,
            "date": int(self.clock()),
            "old_chat_member": before.as_json(forum=chat.forum),
            "new_chat_member": after.as_json(forum=chat.forum),
        }
        if self.bot and user["id"] == self.bot.id:
            self.updates.put("my_chat_member", chat.id, change)
        elif self.bot and chat.is_admin(self.bot.id):
            self.updates.put("chat_member", chat.id, change)
        self.changed(chat)

    def block(self, chat: Chat, person: Person, *, blocked: bool) -> None:
        """The person blocks the bot, or no longer."""
        person.blocked_bot = blocked
        if self.bot:
            status = Status.KICKED if blocked else Status.MEMBER
            self.set_member(chat, self.bot.user, status, by=person.user)
