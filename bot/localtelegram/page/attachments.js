// What one sends besides words: pictures, files, sounds, a place, a sticker, one's number.
import { el } from "./dom.js";
import { failed, form, menu } from "./dialogs.js";
import { deliver } from "./sending.js";
import { identity, isPrivate, openChat, state } from "./state.js";
import { t } from "./words.js";

const MAX_FILE_BYTES = 20 * 1024 * 1024;
const MOST_IN_ALBUM = 10;
const UMAYYAD_SQUARE = { latitude: 33.5138, longitude: 36.2765 };
const EASTERN = "٠١٢٣٤٥٦٧٨٩";

export const sharePlace = () => deliver({ location: UMAYYAD_SQUARE });

/** The menu of attachments. words = {take(), giveBack(text)}: what is written becomes the caption. */
export function attachMenu(chat, anchor, words) {
  const pick = (kind, accept) => () => pickFiles(kind, accept, words);
  const items = [
    { label: t("photo"), icon: "photo", testid: "attach-photo", choose: pick("photo", "image/*") },
    { label: t("file"), icon: "file", testid: "attach-document", choose: pick("document", "") },
    { label: t("video"), icon: "video", testid: "attach-video", choose: pick("video", "video/*") },
    { label: t("voice"), icon: "voice", testid: "attach-voice", choose: pick("voice", "audio/*") },
    { label: t("place"), icon: "place", choose: () => sharePlace().catch(failed) },
    { label: `${t("sticker")} 👍`, icon: "smile", choose: () => deliver({ sticker: { emoji: "👍" } }).catch(failed) },
  ];
  if (isPrivate(chat)) items.push({ label: t("shareContact"), icon: "phone", choose: () => shareContact(() => {}) });
  menu(items, { anchor, label: t("attach") });
}

/** Asks which number to share; the prefilled one is marked as a demo and belongs to nobody. */
export function shareContact(done) {
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

function pickFiles(kind, accept, words) {
  const props = { type: "file", accept, multiple: kind !== "voice", class: "offscreen", "data-testid": "file-picker" };
  const picker = el("input", props);
  picker.addEventListener("change", () => sendFiles(kind, [...picker.files], words).finally(() => picker.remove()));
  picker.addEventListener("cancel", () => picker.remove());
  document.body.append(picker);
  picker.click();
}

export function paste(event, words) {
  const file = [...event.clipboardData.files][0];
  if (!file) return;
  event.preventDefault();
  sendFiles(file.type.startsWith("image/") ? "photo" : "document", [file], words);
}

/** Sends files, several of them as albums, with what was written as the caption of the first. */
async function sendFiles(kind, files, words) {
  const place = { ...state.open };
  const caption = words.take();
  const album = Date.now();
  try {
    if (files.some((file) => file.size > MAX_FILE_BYTES)) throw new Error(t("tooBig"));
    for (const [index, file] of files.entries()) {
      const data = await base64(file);
      await deliver({
        [kind]: { file_name: file.name, mime_type: file.type, data },
        ...(index === 0 && caption ? { caption } : {}),
        ...(files.length > 1 ? { media_group_id: String(album + Math.floor(index / MOST_IN_ALBUM)) } : {}),
      });
    }
  } catch (error) {
    words.giveBack(caption, place);
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
