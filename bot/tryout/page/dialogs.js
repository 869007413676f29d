/** What comes over the page for a moment: toasts, alerts, questions, forms, enlarged pictures. */

import { byId, el } from "./dom.js";

const TOAST_MS = 5000;

/** A sentence at the lower edge that goes away by itself. */
export function toast(sentence, kind = "") {
  const note = el("div", { class: `toast ${kind}` }, sentence);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), TOAST_MS);
}

/** A sentence that waits for OK. */
export const alertBox = (sentence) =>
  ask("The bot says", el("p", { class: "dialog-words" }, sentence), [{ label: "OK", value: "ok", main: true }]);

/** Whether a link may be opened outside. */
export const confirmLink = async (address) =>
  (await ask(
    "Open this link?",
    [el("h2", {}, "Open this link?"), el("p", { class: "dialog-address" }, address)],
    [{ label: "Cancel", value: "" }, { label: "Open", value: "open", main: true }],
  )) === "open";

/** A form in a dialog; gives its fields as an object, or null when it was closed. */
export async function form(title, fields, submit) {
  const body = [el("h2", {}, title), ...fields];
  const sheet = dialog(title, body, [{ label: "Cancel", value: "" }, { label: submit, value: "ok", main: true }]);
  return (await closed(sheet)) === "ok" ? new FormData(sheet.firstElementChild) : null;
}

/** A labelled field of a form. */
export const field = (label, attributes) =>
  el("label", { class: "field" }, el("span", {}, label), el("input", { autocomplete: "off", ...attributes }));

/** A labelled box to tick. */
export const tick = (label, attributes) =>
  el("label", { class: "tick" }, el("input", { type: "checkbox", ...attributes }), el("span", {}, label));

/** A picture as large as the window allows. */
export function enlarge(source, words) {
  const close = () => sheet.close();
  const picture = el("img", { src: source, alt: words });
  const sheet = el(
    "dialog",
    { class: "lightbox", "aria-label": "Picture", on: { click: close, close: () => sheet.remove() } },
    picture,
    el("button", { type: "button", class: "lightbox-close", "aria-label": "Close" }, "×"),
  );
  document.body.append(sheet);
  sheet.showModal();
}

const ask = (label, body, buttons) => closed(dialog(label, body, buttons));

function dialog(label, body, buttons) {
  const row = buttons.map(({ label, value, main }) =>
    el("button", { value, class: main ? "main" : "", autofocus: main, formnovalidate: !value }, label),
  );
  const sheet = el(
    "dialog",
    { class: "dialog", "aria-label": label },
    el("form", { method: "dialog" }, body, el("div", { class: "dialog-buttons" }, row)),
  );
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close(""));
  // Enter in a field presses the first button of a form, which is Cancel.
  sheet.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    sheet.querySelector("button.main").click();
  });
  document.body.append(sheet);
  sheet.showModal();
  sheet.querySelector("input:not([type=checkbox])")?.focus();
  return sheet;
}

function closed(sheet) {
  return new Promise((resolve) => {
    sheet.addEventListener("close", () => {
      sheet.remove();
      resolve(sheet.returnValue);
    });
  });
}
