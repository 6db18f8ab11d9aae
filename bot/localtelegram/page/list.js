// The side with people and groups.
import { avatar, byId, el, fullName, icon, iconButton } from "./dom.js";
import { speaker } from "./bubbles.js";
import { serviceText, summary } from "./media.js";
import { groups, isPrivate, state, typingIn, unread } from "./state.js";
import { hasWord, shortMoment, t } from "./words.js";

/** Draws the bar over the list. on = {newPerson, newGroup, switchLanguage}. */
export function drawSideBar(on) {
  byId("side-bar").replaceChildren(
    el("h1", {}, t("chats")),
    el(
      "button",
      { type: "button", class: "plain", "data-testid": "language", "aria-label": t("languageLabel"), on: { click: on.switchLanguage } },
      t("language"),
    ),
    iconButton("person", t("newPerson"), on.newPerson, { "data-testid": "new-person" }),
    iconButton("group", t("newGroup"), on.newGroup, { "data-testid": "new-group" }),
  );
}

/** Draws all chats; open(chatId) is called for the chosen one. */
export function drawList(open) {
  const held = byId("chats").contains(document.activeElement) && document.activeElement.dataset.chatId;
  const people = newestFirst([...state.chats.values()].filter(isPrivate));
  byId("chats").setAttribute("aria-label", t("chats"));
  byId("chats").replaceChildren(
    ...section("people", people, open),
    ...section("groups", newestFirst(groups()), open),
  );
  if (held) byId("chats").querySelector(`[data-chat-id="${held}"]`)?.focus();
}

const newestFirst = (chats) => chats.sort((a, b) => (b.last_message?.date ?? 0) - (a.last_message?.date ?? 0));

function section(key, chats, open) {
  if (!chats.length) return [];
  const heading = el("h2", { id: `section-${key}` }, t(key));
  const rows = chats.map((chat) => el("li", {}, item(chat, open)));
  return [heading, el("ul", { role: "list", "aria-labelledby": heading.id }, rows)];
}

function item(chat, open) {
  const own = isPrivate(chat);
  const name = own ? fullName(state.people.get(chat.id) ?? { first_name: String(chat.id) }) : chat.title;
  const here = state.open.chat === chat.id;
  const count = here ? 0 : unread(chat);
  return el(
    "button",
    {
      type: "button",
      class: "item",
      "data-chat-id": chat.id,
      "aria-current": here && "true",
      on: { click: () => open(chat.id) },
    },
    avatar(chat.id, name, own ? "" : "square"),
    el(
      "span",
      { class: "lines" },
      el(
        "span",
        { class: "top" },
        !own && icon("group"),
        el("span", { class: "name", dir: "auto" }, name),
        chat.last_message && el("time", {}, shortMoment(chat.last_message.date)),
      ),
      el(
        "span",
        { class: "bottom" },
        preview(chat, own),
        count > 0 && el("span", { class: "count", "aria-label": t("unread", { n: count }) }, String(count)),
      ),
    ),
  );
}

function preview(chat, own) {
  const action = typingIn(chat.id);
  if (action) return el("span", { class: "words doing" }, doing(action));
  const last = chat.last_message;
  if (!last) return el("span", { class: "words" }, t(own ? "notStarted" : "empty"));
  const who = serviceText(last) ? "" : author(chat, last);
  return el("span", { class: "words" }, who && el("span", { class: "who" }, el("bdi", {}, who), ": "), el("bdi", {}, summary(last)));
}

/** Before whose words a name stands: in one's own chat only before one's own. */
function author(chat, message) {
  if (!isPrivate(chat)) return speaker(message).name;
  return message.from?.id === chat.id ? t("you") : "";
}

export const doing = (action) => t(hasWord(action) ? action : "typing");
