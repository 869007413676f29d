/** Buttons under messages and in place of the phone's keyboard. */

import { alertBox, toast } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { follow } from "./links.js";
import { post } from "./server.js";
import { keyOf, numberOf, on, world } from "./world.js";

const PATIENCE_MS = 60_000;
const KINDS = { url: "link", copy_text: "copy", web_app: "link" };

/** Presses that wait for the bot: the callback query's id → the button's place. */
const waiting = new Map();
/** Answers whose press this page doesn't know: its id is still to come, or another tab pressed. */
const early = new Map();

/** The inline keyboard of a message; null when it has none. */
export function inlineKeyboard(chat, message) {
  const rows = message.keyboard?.inline_keyboard;
  if (!rows?.length) return null;
  const place = (row, column) => `${chat.id}/${keyOf(message)}/${rows[row][column].callback_data ?? `${row},${column}`}`;
  const node = (button, row, column) => inlineButton(chat, message, button, row, column, place(row, column));
  return el(
    "div",
    { class: "inline-keyboard", role: "group", "aria-label": "Buttons of this message" },
    rows.map((row, number) => el("div", { class: "key-row" }, row.map((button, column) => node(button, number, column)))),
  );
}

/** The reply keyboard under the text field. `send` hears the text of a pressed key. */
export function replyKeyboard(markup, send) {
  const key = (button) =>
    el(
      "button",
      { type: "button", class: "key", dir: "auto", data: { style: button.style ?? "" }, on: { click: () => pressKey(button, send) } },
      button.text,
    );
  return markup.keyboard.map((row) => el("div", { class: "key-row" }, row.map(key)));
}

function inlineButton(chat, message, button, row, column, place) {
  const kind = Object.keys(KINDS).find((name) => name in button);
  const node = el(
    "button",
    {
      type: "button",
      class: "key",
      disabled: "disabled" in button,
      data: { place, style: button.style ?? "" },
      on: { click: () => press(chat, message, row, column, place) },
    },
    el("span", { class: "key-words", dir: "auto" }, button.text),
    kind && icon(KINDS[kind]),
  );
  if ([...waiting.values()].includes(place)) setBusy(node, true);
  return node;
}

async function press(chat, message, row, column, place) {
  if ([...waiting.values()].includes(place)) return;
  const marker = Symbol(place);
  waiting.set(marker, place);
  showProgress(place);
  try {
    const where = { person: world.me, chat: chat.id, message_id: numberOf(message) };
    await go(await post("/try/press", { ...where, row, col: column }), place);
  } catch (error) {
    toast(error.message, "bad");
  }
  waiting.delete(marker);
  showProgress(place);
}

async function go(answer, place) {
  if (answer.url) return follow(answer.url);
  if (answer.copy_text) {
    await navigator.clipboard.writeText(answer.copy_text);
    return toast("Copied.");
  }
  if (answer.web_app) return toast(`A Mini App would open here: ${answer.web_app}`);
  return wait(answer.callback_query_id, place);
}

function wait(id, place) {
  if (early.has(id)) return show(early.get(id));
  waiting.set(id, place);
  setTimeout(() => {
    if (waiting.delete(id)) showProgress(place);
  }, PATIENCE_MS);
}

on("callback_answer", (answer) => {
  const { callback_query_id: id } = answer;
  const place = waiting.get(id);
  if (place === undefined) return early.set(id, answer);
  waiting.delete(id);
  showProgress(place);
  show(answer);
});

function show({ text, show_alert: loud, url }) {
  if (text) (loud ? alertBox : toast)(text);
  if (url) follow(url);
}

function showProgress(place) {
  const busy = [...waiting.values()].includes(place);
  for (const node of document.querySelectorAll(".inline-keyboard .key")) {
    if (node.dataset.place === place) setBusy(node, busy);
  }
}

function setBusy(node, busy) {
  node.classList.toggle("busy", busy);
  node.setAttribute("aria-busy", String(busy));
}

function pressKey(button, send) {
  if (button.web_app) return toast(`A Mini App would open here: ${button.web_app.url}`);
  if (button.request_contact || button.request_location) {
    return toast("This Telegram has no phone numbers and no places to share.");
  }
  return send(button.text);
}
