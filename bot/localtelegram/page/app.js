// Puts the page together: what is open, what is drawn when, and where addresses lead.
import * as api from "./api.js";
import { avatar, byId, el, fullName, icon, iconButton } from "./dom.js";
import { drawFoot, editMessage, replyTo } from "./composer.js";
import { failed, menu } from "./dialogs.js";
import { callbackAnswered } from "./keyboard.js";
import { doing, drawList, drawSideBar } from "./list.js";
import { drawLog, wireLog } from "./log.js";
import { recall, remember } from "./memory.js";
import { groupInfo, newGroup, newPerson } from "./people.js";
import { sendText } from "./sending.js";
import {
  apply, botName, changed, firstCitizen, groups, hasBlocked, identity, inOrder, isPrivate, markRead, meetVisitor, messagesOf,
  onChange, openChat, peopleOf, refresh, setIdentity, state, threadOf, typingIn, unread,
} from "./state.js";
import { drawTopics, topicList, walkTopics } from "./topics.js";
import { dressDocument, interfaceLanguage, setInterfaceLanguage, t } from "./words.js";

let redrawDialog = null;

function open(chatId, { thread, person, quietly } = {}) {
  const chat = state.chats.get(chatId);
  if (person && chat && !isPrivate(chat)) setIdentity(chatId, person);
  state.open = { chat: chatId, thread: thread ?? newestThread(chat) };
  document.body.dataset.screen = "chat";
  if (!quietly) history.pushState(null, "", address());
  changed("all");
  // On a phone the keyboard must not jump up; at a desk one wants to write at once.
  if (matchMedia("(min-width: 760px) and (hover: hover)").matches) byId("message-input")?.focus();
}

/** A forum opens where something happened last, so that a new card is seen. */
function newestThread(chat) {
  const last = chat && [...messagesOf(chat.id).values()].at(-1);
  return last ? threadOf(chat, last) : 0;
}

function address() {
  const chat = openChat();
  const query = new URLSearchParams({ person: identity(chat)?.id ?? chat.id, chat: chat.id });
  const lang = new URLSearchParams(location.search).get("lang");
  if (lang) query.set("lang", interfaceLanguage());
  return `?${query}`;
}

function showList() {
  document.body.dataset.screen = "list";
  history.pushState(null, "", "#list");
  byId("chats").querySelector("[aria-current]")?.focus();
}

/** Opens what the address names, or a citizen's chat. */
function route() {
  const query = new URLSearchParams(location.search);
  const person = Number(query.get("person")) || null;
  const wanted = Number(query.get("chat")) || person;
  if (person && !state.people.has(person)) meetVisitor(person);
  const known = state.chats.has(wanted);
  open(known ? wanted : firstCitizen(), { person: known ? person : null, quietly: true });
  if (location.hash === "#list") document.body.dataset.screen = "list";
}

// Drawing

function drawAll() {
  if (state.open.chat === null) return undefined;
  if (!openChat()) return open(firstCitizen(), { quietly: true });
  byId("mark").textContent = t("mark");
  byId("skip").textContent = t("skip");
  byId("down").replaceChildren(icon("down"));
  byId("down").setAttribute("aria-label", t("unreadBelow"));
  drawSideBar({ newPerson: () => newPerson(open), newGroup: () => newGroup(open), switchLanguage });
  drawBanner();
  drawStrip();
  drawChat();
  redrawDialog?.();
  return undefined;
}

function drawChat() {
  const chat = openChat();
  drawHeader(chat);
  drawTopics(chat, openTopic);
  drawFoot();
  drawLog();
  if (document.visibilityState === "visible") markRead(chat, state.open.thread);
  drawList(open);
  const total = [...state.chats.values()].reduce((sum, one) => sum + unread(one), 0);
  document.title = total ? `(${total}) ${botName()}` : botName();
}

function drawHeader(chat) {
  const own = isPrivate(chat);
  const name = own ? botName() : chat.title;
  const info = () => { redrawDialog = groupInfo(chat); };
  const list = () => { redrawDialog = topicList(chat, openTopic); };
  byId("chat-bar").replaceChildren(
    iconButton("back", t("back"), showList, { class: "round back", "data-testid": "back" }),
    avatar(own ? (state.bot?.id ?? 0) : chat.id, name, own ? "" : "square"),
    el("div", { class: "lines" }, el("h2", { class: "name", dir: "auto" }, name), el("p", { class: "quiet", id: "status" }, status(chat))),
    ...(chat.is_forum ? [iconButton("topics", t("topics"), list, { "data-testid": "topics" })] : []),
    own ? personMenu(chat) : iconButton("info", t("groupInfo"), info, { "data-testid": "info" }),
  );
}

/** What a citizen can do about the bot: leave it alone for good. */
function personMenu(chat) {
  const item = { label: t("block"), icon: "close", testid: "block", choose: () => api.block({ user_id: chat.id }).catch(failed) };
  const show = (event) => menu([item], { anchor: event.currentTarget, label: t("more_") });
  const hidden = !state.bot || hasBlocked(chat) || !messagesOf(chat.id).size;
  return iconButton("menu", t("more_"), show, { "data-testid": "person-menu", "aria-haspopup": "menu", hidden });
}

const openTopic = (thread) => open(state.open.chat, { thread });

function status(chat) {
  if (!state.online) return t("offline");
  const action = typingIn(chat.id);
  if (action) return doing(action);
  if (!isPrivate(chat)) return t("members", { n: peopleOf(chat).length });
  if (!state.bot) return t("noBot");
  return `${t("bot")} · ${t("youAre", { name: fullName(identity(chat)) })}`;
}

/** One line that says who one is and leads to the other side. */
function drawStrip() {
  const strip = byId("strip");
  const chat = openChat();
  const busiest = groups().sort((a, b) => (b.last_message?.date ?? 0) - (a.last_message?.date ?? 0))[0];
  const target = isPrivate(chat) ? busiest : state.chats.get(recall("citizen", null)) ?? state.chats.get(firstCitizen());
  if (isPrivate(chat)) remember("citizen", chat.id);
  strip.hidden = !target || recall("hintHidden", false);
  if (strip.hidden) return strip.replaceChildren();
  const name = isPrivate(target) ? fullName(state.people.get(target.id)) : target.title;
  const hide = () => {
    remember("hintHidden", true);
    drawStrip();
  };
  return strip.replaceChildren(
    el("span", {}, t(isPrivate(chat) ? "hintCitizen" : "hintOffice")),
    el("button", { type: "button", class: "word", "data-testid": "hint-link", on: { click: () => open(target.id) } }, el("bdi", {}, name)),
    iconButton("close", t("hideHint"), hide),
  );
}

function drawBanner() {
  const banner = byId("banner");
  banner.hidden = !state.banner;
  banner.dataset.level = state.banner?.level ?? "";
  banner.textContent = state.banner?.text[interfaceLanguage()] ?? "";
}

function switchLanguage() {
  setInterfaceLanguage(interfaceLanguage() === "ar" ? "en" : "ar");
  if (new URLSearchParams(location.search).has("lang")) history.replaceState(null, "", address());
  changed("all");
}

// Changes

function react(kind, chatId) {
  if (state.open.chat === null) return;
  const here = chatId === state.open.chat;
  if (kind === "all") drawAll();
  else if (kind === "banner") drawBanner();
  else if (kind === "keyboard" && here) drawFoot();
  else if (kind === "typing") {
    if (here) byId("status").textContent = status(openChat());
    drawList(open);
  } else if (kind === "messages") {
    if (here) drawHere();
    else drawList(open);
    if (!here && isPrivate(openChat())) drawStrip();
  }
}

/** A message in the open chat. The composer stays as it is, but for the first message of a chat. */
function drawHere() {
  const chat = openChat();
  if (!byId("message-input")) drawFoot();
  byId("status").textContent = status(chat);
  drawTopics(chat, openTopic);
  drawLog();
  if (document.visibilityState === "visible") markRead(chat, state.open.thread);
  drawList(open);
}

async function connected() {
  state.online = true;
  try {
    await refresh({ withMessages: true });
    if (state.open.chat === null) route();
  } catch (error) {
    failed(error);
  }
}

function disconnected() {
  state.online = false;
  if (state.loaded) byId("status").textContent = t("offline");
  else byId("log").replaceChildren(el("div", { class: "row service" }, el("span", { class: "pill" }, t("waiting"))));
}

dressDocument();
byId("mark").textContent = t("mark");
onChange(react);
byId("topics").addEventListener("keydown", (event) => walkTopics(event, openTopic));
wireLog({
  command: sendText,
  reply: replyTo,
  edit: editMessage,
  deepLink: (payload) => {
    const me = identity(openChat());
    if (!isPrivate(openChat())) open(me.id);
    sendText(`/start ${payload}`.trim());
  },
});
addEventListener("popstate", () => state.loaded && route());
document.addEventListener("visibilitychange", () => state.loaded && drawChat());

api.listen({
  onOpen: connected,
  onClose: disconnected,
  onEvent: (event) => inOrder(() => apply(event, callbackAnswered)).catch(failed),
});
