// The interface's own words. What the bot says comes from the bot, in the person's language.
import { recall, remember } from "./memory.js";

const WORDS = {
  mark: ["عرض محلي: لا يُرسَل شيء إلى تلغرام", "Local demo: nothing is sent to Telegram"],
  chats: ["المحادثات", "Chats"],
  people: ["أشخاص", "People"],
  groups: ["مجموعات", "Groups"],
  newPerson: ["شخص جديد", "New person"],
  newGroup: ["مجموعة جديدة", "New group"],
  language: ["English", "العربية"],
  languageLabel: ["واجهة الصفحة بالإنكليزية", "Show the page in Arabic"],
  start: ["ابدأ", "Start"],
  bot: ["بوت", "bot"],
  youAre: ["أنت: {name}", "you are {name}"],
  members: ["الأعضاء: {n}", "{n} members"],
  noBot: ["لم يتصل البوت بعد", "The bot is not connected yet"],
  waiting: ["ننتظر الخادم…", "Waiting for the server…"],
  notStarted: ["لم تبدأ المحادثة بعد", "Not started yet"],
  whatCan: ["ماذا يستطيع هذا البوت أن يفعل؟", "What can this bot do?"],
  empty: ["لا رسائل هنا بعد", "No messages here yet"],
  emptyPrivate: ["اضغط «ابدأ» لتتحدث مع البوت", "Press Start to talk to the bot"],
  hintCitizen: ["أنت هنا المواطن. مجموعة المكتب:", "You are the citizen here. The office's group:"],
  hintOffice: ["أنت هنا في المكتب. العودة إلى المواطن:", "You are at the office here. Back to the citizen:"],
  hideHint: ["إخفاء التلميح", "Hide the hint"],
  back: ["رجوع إلى المحادثات", "Back to the chats"],
  message: ["رسالة", "Message"],
  send: ["إرسال", "Send"],
  attach: ["إرفاق", "Attach"],
  commands: ["أوامر البوت", "Bot commands"],
  showKeys: ["إظهار لوحة الأزرار", "Show the keyboard"],
  hideKeys: ["إخفاء لوحة الأزرار", "Hide the keyboard"],
  photo: ["صورة", "Photo"],
  file: ["ملف", "File"],
  voice: ["رسالة صوتية", "Voice message"],
  video: ["فيديو", "Video"],
  poll: ["استطلاع", "Poll"],
  place: ["موقع (ساحة الأمويين)", "Location (Umayyad Square)"],
  location: ["موقع", "Location"],
  contact: ["جهة اتصال", "Contact"],
  shareContact: ["مشاركة رقمي", "Share my number"],
  sticker: ["ملصق", "Sticker"],
  shareTitle: ["مشاركة رقم الهاتف", "Share the phone number"],
  shareWhy: [
    "سيصل هذا الرقم إلى البوت. الرقم المكتوب تجريبي ولا يخص أحداً.",
    "The bot will receive this number. The one written here is a demo and belongs to nobody.",
  ],
  phone: ["رقم الهاتف", "Phone number"],
  demoPhone: ["\u2066+963 900 000 000\u2069 (تجريبي)", "+963 900 000 000 (demo)"],
  share: ["مشاركة", "Share"],
  cancel: ["إلغاء", "Cancel"],
  close: ["إغلاق", "Close"],
  ok: ["حسناً", "OK"],
  create: ["إنشاء", "Create"],
  name: ["الاسم", "Name"],
  personLanguage: ["لغة تطبيقه", "Language of their app"],
  arabic: ["العربية", "Arabic"],
  english: ["الإنكليزية", "English"],
  title: ["اسم المجموعة", "Group title"],
  creator: ["منشئ المجموعة", "Creator"],
  withTopics: ["مقسّمة إلى مواضيع", "Divided into topics"],
  botAdmin: ["البوت مشرف فيها", "The bot is an administrator"],
  reply: ["رد", "Reply"],
  copy: ["نسخ", "Copy"],
  edit: ["تعديل", "Edit"],
  editing: ["تعديل الرسالة", "Editing the message"],
  replyTo: ["رد على {name}", "Reply to {name}"],
  copied: ["نُسخ", "Copied"],
  edited: ["معدّلة", "edited"],
  sent: ["وصلت", "delivered"],
  actAs: ["تكتب باسم", "Acting as"],
  officer: ["موظف", "officer"],
  anonymous: ["مجهول", "anonymous"],
  general: ["عام", "General"],
  topics: ["مواضيع المجموعة", "Topics of the group"],
  closed: ["مغلق", "closed"],
  opened: ["مفتوح", "open"],
  topicClosed: ["هذا الموضوع مغلق، ولا يكتب فيه إلا المشرفون", "This topic is closed; only administrators write in it"],
  closeTopic: ["إغلاقه", "Close it"],
  reopenTopic: ["فتحه", "Reopen"],
  deleteTopic: ["حذفه", "Delete"],
  newTopic: ["موضوع جديد", "New topic"],
  block: ["حظر البوت", "Block the bot"],
  unblock: ["إلغاء حظر البوت", "Unblock the bot"],
  more_: ["المزيد", "More"],
  remove: ["إخراج", "Remove"],
  publicName: ["الاسم العام للمجموعة", "Public name of the group"],
  goPublic: ["اجعلها عامة", "Make public"],
  goPrivate: ["اجعلها خاصة", "Make private"],
  unread: ["غير مقروءة: {n}", "{n} unread"],
  unreadBelow: ["إلى آخر الرسائل", "To the newest messages"],
  log: ["رسائل {name}", "Messages of {name}"],
  options: ["خيارات الرسالة", "Message options"],
  today: ["اليوم", "Today"],
  yesterday: ["أمس", "Yesterday"],
  spoiler: ["نص مخفي، اضغط لإظهاره", "Hidden text, press to show"],
  more: ["عرض الكل", "Show all"],
  less: ["عرض أقل", "Show less"],
  open: ["فتح", "Open"],
  you: ["أنت", "You"],
  typing: ["يكتب…", "typing…"],
  upload_document: ["يرسل ملفاً…", "sending a file…"],
  upload_photo: ["يرسل صورة…", "sending a photo…"],
  record_voice: ["يسجل صوتاً…", "recording…"],
  deletedReply: ["رسالة محذوفة", "Deleted message"],
  skip: ["إلى كتابة الرسالة", "Skip to writing a message"],
  failed: ["لم ينجح ذلك: {why}", "That did not work: {why}"],
  offline: ["انقطع الاتصال بالخادم", "no connection to the server"],
  tooBig: ["الملف أكبر من 20 ميغابايت", "The file is larger than 20 MB"],
  groupInfo: ["معلومات المجموعة", "About the group"],
  promote: ["اجعله مشرفاً", "Make administrator"],
  demote: ["أزل الإشراف", "Remove as administrator"],
  goAnonymous: ["تبديل الظهور مجهولاً", "Toggle anonymous"],
  leave: ["يغادر", "Leaves"],
  join: ["انضمام", "Join"],
  botOut: ["أخرج البوت", "Remove the bot"],
  botIn: ["أضف البوت", "Add the bot"],
  botUp: ["اجعل البوت مشرفاً", "Make the bot administrator"],
  botDown: ["أزل إشراف البوت", "Take administrator from the bot"],
  migrate: ["حوّلها إلى مجموعة خارقة", "Turn into a supergroup"],
  s_joined: ["انضم {name}", "{name} joined"],
  s_left: ["غادر {name}", "{name} left"],
  s_created: ["أُنشئت المجموعة «{title}»", "The group “{title}” was created"],
  s_migrated: ["صارت المجموعة مجموعة خارقة", "The group became a supergroup"],
  s_topic: ["أُنشئ الموضوع «{title}»", "Topic “{title}” was created"],
  s_topicEdited: ["صار اسم الموضوع «{title}»", "The topic is now “{title}”"],
  s_topicClosed: ["أُغلق الموضوع", "The topic was closed"],
  s_topicReopened: ["أُعيد فتح الموضوع", "The topic was opened again"],
  s_title: ["صار اسم المجموعة «{title}»", "The group is now “{title}”"],
  s_pinned: ["ثُبّتت رسالة", "A message was pinned"],
  s_other: ["رسالة من نوع لا تعرضه هذه الصفحة", "A kind of message that this page does not show"],
};

const asked = new URLSearchParams(location.search).get("lang");
let language = asked === "en" || asked === "ar" ? asked : recall("language", "ar");

export const interfaceLanguage = () => language;

export function setInterfaceLanguage(next) {
  language = next;
  remember("language", next);
  dressDocument();
}

/** Gives the document the interface's language and direction. */
export function dressDocument() {
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
}

/** The interface's word for key, with {values} filled in; names keep their own direction inside it. */
export function t(key, values = {}) {
  const word = WORDS[key][language === "ar" ? 0 : 1];
  return word.replace(/\{(\w+)\}/g, (_, name) => `\u2068${values[name] ?? ""}\u2069`);
}

export const hasWord = (key) => Object.hasOwn(WORDS, key);

const ZONE = { timeZone: "Asia/Damascus" };
const locale = () => (language === "ar" ? "ar-SY-u-nu-latn" : "en-GB");

export const clock = (seconds) =>
  new Intl.DateTimeFormat("en-GB", { ...ZONE, hour: "2-digit", minute: "2-digit" }).format(seconds * 1000);

const dayOf = (moment) => new Intl.DateTimeFormat("en-CA", ZONE).format(moment);

/** The day in Damascus as YYYY-MM-DD: messages with the same one stand under one separator. */
export const dayKey = (seconds) => dayOf(seconds * 1000);

export function dayName(seconds) {
  const day = dayKey(seconds);
  if (day === dayOf(Date.now())) return t("today");
  if (day === dayOf(Date.now() - 86_400_000)) return t("yesterday");
  return new Intl.DateTimeFormat(locale(), { ...ZONE, day: "numeric", month: "long", year: "numeric" }).format(
    seconds * 1000,
  );
}

/** The time today, the date before: what the list of chats shows. */
export function shortMoment(seconds) {
  if (dayKey(seconds) === dayOf(Date.now())) return clock(seconds);
  return new Intl.DateTimeFormat(locale(), { ...ZONE, day: "numeric", month: "numeric" }).format(seconds * 1000);
}
