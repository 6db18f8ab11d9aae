// The people's side of the server: plain JSON, and one stream of events.

async function call(path, body) {
  const options = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const response = await fetch(`/client/${path}`, options);
  const answer = await response.json();
  if (!answer.ok) throw new Error(answer.description);
  return answer.result;
}

export const getChats = () => call("chats");
export const getMessages = (chatId) => call(`messages?chat_id=${chatId}`);
export const send = (body) => call("send", body);
export const edit = (body) => call("edit", body);
export const press = (body) => call("press", body);
export const createGroup = (body) => call("groups", body);
export const changeMember = (body) => call("members", body);
export const changeTopic = (body) => call("topics", body);
export const makePublic = (body) => call("public", body);
export const block = (body) => call("block", body);
export const migrate = (chatId) => call("migrate", { chat_id: chatId });
export const fileUrl = (fileId) => `/client/file?file_id=${encodeURIComponent(fileId)}`;

const RETRY_MS = 1000;

/**
 * Listens for events for as long as the page lives. onOpen runs at every (re)connection, so that
 * what was missed in between can be fetched; onClose when the connection is lost.
 */
export function listen({ onOpen, onClose, onEvent }) {
  const source = new EventSource("/client/events");
  source.addEventListener("open", onOpen);
  source.addEventListener("message", (message) => onEvent(JSON.parse(message.data)));
  source.addEventListener("error", () => {
    onClose();
    // The browser reconnects by itself after a dropped line, but gives up after a refusal.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => listen({ onOpen, onClose, onEvent }), RETRY_MS);
    }
  });
}
