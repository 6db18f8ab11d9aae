// Dialogs that make and change people and groups.
import * as api from "./api.js";
import { avatar, el, fullName } from "./dom.js";
import { dialog, failed, form } from "./dialogs.js";
import { addPerson, isOfficer, peopleOf, placeNow, refresh, state } from "./state.js";
import { t } from "./words.js";

/** Asks for a name and a language; open(chatId) shows the new person's chat. */
export function newPerson(open) {
  form({
    title: t("newPerson"),
    testid: "person-dialog",
    fields: [
      { name: "name", label: t("name") },
      { name: "language", label: t("personLanguage"), options: [["ar", t("arabic")], ["en", t("english")]] },
    ],
    action: t("create"),
    submit: ({ name, language }) => open(addPerson(name, language).id),
  });
}

export function newGroup(open) {
  const people = [...state.people.values()];
  form({
    title: t("newGroup"),
    testid: "group-dialog",
    fields: [
      { name: "title", label: t("title") },
      { name: "creator", label: t("creator"), options: people.map((user) => [user.id, fullName(user)]) },
      { name: "forum", label: t("withTopics"), type: "checkbox" },
      { name: "admin", label: t("botAdmin"), type: "checkbox", value: true },
    ],
    action: t("create"),
    submit: async ({ title, creator, forum, admin }) => {
      const first = state.people.get(Number(creator));
      const chat = await api.createGroup({ title, members: [first], forum, bot_admin: admin });
      // The event that tells of the group may still be on its way.
      await refresh({ withMessages: false });
      open(chat.id);
    },
  });
}

/** Members of a group and what can be done with them, as an administrator would see it. */
export function groupInfo(chat) {
  const content = el("div", { class: "members" });
  const box = dialog(chat.title, content, { "data-testid": "group-info" });
  const act = async (body) => {
    try {
      await api.changeMember({ chat_id: placeNow({ chat: chat.id }).chat, ...body });
      draw();
    } catch (error) {
      failed(error);
    }
  };
  const draw = () => {
    const now = state.chats.get(placeNow({ chat: chat.id }).chat) ?? chat;
    const name = content.querySelector("input")?.value;
    content.replaceChildren(
      el("ul", { role: "list" }, peopleOf(now).map((member) => memberRow(member, act))),
      outsiders(now, act),
      botActions(now, act),
      publicName(now, name),
      el(
        "div",
        { class: "choices" },
        now.type === "group" && plain(t("migrate"), () => api.migrate(chat.id).then(() => box.close(), failed)),
        plain(t("close"), () => box.close()),
      ),
    );
  };
  draw();
  return draw;
}

const plain = (label, click) => el("button", { type: "button", class: "plain", on: { click } }, label);

function memberRow(member, act) {
  const { user } = member;
  const officer = isOfficer(member);
  const acts = [];
  if (member.status !== "creator") acts.push([officer ? "demote" : "promote", t(officer ? "demote" : "promote")]);
  if (officer) acts.push(["anonymous", t("goAnonymous")]);
  acts.push(["leave", t("leave")]);
  if (member.status !== "creator") acts.push(["remove", t("remove")]);
  return el(
    "li",
    {},
    avatar(user.id, fullName(user), "small"),
    el(
      "span",
      { class: "lines" },
      el("span", { class: "name", dir: "auto" }, fullName(user)),
      el("span", { class: "quiet" }, [officer && t("officer"), member.is_anonymous && t("anonymous")].filter(Boolean).join("، ")),
    ),
    acts.map(([what, label]) => plain(label, () => act({ user, do: what }))),
  );
}

function outsiders(chat, act) {
  const inside = new Set(peopleOf(chat).map((member) => member.user.id));
  const others = [...state.people.values()].filter((user) => !inside.has(user.id));
  if (!others.length) return null;
  const select = el("select", { "aria-label": t("join") }, others.map((user) => el("option", { value: user.id }, fullName(user))));
  const join = () => act({ user: state.people.get(Number(select.value)), do: "join" });
  return el("div", { class: "joining" }, select, plain(t("join"), join));
}

/** Whether the group has a public name; naming one makes anybody able to find and join it. */
function publicName(chat, typed) {
  const name = el("input", { "aria-label": t("publicName"), placeholder: t("publicName"), dir: "ltr", autocomplete: "off", "data-testid": "public-name" });
  name.value = typed ?? chat.username ?? "";
  const set = (username) => api.makePublic({ chat_id: chat.id, username }).catch(failed);
  return el(
    "div",
    { class: "joining" },
    name,
    plain(t("goPublic"), () => set(name.value.trim())),
    chat.username && plain(t("goPrivate"), () => set(null)),
  );
}

function botActions(chat, act) {
  const { bot } = state;
  if (!bot) return null;
  const member = (chat.members ?? []).find((one) => one.user.id === bot.id && !["left", "kicked"].includes(one.status));
  const acts = member
    ? [[isOfficer(member) ? "demote_bot" : "promote_bot", t(isOfficer(member) ? "botDown" : "botUp")], ["remove_bot", t("botOut")]]
    : [["add_bot", t("botIn")]];
  return el("div", { class: "joining" }, acts.map(([what, label]) => plain(label, () => act({ user: bot, do: what }))));
}
