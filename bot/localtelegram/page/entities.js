// Text with entities → nodes. Offsets are UTF-16 units, as in JavaScript strings.
import { copyText, el, icon } from "./dom.js";
import { toast } from "./dialogs.js";
import { t } from "./words.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };
const SAFE_LINK = /^(https?|mailto|tel):/i;

/**
 * Draws text. on = {command(text), deepLink(payload)} hear of taps on commands and on links that
 * start the bot.
 */
export function richText(text, entities, on) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return stretch(text, 0, text.length, sorted, on);
}

function stretch(text, from, to, entities, on) {
  const nodes = [];
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const end = Math.min(entity.offset + entity.length, to);
    let next = index + 1;
    while (next < entities.length && entities[next].offset < end) next += 1;
    if (entity.offset >= at) {
      if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
      const inner = stretch(text, entity.offset, end, entities.slice(index + 1, next), on);
      nodes.push(dressed(entity, text.slice(entity.offset, end), inner, on));
      at = end;
      // A block already ends its line: the line break after it would draw an empty one.
      if (BLOCKS.has(entity.type) && text[at] === "\n") at += 1;
    }
    index = next;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function dressed(entity, raw, inner, on) {
  if (PLAIN[entity.type]) return el(PLAIN[entity.type], {}, inner);
  switch (entity.type) {
    case "code":
      return copyable(el("code", { dir: "auto" }, inner), raw);
    case "pre":
      return copyable(el("pre", { dir: "auto", "data-language": entity.language }, inner), raw);
    case "blockquote":
      return el("blockquote", { dir: "auto" }, inner);
    case "expandable_blockquote":
      return expandable(inner);
    case "spoiler":
      return spoiler(inner);
    case "text_link":
      return link(entity.url, inner, on);
    case "url":
      return link(/^\w+:/.test(raw) ? raw : `https://${raw}`, inner, on);
    case "email":
      return link(`mailto:${raw}`, inner, on);
    case "phone_number":
      return link(`tel:${raw}`, inner, on);
    case "bot_command":
      return el("button", { type: "button", class: "word", dir: "ltr", on: { click: () => on.command(raw) } }, inner);
    case "mention":
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return el("span", { class: "word" }, inner);
    default:
      return el("span", {}, inner);
  }
}

function activate(node, action) {
  node.addEventListener("click", action);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    action(event);
  });
}

function copyable(node, raw) {
  node.tabIndex = 0;
  node.title = t("copy");
  activate(node, async () => {
    await copyText(raw);
    toast(t("copied"));
  });
  return node;
}

function spoiler(inner) {
  const hidden = el("span", { class: "hidden-words", "aria-hidden": "true" }, inner);
  const node = el("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": t("spoiler") }, hidden);
  activate(node, () => {
    if (node.classList.contains("shown")) return;
    node.classList.add("shown");
    node.removeAttribute("role");
    node.removeAttribute("aria-label");
    node.removeAttribute("tabindex");
    hidden.removeAttribute("aria-hidden");
  });
  return node;
}

function expandable(inner) {
  const toggle = el("button", { type: "button", class: "unfold", "aria-expanded": "false", "aria-label": t("more") }, icon("down"));
  const quote = el("blockquote", { dir: "auto", class: "expandable" }, el("div", { class: "folded" }, inner), toggle);
  toggle.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.setAttribute("aria-label", t(open ? "less" : "more"));
  });
  return quote;
}

/** A link; one to a bot with ?start= stays on this page. Anything but the web, mail and phone is plain text. */
export function link(address, inner, on) {
  const start = /^(?:https?:\/\/)?t\.me\/\w+\?start=([\w-]*)$/.exec(address);
  if (start) {
    return el("button", { type: "button", class: "word", on: { click: () => on.deepLink(start[1]) } }, inner);
  }
  if (!SAFE_LINK.test(address)) return el("span", {}, inner);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: address }, inner);
}

const RIGHT = /[\u0591-\u07ff\u08a0-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc]/;
const LETTER = /\p{L}/u;

/** "rtl", "ltr" or "" by the first letter of a line. */
export function directionOf(line) {
  const letter = LETTER.exec(line)?.[0];
  if (!letter) return "";
  return RIGHT.test(letter) ? "rtl" : "ltr";
}

/** True if the time may stand at the end of the last line: it runs the way the bubble does. */
export function endsAsItBegins(text, entities) {
  const last = text.slice(text.lastIndexOf("\n") + 1);
  const block = (entities ?? []).some((e) => BLOCKS.has(e.type) && e.offset + e.length >= text.length);
  return !block && directionOf(last) !== "" && directionOf(last) === directionOf(text);
}
