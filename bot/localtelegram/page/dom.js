// The few lines that build elements. Received strings only ever become text nodes.

/** el("p", {class: "x", on: {click}}, "text", child) → element; false, null and undefined are left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") {
      for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    } else if (name === "dataset") {
      for (const [key, item] of Object.entries(value)) if (item !== undefined) node.dataset[key] = item;
    } else {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

const SHAPES = {
  back: "M15 5l-7 7 7 7",
  send: "M3 20l18-8L3 4v6l11 2-11 2z",
  attach: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.4 8.3a1.7 1.7 0 0 1-2.4-2.4L15 7",
  person: "M10 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2.5 21c.4-4.4 3.6-7 7.5-7s7.1 2.6 7.5 7M19 6v6M16 9h6",
  group: "M8 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM1.5 20c.4-4 3.2-6 6.5-6s6.1 2 6.5 6M17 11a3 3 0 1 0-1.5-5.5M17.5 14c3 .2 4.7 2.2 5 5",
  keys: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M18 10h.01M8 14h8",
  down: "M6 9l6 6 6-6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  reply: "M10 6l-6 5 6 5v-3c5 0 8 1.5 10 5 0-6-4-9-10-9z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  edit: "M4 20l1-5L16 4l4 4L9 19z",
  close: "M6 6l12 12M18 6L6 18",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  photo: "M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 5M16 9h.01",
  video: "M3 6h12v12H3zM15 11l6-4v10l-6-4z",
  topics: "M4 6h16M4 12h16M4 18h10",
  menu: "M12 5h.01M12 12h.01M12 19h.01",
  voice: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v4",
  phone: "M6 3l3.5.5L11 8 8.5 10a12 12 0 0 0 5.5 5.5l2-2.5 4.5 1.5.5 3.5c-.2 1.8-1.5 3-3.3 3C10 20.5 3.5 14 3 6.3 3 4.5 4.2 3.2 6 3z",
  place: "M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.5 7 12 7 12zM12 11.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14c1.7 2.4 5.3 2.4 7 0M9 10h.01M15 10h.01",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01",
  link: "M9 7H5v12h12v-4M13 4h7v7M20 4l-9 9",
};

/** A line drawing by name; it is decoration, so the control around it carries the label. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  return svg;
}

/** A round, labelled button with a drawing in it. */
export function iconButton(name, label, click, props = {}) {
  return el(
    "button",
    { type: "button", class: "round", "aria-label": label, title: label, on: { click }, ...props },
    icon(name),
  );
}

const INITIAL = /[\p{L}\p{N}]/u;

/** A coloured circle with initials, its colour following the id as in the app people know. */
export function avatar(id, name, kind = "") {
  const letters = name
    .split(/\s+/)
    .map((word) => word.match(INITIAL)?.[0])
    .filter(Boolean)
    .slice(0, 2)
    // A zero-width non-joiner keeps two Arabic initials from melting into one word.
    .join("\u200c");
  return el("span", { class: `avatar hue-${Math.abs(id) % 7} ${kind}`, "aria-hidden": "true" }, letters || "•");
}

export const fullName = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");

/** Puts text on the clipboard; also over plain http from another machine, where the new way is closed. */
export async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = el("textarea", { class: "offscreen" });
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  return undefined;
}
