// What goes out from the open chat, and the message that it answers or changes.
import * as api from "./api.js";
import { failed } from "./dialogs.js";
import { identity, openChat, placeNow, state } from "./state.js";

let current = null; // {kind: "reply" | "edit", message}
let listener = () => {};

/** The message that the next one answers or changes: {kind: "reply" | "edit", message}, or null. */
export const context = () => current;

export function setContext(next) {
  const before = current;
  current = next;
  if (before !== next) listener(before);
}

/** Forgets the context without a word: another chat is open, and drawn anew anyway. */
export const dropContext = () => {
  current = null;
};

/** listener(before) is called whenever the context has become another one. */
export const onContext = (wanted) => {
  listener = wanted;
};

/** Sends content to the open chat, as the answer to the message in the context if there is one. */
export async function deliver(content) {
  const answered = current?.kind === "reply" ? current : null;
  if (answered) setContext(null);
  const chat = openChat();
  const { chat: id, thread } = placeNow(state.open);
  const wish = { chat_id: id, from: identity(chat), ...content };
  if (thread) wish.thread_id = thread;
  // What was said before the group moved cannot be answered in its new place.
  if (answered && id === chat.id) wish.reply_to_message_id = answered.message.message_id;
  try {
    return await api.send(wish);
  } catch (error) {
    if (answered && !current && state.open.chat === chat.id) setContext(answered);
    throw error;
  }
}

export const sendText = (text) => deliver({ text }).catch(failed);

export function change(message, words) {
  const chat = openChat();
  const what = message.text === undefined ? { caption: words } : { text: words };
  return api.edit({ chat_id: chat.id, from: identity(chat), message_id: message.message_id, ...what });
}
