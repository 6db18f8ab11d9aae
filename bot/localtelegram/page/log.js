// The messages of the open chat, redrawn only where something changed.
import { byId, copyText, el, fullName } from "./dom.js";
import { bubbleRow, speaker } from "./bubbles.js";
import { menu, toast } from "./dialogs.js";
import { hasCaption, serviceText } from "./media.js";
import { botName, identity, ownIn, isPrivate, messagesOf, openChat, state, threadOf } from "./state.js";
import { dayKey, dayName, interfaceLanguage, t } from "./words.js";

const RUN_SECONDS = 600;
const NEAR_BOTTOM_PX = 80;

let drawn = new Map(); // key → {node, stamp}
let drawnFor = "";
let actions = {};
let following = true; // whether the newest message is kept in sight
let lastTop = 0;

/** What bubbles ask for: {command, deepLink, reply, edit}. */
export function wireLog(wanted) {
  const log = byId("log");
  actions = { ...wanted, options, jump };
  log.addEventListener("keydown", walk);
  log.addEventListener("focusin", reach);
  byId("scroll").addEventListener("scroll", scrolled, { passive: true });
  // Pictures that load and keyboards that open change heights long after a message was drawn.
  const sizes = new ResizeObserver(() => following && toBottom("instant"));
  sizes.observe(log);
  sizes.observe(byId("scroll"));
  byId("down").addEventListener("click", () => toBottom("smooth"));
}

/** Draws the open chat's open topic. Another chat or identity starts from an empty log. */
export function drawLog() {
  const chat = openChat();
  const log = byId("log");
  if (!chat) return log.replaceChildren();
  const me = identity(chat);
  const here = [chat.id, state.open.thread, me?.id, interfaceLanguage()].join("/");
  const fresh = here !== drawnFor;
  const messages = visible(chat);
  log.setAttribute("aria-label", t("log", { name: isPrivate(chat) ? botName() : chat.title }));
  log.setAttribute("aria-busy", String(fresh));
  if (fresh) {
    drawn = new Map();
    drawnFor = here;
  }
  const before = lastKey();
  place(log, rows(chat, messages));
  log.removeAttribute("aria-busy");
  const newest = messages.at(-1);
  const mine = newest !== undefined && ownIn(chat)(newest) && lastKey() !== before;
  if (fresh || mine) following = true;
  if (following) toBottom("instant");
  else byId("down").hidden = atBottom();
  return undefined;
}

const visible = (chat) =>
  [...messagesOf(chat.id).values()].filter((message) => threadOf(chat, message) === state.open.thread);

const lastKey = () => [...drawn.keys()].at(-1);

/** [{key, stamp, make}] for date separators, messages and the placeholder of an empty chat. */
function rows(chat, messages) {
  if (!messages.length) return [{ key: "empty", stamp: state.bot, make: () => placeholder(chat) }];
  const result = [];
  const mine = ownIn(chat);
  messages.forEach((message, index) => {
    const day = dayKey(message.date);
    const before = messages[index - 1];
    const after = messages[index + 1];
    if (!before || dayKey(before.date) !== day) {
      result.push({ key: `day ${day}`, stamp: dayName(message.date), make: () => separator(message.date) });
    }
    const own = mine(message);
    const place_ = { chat, own, first: !sameRun(before, message), last: !sameRun(message, after) };
    result.push({
      key: `message ${message.message_id}`,
      stamp: message,
      look: `${place_.first}${place_.last}`,
      make: () => bubbleRow(message, place_, actions),
    });
  });
  return result;
}

function sameRun(one, other) {
  if (!one || !other || serviceText(one) || serviceText(other)) return false;
  const close = other.date - one.date < RUN_SECONDS && dayKey(one.date) === dayKey(other.date);
  return close && speaker(one).id === speaker(other).id;
}

const separator = (date) => el("div", { class: "row day" }, el("span", { class: "pill" }, dayName(date)));

function placeholder(chat) {
  const spoken = identity(chat)?.language_code;
  const about = isPrivate(chat) ? (state.bot?.descriptions?.[spoken] ?? state.bot?.description) : null;
  return el(
    "div",
    { class: "row service" },
    el(
      "div",
      { class: "about" },
      el("p", { class: "about-title" }, isPrivate(chat) ? t("whatCan") : t("empty")),
      isPrivate(chat) && el("p", { dir: "auto" }, about || t("emptyPrivate")),
    ),
  );
}

/** Makes the log's children the wanted rows, keeping every node whose row did not change. */
function place(log, wanted) {
  const next = new Map();
  let cursor = log.firstChild;
  for (const row of wanted) {
    const old = drawn.get(row.key);
    const same = old && old.stamp === row.stamp && old.look === row.look;
    const node = same ? old.node : row.make();
    if (old && !same && old.node.isConnected) {
      const held = old.node.contains(document.activeElement) ? document.activeElement : null;
      if (cursor === old.node) cursor = node;
      old.node.replaceWith(node);
      if (held) keepFocus(old.node, node, held);
    }
    if (node === cursor) cursor = cursor.nextSibling;
    else log.insertBefore(node, cursor);
    next.set(row.key, { node, stamp: row.stamp, look: row.look });
  }
  const kept = new Set([...next.values()].map((row) => row.node));
  [...log.children].filter((node) => !kept.has(node)).forEach((node) => node.remove());
  drawn = next;
}

/** An edited message draws new buttons; whoever stood on one by keyboard stays on that place. */
function keepFocus(old, fresh, held) {
  const index = [...old.querySelectorAll(".inline .key")].indexOf(held);
  const keys = [...fresh.querySelectorAll(".inline .key")];
  (keys[Math.min(index, keys.length - 1)] ?? fresh).focus({ preventScroll: true });
}

function options(message, at) {
  const chat = openChat();
  const text = message.text ?? message.caption;
  const items = [{ label: t("reply"), icon: "reply", testid: "menu-reply", choose: () => actions.reply(message) }];
  if (text) {
    const copy = async () => {
      await copyText(text);
      toast(t("copied"));
    };
    items.push({ label: t("copy"), icon: "copy", choose: copy });
  }
  if (ownIn(chat)(message) && (message.text || hasCaption(message))) {
    items.push({ label: t("edit"), icon: "edit", testid: "edit", choose: () => actions.edit(message) });
  }
  menu(items, { ...at, label: t("options") });
}

function jump(id) {
  const node = byId("log").querySelector(`[data-message-id="${id}"]`);
  if (!node) return toast(t("deletedReply"));
  node.scrollIntoView({ block: "center", behavior: "smooth" });
  node.classList.remove("flash");
  // Reading the layout restarts the animation when the same message is asked for twice.
  void node.offsetWidth;
  node.classList.add("flash");
  return undefined;
}

/** What stands beside the message in focus can be reached by Tab, what stands beside others cannot. */
function reach(event) {
  const row = event.target.closest("[data-message-id]");
  for (const act of event.currentTarget.querySelectorAll(".acts button")) {
    act.tabIndex = row?.contains(act) ? 0 : -1;
  }
}

/** Arrow keys move between messages, Enter opens the menu of the one in focus. */
function walk(event) {
  const log = event.currentTarget;
  const all = [...log.querySelectorAll("[data-message-id]")];
  const at = all.indexOf(document.activeElement);
  if (document.activeElement !== log && at < 0) return;
  const step = { ArrowDown: 1, ArrowUp: -1, Home: -all.length, End: all.length }[event.key];
  if (step && all.length) {
    event.preventDefault();
    const from = at < 0 ? all.length : at;
    all[Math.max(0, Math.min(all.length - 1, from + step))].focus();
  } else if (event.key === "Enter" && at >= 0) {
    event.preventDefault();
    const message = messagesOf(state.open.chat).get(Number(all[at].dataset.messageId));
    options(message, { anchor: all[at].querySelector(".bubble") ?? all[at] });
  }
}

function atBottom() {
  const scroll = byId("scroll");
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_BOTTOM_PX;
}

function toBottom(behavior) {
  const scroll = byId("scroll");
  scroll.scrollTo({ top: scroll.scrollHeight, behavior });
}

/** Only a person scrolls up; that the end moves away because something grew does not count. */
function scrolled() {
  const { scrollTop } = byId("scroll");
  if (atBottom()) following = true;
  else if (scrollTop < lastTop) following = false;
  lastTop = scrollTop;
  byId("down").hidden = following;
}

/** The name shown over a quoted or edited message in the composer. */
export const nameOf = (message) => (message.from ? fullName(message.from) : speaker(message).name);
