// Buttons: under bubbles (inline) and under the composer (reply).
import * as api from "./api.js";
import { copyText, el, icon } from "./dom.js";
import { alertBox, failed, toast } from "./dialogs.js";
import { botName, identity } from "./state.js";
import { link } from "./entities.js";
import { t } from "./words.js";

// A press that nobody answers stops spinning by itself, as in the app.
const GIVE_UP_MS = 15_000;
const EARLY_KEPT = 50;

const waiting = new Map(); // callback query id → button
const early = new Map(); // answers that arrived before the press was acknowledged

/** Rows as they were sent. Telegram does not mirror keyboards for Arabic, so neither do we. */
export function inlineKeyboard(chat, message, on) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el(
    "div",
    { class: "inline", role: "group" },
    rows.map((row) => el("div", { class: "keys" }, row.map((button) => inlineButton(chat, message, button, on)))),
  );
}

function inlineButton(chat, message, button, on) {
  const label = el("span", { class: "label", dir: "auto" }, button.text);
  if (button.url) {
    const node = link(button.url, [label, icon("link")], on);
    node.classList.add("key");
    node.classList.remove("word");
    return node;
  }
  const copied = button.copy_text?.text;
  const act = copied === undefined ? pressed : copy;
  return el(
    "button",
    {
      type: "button",
      class: "key",
      "data-testid": "inline-button",
      "data-callback": button.callback_data,
      disabled: button.callback_data === undefined && copied === undefined,
      on: { click: (event) => act(event.currentTarget) },
    },
    label,
    copied !== undefined && icon("copy"),
    el("span", { class: "spinner" }),
  );

  async function copy() {
    await copyText(copied);
    toast(t("copied"));
  }

  function pressed(node) {
    return pressButton(node, { chat_id: chat.id, from: identity(chat), message_id: message.message_id, data: button.callback_data });
  }
}

async function pressButton(node, body) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  try {
    const { callback_query_id: id } = await api.press(body);
    waiting.set(id, node);
    setTimeout(() => settle(id), GIVE_UP_MS);
    const answer = early.get(id);
    if (answer) callbackAnswered(answer);
  } catch (error) {
    node.removeAttribute("aria-busy");
    failed(error);
  }
}

function settle(id) {
  waiting.get(id)?.removeAttribute("aria-busy");
  return waiting.delete(id);
}

/** An answer to a press: ends the spinner and shows its text. Answers to other windows' presses are ignored. */
export function callbackAnswered(event) {
  const id = event.callback_query_id;
  if (!settle(id)) {
    early.set(id, event);
    if (early.size > EARLY_KEPT) early.delete(early.keys().next().value);
    return;
  }
  early.delete(id);
  if (!event.text) return;
  if (event.show_alert) alertBox(botName(), event.text);
  else toast(event.text);
}

/** The keyboard under the composer. send(text) and shareContact() and sharePlace() do what a key asks. */
export function replyKeyboard(markup, { send, shareContact, sharePlace }) {
  const act = (button) => {
    if (button.request_contact) return shareContact();
    if (button.request_location) return sharePlace();
    return send(button.text ?? button);
  };
  return el(
    "div",
    { class: "reply-keys", "data-testid": "reply-keyboard" },
    markup.keyboard.map((row) =>
      el(
        "div",
        { class: "keys" },
        row.map((button) =>
          el(
            "button",
            { type: "button", class: "key", "data-testid": "reply-button", on: { click: () => act(button) } },
            button.request_contact && icon("phone"),
            el("span", { class: "label", dir: "auto" }, button.text ?? button),
          ),
        ),
      ),
    ),
  );
}
