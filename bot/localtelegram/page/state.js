// Everything the page knows, fetched from the server and kept fresh by its events.
import * as api from "./api.js";
import { fullName } from "./dom.js";
import { recall, remember } from "./memory.js";

const VISITOR = { id: 1000001, first_name: "زائر", language_code: "ar" };

export const state = {
  bot: null,
  people: new Map(), // id → User
  chats: new Map(), // id → Chat as /client/chats gives it
  messages: new Map(), // chat id → Map(message id → Message), oldest first
  banner: null,
  online: false,
  loaded: false,
  open: { chat: null, thread: 0 },
  heirs: new Map(), // id of a group that moved → its new id
};

const listeners = [];
export const onChange = (listener) => listeners.push(listener);
/** kind: "all" | "messages" | "typing" | "banner" | "keyboard"; chatId where it concerns one chat. */
export const changed = (kind, chatId) => listeners.forEach((listener) => listener(kind, chatId));

export const isPrivate = (chat) => chat.type === "private";
export const openChat = () => state.chats.get(state.open.chat) ?? null;
export const messagesOf = (chatId) => state.messages.get(chatId) ?? new Map();

/** The forum topic a message stands in; 0 for the general one and in every other chat. */
export const threadOf = (chat, message) => (chat.is_forum ? (message.message_thread_id ?? 0) : 0);

export const isOfficer = (member) => ["creator", "administrator"].includes(member.status);
export const peopleOf = (chat) => (chat.members ?? []).filter((m) => !m.user.is_bot && !["left", "kicked"].includes(m.status));
/** The open topic of the open forum; undefined in the general one and elsewhere. */
export const openTopic = () => openChat()?.topics?.find((topic) => topic.message_thread_id === state.open.thread);

/** Where a place {chat, thread} is now: a group that moved has left its topics behind. */
export function placeNow({ chat, thread }) {
  const heir = state.heirs.get(chat);
  return heir === undefined ? { chat, thread } : { chat: heir, thread: 0 };
}

/** Whether the person of a private chat blocked the bot. */
export const hasBlocked = (chat) =>
  Boolean(state.bot) && chat.members.length > 0 && chat.members.every((member) => member.user.id !== state.bot.id);

/** The member as whom one acts in a group. */
const acting = (chat) => peopleOf(chat).find((member) => member.user.id === identity(chat)?.id);

export function mayManageTopics(chat) {
  const member = acting(chat);
  return member !== undefined && isOfficer(member) && member.can_manage_topics !== false;
}

/** A test for messages of a chat: whether one wrote them oneself, be it in the group's name. */
export function ownIn(chat) {
  const me = identity(chat)?.id;
  const hidden = !isPrivate(chat) && Boolean(acting(chat)?.is_anonymous);
  return ({ from, sender_chat: group }) => (group ? hidden && group.id === chat.id : from?.id === me);
}

export const groups = () => [...state.chats.values()].filter((chat) => !isPrivate(chat));
export const botName = () => (state.bot ? fullName(state.bot) : "دليل");

/** Who acts in a chat: its person in a private one, in a group the chosen member, an officer at first. */
export function identity(chat) {
  if (isPrivate(chat)) return state.people.get(chat.id);
  const members = peopleOf(chat);
  const chosen = recall("identities", {})[chat.id];
  const member = members.find((m) => m.user.id === chosen) ?? members.find(isOfficer) ?? members[0];
  return member?.user ?? null;
}

export function setIdentity(chatId, userId) {
  remember("identities", { ...recall("identities", {}), [chatId]: userId });
  changed("all");
}

/** A person made on this page; the server hears of them with their first message. */
export function addPerson(name, language) {
  const used = [...state.people.keys()].filter((id) => id < 2_000_000_000);
  const user = {
    id: Math.max(VISITOR.id - 1, ...used) + 1,
    is_bot: false,
    first_name: name,
    language_code: language,
  };
  remember("people", [...recall("people", []), user]);
  meet(user);
  return user;
}

function meet(user) {
  state.people.set(user.id, user);
  if (!state.chats.has(user.id)) {
    state.chats.set(user.id, { id: user.id, type: "private", members: [], topics: [], last_message: null, keyboard: null });
  }
}

/** A person named by an address only: a visitor under that number. */
export const meetVisitor = (id) => meet({ ...VISITOR, id, is_bot: false });

/** Where a new visitor lands: a citizen, that is a person who belongs to no group. */
export function firstCitizen() {
  const staff = new Set(groups().flatMap((chat) => peopleOf(chat).map((m) => m.user.id)));
  const citizens = [...state.people.values()].filter((user) => !staff.has(user.id));
  const spoken = citizens.find((user) => state.chats.get(user.id)?.last_message);
  const found = spoken ?? citizens[0];
  if (!found) meetVisitor(VISITOR.id);
  return (found ?? VISITOR).id;
}

// One after another: what an event brings must not be overwritten by what was fetched before it.
let queue = Promise.resolve();

/** Runs work when all that was begun before is done; what it throws goes to the caller alone. */
export function inOrder(work) {
  const done = queue.then(work);
  queue = done.catch(() => undefined);
  return done;
}

/** Fetches all anew: at the start, after a lost connection, and when chats change. */
export const refresh = (what) => inOrder(() => fetchAll(what));

async function fetchAll({ withMessages }) {
  const answer = await api.getChats();
  const spoken = answer.chats.filter((chat) => chat.last_message);
  const missing = spoken.filter((chat) => withMessages || !state.messages.has(chat.id));
  const fetched = await Promise.all(missing.map(async (chat) => [chat.id, await api.getMessages(chat.id)]));
  // Nothing is waited for from here on: whoever writes meanwhile never finds half of a new state.
  state.bot = answer.bot;
  state.banner = answer.banner;
  state.people = new Map(answer.people.filter((user) => !user.is_bot).map((user) => [user.id, user]));
  state.chats = new Map(answer.chats.map((chat) => [chat.id, chat]));
  const known = [...state.people.values()];
  const made = recall("people", []).filter((user) => !state.people.has(user.id));
  [...known, ...made].forEach(meet);
  fetched.forEach(keepMessages);
  followMigration();
  state.loaded = true;
  changed("all");
}

function keepMessages([chatId, messages]) {
  messages.sort((one, other) => one.message_id - other.message_id);
  state.messages.set(chatId, new Map(messages.map((message) => [message.message_id, message])));
}

/** A group that became a supergroup has a new id; whoever looks at it goes along, as who they were. */
function followMigration() {
  for (const chat of groups()) {
    for (const { migrate_from_chat_id: old } of messagesOf(chat.id).values()) {
      if (old === undefined) continue;
      state.heirs.set(old, chat.id);
      const known = recall("identities", {});
      if (known[old] && !known[chat.id]) remember("identities", { ...known, [chat.id]: known[old] });
    }
  }
  state.open = placeNow(state.open);
  // A topic that was deleted leaves whoever looked at it in the general one.
  if (openChat()?.is_forum && !openTopic()) state.open.thread = 0;
}

// Unread counts: what stands after the last message seen in this chat or topic, others' words only.

const readKey = (chat, thread) => `${chat.id}:${thread}`;

export function unread(chat, thread = null) {
  const read = recall("read", {});
  const own = ownIn(chat);
  let count = 0;
  for (const message of messagesOf(chat.id).values()) {
    const its = threadOf(chat, message);
    if (thread !== null && its !== thread) continue;
    if (!own(message) && message.message_id > (read[readKey(chat, its)] ?? 0)) count += 1;
  }
  return count;
}

export function markRead(chat, thread) {
  const ids = [...messagesOf(chat.id).values()]
    .filter((message) => threadOf(chat, message) === thread)
    .map((message) => message.message_id);
  const newest = Math.max(0, ...ids);
  const read = recall("read", {});
  if ((read[readKey(chat, thread)] ?? 0) === newest) return;
  remember("read", { ...read, [readKey(chat, thread)]: newest });
}

// Events

/** What the server tells, applied; answers to presses are for whoever pressed (keyboard.js). */
export async function apply(event, onCallbackAnswer) {
  const chat = state.chats.get(event.chat_id);
  if (event.kind === "callback_answer") return onCallbackAnswer(event);
  if (event.kind === "banner") {
    state.banner = event.banner;
    return changed("banner");
  }
  if (event.kind === "chat" || !chat) return fetchAll({ withMessages: false });
  if (event.kind === "keyboard") {
    chat.keyboard = event.keyboard;
    return changed("keyboard", chat.id);
  }
  if (event.kind === "action") {
    startTyping(chat.id, event.action);
    return changed("typing", chat.id);
  }
  applyToMessages(chat, event);
  return changed("messages", chat.id);
}

function applyToMessages(chat, event) {
  if (!state.messages.has(chat.id)) state.messages.set(chat.id, new Map());
  const messages = state.messages.get(chat.id);
  if (event.kind === "message") {
    chat.last_message = event.message;
    if (event.message.from?.is_bot) typing.delete(chat.id);
  }
  if (event.message) {
    const { message } = event;
    // Heard before the new group is known: what is sent meanwhile goes there already.
    if (message.migrate_to_chat_id) state.heirs.set(chat.id, message.migrate_to_chat_id);
    // Reactions are told apart from the message and outlive its editing.
    const reactions = messages.get(message.message_id)?.reactions;
    messages.set(message.message_id, reactions ? { ...message, reactions } : message);
  }
  if (event.kind === "edited" && chat.last_message?.message_id === event.message.message_id) {
    chat.last_message = event.message;
  }
  for (const id of event.message_ids ?? []) messages.delete(id);
  if (event.kind === "deleted") chat.last_message = [...messages.values()].at(-1) ?? null;
  if (event.kind === "reaction") {
    const message = messages.get(event.message_id);
    if (message) messages.set(event.message_id, { ...message, reactions: event.reaction });
  }
}

// Telegram shows an action for five seconds or until the message comes.
const TYPING_MS = 5000;
const typing = new Map();

function startTyping(chatId, action) {
  clearTimeout(typing.get(chatId)?.timer);
  const timer = setTimeout(() => {
    typing.delete(chatId);
    changed("typing", chatId);
  }, TYPING_MS);
  typing.set(chatId, { action, timer });
}

/** The Bot API name of what the bot is doing in a chat, or undefined. */
export const typingIn = (chatId) => typing.get(chatId)?.action;
