/** The list of chats at the left. */

import { el, byId, soon } from "./dom.js";
import { avatar, botAvatar, line, serviceLine } from "./labels.js";
import { senderName } from "./bubbles.js";
import { hourOrDay } from "./times.js";
import { actionIn, isMember, myChats, now, on, unreadIn, unreadOf, world } from "./world.js";

const DOING = {
  typing: "typing",
  upload_document: "sending a file",
  upload_photo: "sending a picture",
  record_voice: "recording",
  find_location: "looking around",
};
let choose;

/** Starts painting; `onChoose` hears the chat that is pressed. */
export function startChatList(onChoose) {
  choose = onChoose;
  on("message edited deleted chat person action unread me open clock", repaint);
  byId("chat-list").addEventListener("keydown", walk);
}

/** The name of a chat as the person one plays sees it. */
export const chatName = (chat) => (chat.type === "private" ? world.bot.first_name : (chat.title ?? "Group"));

/** The picture of a chat. */
export const chatAvatar = (chat, extra) =>
  chat.type === "private" ? botAvatar(extra) : avatar(chat.id, chatName(chat), extra);

/** What the bot does there now ("typing"), or null. */
export function doing(chat) {
  const action = actionIn(chat.id);
  return action ? (DOING[action] ?? "busy") : null;
}

const repaint = soon(() => {
  byId("chat-list").replaceChildren(...myChats().map(row));
  const unread = unreadOf(world.me);
  document.title = `${unread ? `(${unread}) ` : ""}Sogood · local Telegram`;
});

function row(chat) {
  const unread = unreadIn(world.me, chat.id);
  const open = chat.id === world.open;
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "chat-row", "aria-current": open ? "true" : null, on: { click: () => choose(chat.id) }, data: { chat: chat.id } },
      chatAvatar(chat),
      el("span", { class: "chat-name" }, el("bdi", {}, chatName(chat)), chat.type === "private" && el("span", { class: "role" }, "bot")),
      el("time", { class: "chat-time" }, chat.last ? hourOrDay(chat.last.date * 1000, now()) : ""),
      lastLine(chat),
      unread > 0 && el("span", { class: "badge", "aria-label": `${unread} unread` }, unread),
    ),
  );
}

function lastLine(chat) {
  const busy = doing(chat);
  if (busy) return el("span", { class: "chat-last doing" }, `${busy}…`);
  if (!isMember(chat, world.me)) return el("span", { class: "chat-last faint" }, "You are not in this group");
  if (!chat.last) return el("span", { class: "chat-last faint" }, chat.type === "private" ? "Drop a letter here" : "No messages yet");
  const message = chat.last;
  const who = message.from?.id === world.me ? "You" : chat.type === "private" ? "" : senderName(message).split(" ")[0];
  const words = line(message);
  return el("span", { class: "chat-last", dir: "auto" }, who && !serviceLine(message) && el("span", { class: "who" }, `${who}: `), words);
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const rows = [...event.currentTarget.querySelectorAll("button")];
  rows[rows.indexOf(document.activeElement) + step]?.focus();
}
