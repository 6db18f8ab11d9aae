// One message → one row of the log.
import { avatar, el, fullName, icon, iconButton } from "./dom.js";
import { endsAsItBegins, richText } from "./entities.js";
import { inlineKeyboard } from "./keyboard.js";
import { attachment, serviceText, summary } from "./media.js";
import { isPrivate } from "./state.js";
import { clock, t } from "./words.js";

/** Who speaks: a person, the bot, or a chat speaking for its anonymous administrator. */
export function speaker(message) {
  if (message.sender_chat) return { id: message.sender_chat.id, name: message.sender_chat.title ?? t("anonymous") };
  return { id: message.from?.id ?? 0, name: message.from ? fullName(message.from) : "" };
}

/**
 * The row of a message. place = {chat, own, first, last}: first and last of a run of messages by
 * one speaker. on = {command, deepLink, options(message, at), reply(message), jump(id)}.
 */
export function bubbleRow(message, place, on) {
  const service = serviceText(message);
  const props = { class: "row", "data-message-id": message.message_id, tabindex: -1 };
  if (service) {
    return el("article", { ...props, class: "row service" }, el("span", { class: "pill" }, service));
  }
  const { chat, own, first, last } = place;
  const who = speaker(message);
  const incomingInGroup = !isPrivate(chat) && !own;
  const classes = ["row", own ? "own" : "other", first && "first", last && "last"].filter(Boolean).join(" ");
  return el(
    "article",
    { ...props, class: classes, "aria-label": own ? t("you") : who.name },
    incomingInGroup && (last ? avatar(who.id, who.name, "small") : el("span", { class: "avatar small none" })),
    el(
      "div",
      { class: "stack" },
      el("div", { class: "line" }, bubble(message, { ...place, who, named: incomingInGroup && first }, on), acts(message, on)),
      inlineKeyboard(chat, message, on),
    ),
  );
}

/** What can be done with a message, beside it: seen under the pointer, in focus, and on a phone. */
function acts(message, on) {
  const show = (event) => on.options(message, { anchor: event.currentTarget });
  return el(
    "div",
    { class: "acts" },
    iconButton("reply", t("reply"), () => on.reply(message), { tabindex: -1, "data-testid": "reply" }),
    iconButton("down", t("options"), show, { class: "round more", tabindex: -1, "aria-haspopup": "menu", "data-testid": "options" }),
  );
}

function bubble(message, { named, who, own }, on) {
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities;
  const media = attachment(message);
  const inline = text !== "" && endsAsItBegins(text, entities);
  const bare = (message.sticker || message.photo) && !text;
  const kind = ["bubble", inline ? "time-inline" : "time-below", bare && "bare"].filter(Boolean).join(" ");
  const content = [
    named && el("bdi", { class: `speaker ink-${Math.abs(who.id) % 7}` }, who.name),
    message.reply_to_message && quoted(message, on),
    media && el("div", { class: "media", dir: "auto" }, media),
    text && richText(text, entities, on),
    inline && el("span", { class: changedByHand(message) ? "gap wide" : "gap", "aria-hidden": "true" }),
  ];
  return el(
    "div",
    { class: kind, on: bubbleGestures(message, on) },
    el("div", { class: "text", dir: "auto" }, content),
    reactions(message),
    meta(message, own),
  );
}

// What handles its own taps: the bubble's menu must not open over it.
const ACTIVE = "a, button, code, pre, audio, video, .spoiler:not(.shown)";

function bubbleGestures(message, on) {
  return {
    contextmenu: (event) => {
      event.preventDefault();
      on.options(message, { x: event.clientX, y: event.clientY });
    },
    dblclick: () => on.reply(message),
    click: (event) => {
      const touch = event.pointerType === "touch";
      if (touch && !event.target.closest(ACTIVE)) on.options(message, { x: event.clientX, y: event.clientY });
    },
  };
}

function quoted(message, on) {
  const other = message.reply_to_message;
  // In a topic every message answers the one that opened it; people do not see that as a reply.
  if (other.forum_topic_created) return null;
  const who = speaker(other);
  return el(
    "button",
    { type: "button", class: `quote ink-${Math.abs(who.id) % 7}`, "data-testid": "quote", on: { click: () => on.jump(other.message_id) } },
    el("bdi", { class: "speaker" }, who.name),
    el("span", { class: "words", dir: "auto" }, message.quote?.text ?? summary(other)),
  );
}

/** Bots rewrite their messages at every press: the app marks only people's edits. */
const changedByHand = (message) => Boolean(message.edit_date) && !(message.from?.is_bot && !message.sender_chat);

function reactions(message) {
  const given = (message.reactions ?? []).map((one) => one.emoji ?? one.type?.emoji).filter(Boolean);
  if (!given.length) return null;
  return el("div", { class: "reactions", "data-testid": "reactions" }, given.map((emoji) => el("span", {}, emoji)));
}

function meta(message, own) {
  return el(
    "span",
    { class: "meta" },
    changedByHand(message) && el("span", { class: "edited" }, t("edited")),
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date)),
    own && el("span", { class: "tick", title: t("sent") }, icon("check")),
  );
}
