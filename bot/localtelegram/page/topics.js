// The topics of a forum: tabs over the log, and a list in which they are opened, closed and removed.
import * as api from "./api.js";
import { byId, el } from "./dom.js";
import { dialog, failed } from "./dialogs.js";
import { identity, mayManageTopics, state, unread } from "./state.js";
import { t } from "./words.js";

const all = (chat) => [{ message_thread_id: 0, name: t("general") }, ...(chat.topics ?? [])];

let shown = ""; // the topic whose tab was last brought into sight

/** Draws the tabs of a forum; open(thread) is called for the chosen one. */
export function drawTopics(chat, open) {
  const bar = byId("topics");
  bar.hidden = !chat.is_forum;
  if (!chat.is_forum) return bar.replaceChildren();
  const held = bar.contains(document.activeElement);
  bar.setAttribute("aria-label", t("topics"));
  bar.replaceChildren(...all(chat).map((topic) => tab(chat, topic, open)));
  const here = bar.querySelector('[aria-selected="true"]');
  if (held) here?.focus();
  const place = `${chat.id}/${state.open.thread}`;
  if (place !== shown) here?.scrollIntoView({ block: "nearest", inline: "nearest" });
  shown = place;
  return undefined;
}

function tab(chat, topic, open) {
  const id = topic.message_thread_id;
  const here = state.open.thread === id;
  const count = here ? 0 : unread(chat, id);
  return el(
    "button",
    {
      type: "button",
      role: "tab",
      "aria-selected": String(here),
      "aria-controls": "log",
      tabindex: here ? 0 : -1,
      "data-thread-id": id,
      on: { click: () => open(id) },
    },
    el("bdi", {}, topic.name),
    topic.is_closed && el("span", { class: "quiet" }, `(${t("closed")})`),
    counter(count),
  );
}

const counter = (count) =>
  count > 0 && el("span", { class: "count", "aria-label": t("unread", { n: count }) }, String(count));

/** Arrow keys walk along the tabs; open(thread) is called for the one arrived at. */
export function walkTopics(event, open) {
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const step = { [forward]: 1, [backward]: -1 }[event.key];
  if (!step) return;
  const tabs = [...event.currentTarget.children];
  const at = tabs.indexOf(document.activeElement);
  open(Number(tabs[(at + step + tabs.length) % tabs.length].dataset.threadId));
  byId("topics").querySelector('[aria-selected="true"]').focus();
}

/** A dialog with every topic and its state; returns what draws it anew. */
export function topicList(chat, open) {
  const content = el("div", { class: "members" });
  const box = dialog(t("topics"), content, { "data-testid": "topic-list" });
  const choose = (thread) => {
    box.close();
    open(thread);
  };
  const act = (wish) => api.changeTopic({ chat_id: chat.id, from: identity(chat), ...wish }).catch(failed);
  const draw = () => {
    if (!box.isConnected) return;
    const now = state.chats.get(chat.id) ?? chat;
    const manages = mayManageTopics(now);
    const name = content.querySelector("input")?.value ?? "";
    const held = content.contains(document.activeElement) && document.activeElement.closest("[data-topic-id]")?.dataset.topicId;
    content.replaceChildren(
      el("ul", { role: "list" }, all(now).map((topic) => row(now, topic, manages, { choose, act }))),
      ...(manages ? [newTopic(name, act)] : []),
      el("div", { class: "choices" }, plain(t("close"), () => box.close())),
    );
    if (held) content.querySelector(`[data-topic-id="${held}"] button`)?.focus();
  };
  draw();
  return draw;
}

const plain = (label, click, testid) =>
  el("button", { type: "button", class: "plain", "data-testid": testid, on: { click } }, label);

function row(chat, topic, manages, { choose, act }) {
  const id = topic.message_thread_id;
  const does = (deed) => () => act({ thread_id: id, do: deed });
  const turn = topic.is_closed ? "reopen" : "close";
  return el(
    "li",
    { "data-topic-id": id },
    el(
      "button",
      { type: "button", class: "lines", "data-testid": "topic-open", "aria-current": state.open.thread === id && "true", on: { click: () => choose(id) } },
      el("span", { class: "name", dir: "auto" }, topic.name),
      el("span", { class: "quiet", "data-testid": "topic-state" }, t(topic.is_closed ? "closed" : "opened")),
    ),
    counter(unread(chat, id)),
    manages && id > 0 && plain(t(`${turn}Topic`), does(turn), `topic-${turn}`),
    manages && id > 0 && plain(t("deleteTopic"), does("delete"), "topic-delete"),
  );
}

function newTopic(name, act) {
  const input = el("input", { "aria-label": t("newTopic"), placeholder: t("newTopic"), required: true, dir: "auto", autocomplete: "off", "data-testid": "topic-name" });
  input.value = name;
  const submit = async (event) => {
    event.preventDefault();
    const wanted = input.value.trim();
    input.value = "";
    await act({ do: "create", name: wanted });
  };
  const button = el("button", { type: "submit", class: "plain", "data-testid": "topic-create" }, t("create"));
  return el("form", { class: "joining", on: { submit } }, input, button);
}
