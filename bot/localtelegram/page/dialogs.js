// What opens above the page: dialogs, menus, toasts and the picture viewer.
import { byId, el, icon, iconButton } from "./dom.js";
import { t } from "./words.js";

const TOAST_MS = 4000;

/** A short line that goes by itself, read out by screen readers. */
export function toast(text) {
  const line = el("div", { class: "toast", dir: "auto" }, text);
  byId("toasts").append(line);
  setTimeout(() => line.remove(), TOAST_MS);
}

export function failed(error) {
  toast(t("failed", { why: error.message }));
}

/** Opens a modal dialog (focus stays in it, Escape closes it) and returns it. */
export function dialog(title, content, props = {}) {
  const heading = el("h2", { id: "dialog-title", dir: "auto" }, title);
  const box = el("dialog", { "aria-labelledby": "dialog-title", ...props }, heading, content);
  box.addEventListener("close", () => box.remove());
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close();
  });
  document.body.append(box);
  box.showModal();
  return box;
}

/** The alert of a callback answer: stays until it is dismissed. */
export function alertBox(title, text) {
  const ok = el("button", { type: "button", class: "plain", "data-testid": "alert-ok", autofocus: true }, t("ok"));
  const content = el("div", {}, el("p", { class: "alert-text", dir: "auto" }, text), el("div", { class: "choices" }, ok));
  const box = dialog(title, content, { class: "alert", role: "alertdialog", "data-testid": "alert" });
  ok.addEventListener("click", () => box.close());
}

/**
 * A dialog with fields. fields: [{name, label, value?, type?, options?: [[value, text]]}];
 * submit(values) may be async and closes the dialog unless it throws.
 */
export function form({ title, text, fields, action, submit, testid }) {
  const rows = fields.map((field) => fieldRow(field));
  const fault = el("p", { class: "fault", role: "alert", dir: "auto" });
  const body = el(
    "form",
    { class: "fields", "data-testid": testid },
    text && el("p", { class: "quiet" }, text),
    rows,
    fault,
    el(
      "div",
      { class: "choices" },
      el("button", { type: "button", class: "plain", on: { click: () => box.close() } }, t("cancel")),
      el("button", { type: "submit", class: "strong", "data-testid": "confirm" }, action),
    ),
  );
  const box = dialog(title, body);
  body.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(fields.map(({ name, type }) => {
      const control = body.elements[name];
      return [name, type === "checkbox" ? control.checked : control.value.trim()];
    }));
    try {
      await submit(values);
      box.close();
    } catch (error) {
      fault.textContent = t("failed", { why: error.message });
    }
  });
}

function fieldRow({ name, label, value = "", type = "text", options }) {
  if (options) {
    const choices = options.map(([key, word]) => el("option", { value: key }, word));
    return el("label", {}, el("span", {}, label), el("select", { name }, choices));
  }
  if (type === "checkbox") {
    return el("label", { class: "tick" }, el("input", { name, type, checked: Boolean(value) }), el("span", {}, label));
  }
  const input = el("input", { name, type, value, required: true, dir: "auto", autocomplete: "off" });
  return el("label", {}, el("span", {}, label), input);
}

let closeOpenMenu = null;

/**
 * A menu beside an anchor or at a point. items: [{label, icon?, detail?, testid?, choose}].
 * Arrow keys move, Escape and a click elsewhere close it, focus goes back where it was.
 */
export function menu(items, { anchor, x, y, label }) {
  closeOpenMenu?.();
  const before = document.activeElement;
  const rows = items.map((item) =>
    el(
      "button",
      { type: "button", role: "menuitem", "data-testid": item.testid, on: { click: () => pick(item) } },
      item.icon && icon(item.icon),
      el("span", { class: "label", dir: "auto" }, item.label),
      item.detail && el("span", { class: "detail", dir: "auto" }, item.detail),
    ),
  );
  const box = el("div", { class: "menu", role: "menu", "aria-label": label }, rows);
  document.body.append(box);
  placeMenu(box, anchor?.getBoundingClientRect() ?? { left: x, right: x, top: y, bottom: y });
  rows[0]?.focus();

  const close = () => {
    box.remove();
    document.removeEventListener("pointerdown", outside, true);
    closeOpenMenu = null;
  };
  const outside = (event) => box.contains(event.target) || close();
  const pick = (item) => {
    close();
    before?.focus?.({ preventScroll: true });
    item.choose();
  };
  document.addEventListener("pointerdown", outside, true);
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const at = rows.indexOf(document.activeElement);
      rows[(at + step + rows.length) % rows.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      close();
      before?.focus?.({ preventScroll: true });
    }
  });
  closeOpenMenu = close;
}

const EDGE = 8;

function placeMenu(box, around) {
  const { width, height } = box.getBoundingClientRect();
  const rightToLeft = document.documentElement.dir === "rtl";
  const wanted = rightToLeft ? around.right - width : around.left;
  const left = Math.min(Math.max(EDGE, wanted), innerWidth - width - EDGE);
  const below = around.bottom + height + EDGE < innerHeight && around.top < innerHeight / 2;
  const top = below ? around.bottom + 4 : Math.max(EDGE, around.top - height - 4);
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}

/** Shows a picture large; a click or Escape closes it. */
export function viewer(source, caption) {
  const picture = el("img", { src: source, alt: caption });
  const box = el("dialog", { class: "viewer", "aria-label": caption }, picture);
  box.append(iconButton("close", t("close"), () => box.close()));
  picture.addEventListener("click", () => box.close());
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}
