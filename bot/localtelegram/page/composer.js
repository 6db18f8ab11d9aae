// Where one writes: text, commands, attachments, replies and edits.
import * as api from "./api.js";
import { byId, el, fullName, iconButton } from "./dom.js";
import { failed, form, menu } from "./dialogs.js";
import { replyKeyboard } from "./keyboard.js";
import { nameOf } from "./log.js";
import { summary } from "./media.js";
import { identity, isOfficer, isPrivate, messagesOf, openChat, peopleOf, setIdentity, state } from "./state.js";
import { t } from "./words.js";

const MAX_FILE_BYTES = 20 * 1024 * 1024;
const MAX_HEIGHT_PX = 160;
const UMAYYAD_SQUARE = { latitude: 33.5138, longitude: 36.2765 };

let context = null; // {kind: "reply" | "edit", message}
const drafts = new Map(); // chat/thread → text
const folded = new Map(); // chat id → the keyboard markup that was folded away
let drawnFor = "";

const placeKey = () => `${state.open.chat}/${state.open.thread}`;
const field = () => byId("message-input");

/** Draws the foot of the chat: identity, quoted message, the field, and the reply keyboard. */
export function drawFoot() {
  const chat = openChat();
  if (!chat) return byId("foot").replaceChildren();
  const focused = document.activeElement === field();
  if (drawnFor && drawnFor !== placeKey()) {
    drafts.set(drawnFor, field()?.value ?? "");
    context = null;
  }
  const text = drawnFor === placeKey() ? (field()?.value ?? "") : (drafts.get(placeKey()) ?? "");
  drawnFor = placeKey();
  const markup = chat.keyboard?.keyboard?.length ? chat.keyboard : null;
  const me = identity(chat);
  if (!me) return byId("foot").replaceChildren();
  if (isPrivate(chat) && !messagesOf(chat.id).size) return byId("foot").replaceChildren(startButton());
  byId("foot").replaceChildren(
    ...[!isPrivate(chat) && who(chat, me), context && contextLine(), writing(chat, markup, text)].filter(Boolean),
    ...(markup && folded.get(chat.id) !== markup ? [replyKeyboard(markup, keyActions(chat, markup))] : []),
  );
  grow();
  if (focused) field().focus({ preventScroll: true });
  return undefined;
}

function startButton() {
  return el(
    "button",
    { type: "button", class: "start", "data-testid": "start", on: { click: () => sendText("/start") } },
    t("start"),
  );
}

function who(chat, me) {
  const marks = (member) => [isOfficer(member) && t("officer"), member.is_anonymous && t("anonymous")].filter(Boolean);
  const choices = peopleOf(chat).map((member) => {
    const mark = marks(member).join("، ");
    const label = mark ? `${fullName(member.user)} (${mark})` : fullName(member.user);
    return el("option", { value: member.user.id, selected: member.user.id === me?.id }, label);
  });
  const change = (event) => setIdentity(chat.id, Number(event.target.value));
  return el("label", { class: "identity" }, el("span", {}, t("actAs")), el("select", { "data-testid": "identity", on: { change } }, choices));
}

function contextLine() {
  const { kind, message } = context;
  const title = kind === "edit" ? t("editing") : t("replyTo", { name: nameOf(message) });
  return el(
    "div",
    { class: "context", "data-testid": "context" },
    el("span", { class: "lines" }, el("strong", {}, title), el("span", { class: "words", dir: "auto" }, summary(message))),
    iconButton("close", t("cancel"), () => setContext(null)),
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
    on: { input: grow, keydown: keys, paste },
  });
  input.value = text;
  const hidden = markup && folded.get(chat.id) === markup;
  const fold = () => {
    if (hidden) folded.delete(chat.id);
    else folded.set(chat.id, markup);
    drawFoot();
  };
  return el(
    "form",
    { class: "write", on: { submit } },
    commands(chat).length > 0 && iconSlash(),
    iconButton("attach", t("attach"), (event) => attachMenu(chat, event.currentTarget), { "data-testid": "attach", "aria-haspopup": "menu" }),
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
  else if (event.key === "Escape" && context) setContext(null);
  else if (event.key === "/" && field().value === "" && commands(openChat()).length) {
    event.preventDefault();
    commandMenu(event.currentTarget);
  }
}

function setContext(next) {
  context = next;
  if (next?.kind === "edit") field().value = next.message.text;
  else if (!next) field().value = "";
  drawFoot();
  field()?.focus();
}

export const replyTo = (message) => field() && setContext({ kind: "reply", message });
export const editMessage = (message) => setContext({ kind: "edit", message });

async function submit(event) {
  event.preventDefault();
  const text = field().value.trim();
  if (!text) return;
  const { kind, message } = context ?? {};
  const chat = openChat();
  field().value = "";
  context = null;
  drawFoot();
  try {
    if (kind === "edit") {
      await api.edit({ chat_id: chat.id, from: identity(chat), message_id: message.message_id, text });
    } else {
      await deliver({ text, reply_to: message?.message_id });
    }
  } catch (error) {
    // What was written is not lost with the connection.
    field().value = text;
    failed(error);
  }
}

function deliver(content) {
  const chat = openChat();
  return api.send({
    chat_id: chat.id,
    from: identity(chat),
    ...(state.open.thread ? { thread_id: state.open.thread } : {}),
    ...content,
  });
}

export const sendText = (text) => deliver({ text }).catch(failed);

function keyActions(chat, markup) {
  const used = () => {
    if (!markup.one_time_keyboard) return;
    folded.set(chat.id, markup);
    drawFoot();
  };
  return {
    send: (text) => sendText(text).then(used),
    shareContact: () => shareContact(used),
    sharePlace: () => deliver({ location: UMAYYAD_SQUARE }).then(used, failed),
  };
}

const EASTERN = "٠١٢٣٤٥٦٧٨٩";

/** Asks which number to share; the prefilled one is marked as a demo and belongs to nobody. */
function shareContact(done) {
  const me = identity(openChat());
  form({
    title: t("shareTitle"),
    text: t("shareWhy"),
    testid: "contact-dialog",
    fields: [{ name: "phone", label: t("phone"), value: t("demoPhone") }],
    action: t("share"),
    submit: async ({ phone }) => {
      const digits = phone.replace(/[٠-٩]/g, (digit) => EASTERN.indexOf(digit)).replace(/\D/g, "");
      await deliver({ contact: { phone_number: digits, first_name: me.first_name, user_id: me.id } });
      done();
    },
  });
}

function attachMenu(chat, anchor) {
  const items = [
    { label: t("photo"), icon: "photo", testid: "attach-photo", choose: () => pickFile("photo", "image/*") },
    { label: t("file"), icon: "file", testid: "attach-document", choose: () => pickFile("document", "") },
    { label: t("voice"), icon: "voice", testid: "attach-voice", choose: () => pickFile("voice", "audio/*") },
    { label: t("place"), icon: "place", choose: () => deliver({ location: UMAYYAD_SQUARE }).catch(failed) },
    { label: `${t("sticker")} 👍`, icon: "smile", choose: () => deliver({ sticker: { emoji: "👍" } }).catch(failed) },
  ];
  if (isPrivate(chat)) items.push({ label: t("shareContact"), icon: "phone", choose: () => shareContact(() => {}) });
  menu(items, { anchor, label: t("attach") });
}

function pickFile(kind, accept) {
  const picker = el("input", { type: "file", accept, class: "offscreen", "data-testid": "file-picker" });
  picker.addEventListener("change", () => sendFile(kind, picker.files[0]).finally(() => picker.remove()));
  picker.addEventListener("cancel", () => picker.remove());
  document.body.append(picker);
  picker.click();
}

function paste(event) {
  const file = [...event.clipboardData.files][0];
  if (!file) return;
  event.preventDefault();
  sendFile(file.type.startsWith("image/") ? "photo" : "document", file);
}

async function sendFile(kind, file) {
  try {
    if (file.size > MAX_FILE_BYTES) throw new Error(t("tooBig"));
    const data = await base64(file);
    await deliver({ [kind]: { file_name: file.name, mime_type: file.type || "application/octet-stream", data } });
  } catch (error) {
    failed(error);
  }
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
