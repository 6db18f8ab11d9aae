// Where one writes: the field, what is answered or changed over it, the keyboard under it.
import * as api from "./api.js";
import { attachMenu, paste, shareContact, sharePlace } from "./attachments.js";
import { byId, el, fullName, iconButton } from "./dom.js";
import { failed, menu } from "./dialogs.js";
import { replyKeyboard } from "./keyboard.js";
import { nameOf } from "./log.js";
import { summary } from "./media.js";
import { change, context, deliver, dropContext, onContext, sendText, setContext } from "./sending.js";
import {
  hasBlocked, identity, isOfficer, isPrivate, mayManageTopics, messagesOf, openChat, openTopic, peopleOf, placeNow, setIdentity, state,
} from "./state.js";
import { t } from "./words.js";

const MAX_HEIGHT_PX = 160;

const drafts = new Map(); // chat/thread → text
const folded = new Map(); // chat id → the keyboard markup that was folded away
let drawnFor = null; // {chat, thread}

const keyOf = ({ chat, thread }) => `${chat}/${thread}`;
const field = () => byId("message-input");

/** Draws the foot of the chat: identity, quoted message, the field, and the reply keyboard. */
export function drawFoot() {
  const chat = openChat();
  if (!chat) return byId("foot").replaceChildren();
  const caret = document.activeElement === field() ? [field().selectionStart, field().selectionEnd] : null;
  const text = takeOver();
  const markup = chat.keyboard?.keyboard?.length ? chat.keyboard : null;
  const me = identity(chat);
  if (!me) return byId("foot").replaceChildren();
  if (isPrivate(chat) && hasBlocked(chat)) return byId("foot").replaceChildren(unblockButton(chat));
  if (isPrivate(chat) && !messagesOf(chat.id).size) return byId("foot").replaceChildren(startButton());
  const who_ = !isPrivate(chat) && who(chat, me);
  if (openTopic()?.is_closed && !mayManageTopics(chat)) return byId("foot").replaceChildren(who_, closedLine());
  byId("foot").replaceChildren(
    ...[who_, context() && contextLine(), writing(chat, markup, text)].filter(Boolean),
    ...(markup && folded.get(chat.id) !== markup ? [replyKeyboard(markup, keyActions(chat, markup))] : []),
  );
  grow();
  if (caret) {
    field().focus({ preventScroll: true });
    field().setSelectionRange(...caret);
  }
  return undefined;
}

/** What is written here: kept while one looks elsewhere, and taken along when the group moves. */
function takeOver() {
  const before = drawnFor;
  const written = field()?.value;
  drawnFor = { ...state.open };
  if (before && keyOf(before) === keyOf(drawnFor) && written !== undefined) return written;
  if (before && keyOf(before) !== keyOf(drawnFor)) {
    if (written !== undefined && context()?.kind !== "edit") drafts.set(keyOf(placeNow(before)), written);
    dropContext();
  }
  return drafts.get(keyOf(drawnFor)) ?? "";
}

function wide(label, testid, click) {
  return el("button", { type: "button", class: "start", "data-testid": testid, on: { click } }, label);
}

const startButton = () => wide(t("start"), "start", () => sendText("/start"));
const unblockButton = (chat) =>
  wide(t("unblock"), "unblock", () => api.block({ user_id: chat.id, blocked: false }).catch(failed));
const closedLine = () => el("p", { class: "shut", "data-testid": "topic-closed" }, t("topicClosed"));

function who(chat, me) {
  const marks = (member) => [isOfficer(member) && t("officer"), member.is_anonymous && t("anonymous")].filter(Boolean);
  const choices = peopleOf(chat).map((member) => {
    const mark = marks(member).join("، ");
    const label = mark ? `${fullName(member.user)} (${mark})` : fullName(member.user);
    return el("option", { value: member.user.id, selected: member.user.id === me?.id }, label);
  });
  const select = (event) => setIdentity(chat.id, Number(event.target.value));
  return el("label", { class: "identity" }, el("span", {}, t("actAs")), el("select", { "data-testid": "identity", on: { change: select } }, choices));
}

function contextLine() {
  const { kind, message } = context();
  const title = kind === "edit" ? t("editing") : t("replyTo", { name: nameOf(message) });
  return el(
    "div",
    { class: "context", "data-testid": "context" },
    el("span", { class: "lines" }, el("strong", {}, title), el("span", { class: "words", dir: "auto" }, summary(message))),
    iconButton("close", t("cancel"), () => setContext(null), { "data-testid": "cancel-context" }),
  );
}

function writing(chat, markup, text) {
  const input = el("textarea", {
    id: "message-input",
    "data-testid": "message-input",
    rows: 1,
    dir: "auto",
    placeholder: markup?.input_field_placeholder ?? t("message"),
    "aria-label": t("message"),
    on: { input: grow, keydown: keys, paste: (event) => paste(event, words) },
  });
  input.value = text;
  const hidden = markup && folded.get(chat.id) === markup;
  const fold = () => {
    if (hidden) folded.delete(chat.id);
    else folded.set(chat.id, markup);
    drawFoot();
  };
  const attach = (event) => attachMenu(chat, event.currentTarget, words);
  return el(
    "form",
    { class: "write", on: { submit } },
    commands(chat).length > 0 && iconSlash(),
    iconButton("attach", t("attach"), attach, { "data-testid": "attach", "aria-haspopup": "menu" }),
    input,
    markup && iconButton("keys", t(hidden ? "showKeys" : "hideKeys"), fold, { "aria-expanded": String(!hidden), "data-testid": "fold" }),
    iconButton("send", t("send"), () => {}, { type: "submit", class: "round send", "data-testid": "send" }),
  );
}

function iconSlash() {
  return el(
    "button",
    {
      type: "button",
      class: "round slash",
      "aria-label": t("commands"),
      title: t("commands"),
      "aria-haspopup": "menu",
      "data-testid": "commands",
      on: { click: (event) => commandMenu(event.currentTarget) },
    },
    el("span", { "aria-hidden": "true" }, "/"),
  );
}

/** The bot's commands in the language of whoever writes, as Telegram chooses them. */
function commands(chat) {
  const all = state.bot?.commands ?? {};
  const own = all[identity(chat)?.language_code] ?? [];
  return own.length ? own : (all[""] ?? []);
}

function commandMenu(anchor) {
  const items = commands(openChat()).map(({ command, description }) => ({
    label: `/${command}`,
    detail: description,
    testid: "command",
    choose: () => sendText(`/${command}`),
  }));
  menu(items, { anchor, label: t("commands") });
}

function grow() {
  const input = field();
  if (!input) return;
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, MAX_HEIGHT_PX)}px`;
}

function keys(event) {
  // Enter that only confirms a word of an input method must not send.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  else if (event.key === "Escape" && context()) setContext(null);
  else if (event.key === "/" && field().value === "" && commands(openChat()).length) {
    event.preventDefault();
    commandMenu(event.currentTarget);
  }
}

/** An edit brings the old words into the field and takes them out again; a reply leaves it alone. */
onContext((before) => {
  const input = field();
  if (!input) return;
  const now = context();
  if (now?.kind === "edit") input.value = now.message.text ?? now.message.caption ?? "";
  else if (before?.kind === "edit") input.value = "";
  drawFoot();
  field()?.focus();
});

export const replyTo = (message) => field() && setContext({ kind: "reply", message });
export const editMessage = (message) => field() && setContext({ kind: "edit", message });

/** What is written, for whoever sends it; after a failure it is given back, before what came since. */
const words = {
  take() {
    if (context()?.kind === "edit") return "";
    const text = field()?.value.trim() ?? "";
    words.put("");
    return text;
  },
  giveBack(text, place = state.open) {
    const now = keyOf(placeNow(place));
    if (now === keyOf(state.open)) words.put([text, field()?.value].filter(Boolean).join("\n"));
    else drafts.set(now, text);
  },
  put(text) {
    if (!field()) return;
    field().value = text;
    grow();
  },
};

async function submit(event) {
  event.preventDefault();
  const text = field().value.trim();
  const edited = context()?.kind === "edit" ? context() : null;
  if (!text && !edited?.message.caption) return;
  const place = { ...state.open };
  if (edited) setContext(null);
  words.put("");
  try {
    await (edited ? change(edited.message, text) : deliver({ text }));
  } catch (error) {
    // What was written is not lost with the connection.
    words.giveBack(text, place);
    failed(error);
  }
}

function keyActions(chat, markup) {
  const used = () => {
    if (!markup.one_time_keyboard) return;
    folded.set(chat.id, markup);
    drawFoot();
  };
  return {
    send: (text) => sendText(text).then(used),
    shareContact: () => shareContact(used),
    sharePlace: () => sharePlace().then(used, failed),
  };
}
