// What a message carries besides text, and its one-line summary for lists and quotes.
import { fileUrl } from "./api.js";
import { el, fullName, icon } from "./dom.js";
import { viewer } from "./dialogs.js";
import { t } from "./words.js";

const PREVIEW_UNITS = 120;

/** The node for a message's document, picture, sound, contact, place or sticker; null without one. */
export function attachment(message) {
  if (message.photo) return photo(message);
  if (message.voice) return sound(message.voice);
  if (message.audio) return [el("p", { class: "quiet" }, el("bdi", {}, titleOf(message.audio))), sound(message.audio)];
  if (message.video) return film(message.video);
  if (message.document) return file(message.document);
  if (message.contact) return contact(message.contact);
  if (message.location) return place(message.location, message.venue);
  if (message.poll) return poll(message.poll);
  if (message.sticker) return el("div", { class: "sticker" }, message.sticker.emoji ?? t("sticker"));
  return null;
}

function photo(message) {
  const address = fileUrl(message.photo.at(-1).file_id);
  const caption = message.caption ?? t("photo");
  return el(
    "button",
    { type: "button", class: "photo", "aria-label": `${t("open")}: ${caption}`, on: { click: () => viewer(address, caption) } },
    el("img", { src: address, alt: "" }),
  );
}

function file(document_) {
  const name = document_.file_name ?? t("file");
  const details = [size(document_.file_size), name.split(".").at(-1).toUpperCase()].filter(Boolean).join(" · ");
  return el(
    "a",
    { class: "file", href: fileUrl(document_.file_id), target: "_blank", rel: "noopener", "data-testid": "document" },
    el("span", { class: "disc" }, icon("file")),
    el("span", { class: "lines" }, el("span", { class: "name", dir: "auto" }, name), el("span", { class: "quiet", dir: "ltr" }, details)),
  );
}

const sound = (voice) =>
  el("audio", { controls: true, preload: "metadata", src: fileUrl(voice.file_id), "aria-label": t("voice") });

const film = (video) =>
  el("video", { controls: true, preload: "metadata", src: fileUrl(video.file_id), "aria-label": t("video") });

const titleOf = ({ title, performer, file_name: name }) => [title ?? name, performer].filter(Boolean).join(" · ");

function poll({ question, options }) {
  return el(
    "div",
    { class: "poll" },
    el("p", { class: "name", dir: "auto" }, question),
    el("ul", {}, options.map((option) => el("li", { dir: "auto" }, option.text))),
  );
}

function contact(shared) {
  return el(
    "div",
    { class: "file" },
    el("span", { class: "disc" }, icon("phone")),
    el(
      "span",
      { class: "lines" },
      el("span", { class: "name", dir: "auto" }, fullName(shared)),
      el("span", { class: "quiet", dir: "ltr" }, `+${shared.phone_number.replace(/^\+/, "")}`),
    ),
  );
}

function place({ latitude, longitude }, venue) {
  return el(
    "div",
    { class: "file" },
    el("span", { class: "disc" }, icon("place")),
    el(
      "span",
      { class: "lines" },
      el("span", { class: "name", dir: "auto" }, venue?.title ?? t("location")),
      venue && el("span", { class: "quiet", dir: "auto" }, venue.address),
      el("span", { class: "quiet", dir: "ltr" }, `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`),
    ),
  );
}

function size(bytes) {
  if (!bytes) return "";
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

const TITLES = {
  forum_topic_created: (value) => ["s_topic", { title: value.name }],
  forum_topic_edited: (value) => ["s_topicEdited", { title: value.name ?? "" }],
  forum_topic_closed: () => ["s_topicClosed"],
  forum_topic_reopened: () => ["s_topicReopened"],
  new_chat_title: (value) => ["s_title", { title: value }],
  new_chat_members: (value) => ["s_joined", { name: value.map(fullName).join("، ") }],
  left_chat_member: (value) => ["s_left", { name: fullName(value) }],
  migrate_to_chat_id: () => ["s_migrated"],
  migrate_from_chat_id: () => ["s_migrated"],
  pinned_message: () => ["s_pinned"],
};

/** The sentence of a service message, or null for an ordinary one. */
export function serviceText(message) {
  if (message.group_chat_created || message.supergroup_chat_created) return t("s_created", { title: message.chat.title });
  const key = Object.keys(TITLES).find((name) => message[name] !== undefined);
  return key ? t(...TITLES[key](message[key])) : null;
}

/** Whether a message can bear a caption, and so gain one by editing. */
export const hasCaption = (message) => ["photo", "video", "document", "audio", "voice"].some((kind) => message[kind]);

/** A message in one line. */
export function summary(message) {
  const text = message.text ?? message.caption;
  if (text) return text.replace(/\s+/g, " ").slice(0, PREVIEW_UNITS);
  if (message.photo) return t("photo");
  if (message.voice) return t("voice");
  if (message.audio) return titleOf(message.audio);
  if (message.video) return t("video");
  if (message.poll) return `${t("poll")}: ${message.poll.question}`;
  if (message.venue) return message.venue.title;
  if (message.document) return message.document.file_name ?? t("file");
  if (message.contact) return t("contact");
  if (message.location) return t("location");
  if (message.sticker) return message.sticker.emoji ?? t("sticker");
  return serviceText(message) ?? t("s_other");
}
