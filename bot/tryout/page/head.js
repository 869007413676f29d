/** The head of the open chat: name, what the bot does, pinned message, topics, and a menu. */

import { chatAvatar, chatName, doing } from "./chatlist.js";
import { toast } from "./dialogs.js";
import { byId, el, soon } from "./dom.js";
import { fullName, line } from "./labels.js";
import { openMenu } from "./menus.js";
import { post } from "./server.js";
import { isMember, messageIn, on, world } from "./world.js";

let parts;
let thread = null;
let pinAt = 0;

/**
 * Starts painting. `parts`: back() leaves the chat, start() presses START, jump(key), open(chat),
 * turnedTopic().
 */
export function startHead(given) {
  parts = given;
  on("open me chat person action message deleted pinned room", repaint);
  on("open me", () => {
    thread = null;
    pinAt = 0;
  });
  byId("back").addEventListener("click", parts.back);
  byId("chat-menu").addEventListener("click", (event) => openMenu(event.currentTarget, "This chat", menu()));
  byId("join-button").addEventListener("click", () => act("/try/join"));
  byId("unblock").addEventListener("click", () => parts.start());
}

/** The forum topic one looks at; null outside of forums. */
export const currentThread = () => thread;

const repaint = soon(() => {
  const chat = world.chats.get(world.open);
  if (!chat) return;
  byId("head-avatar").replaceChildren(chatAvatar(chat, "small"));
  byId("head-name").textContent = chatName(chat);
  paintStatus(chat);
  paintPinned(chat);
  paintTopics(chat);
});

function paintStatus(chat) {
  const busy = doing(chat);
  byId("head-status").classList.toggle("doing", Boolean(busy));
  byId("head-status").replaceChildren(busy ? el("span", {}, busy, dots()) : el("span", { dir: "auto" }, still(chat)));
}

const dots = () => el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));

function still(chat) {
  if (chat.type === "private") return `bot · @${world.bot.username}`;
  const here = chat.members.filter((member) => isMember(chat, member.id));
  const names = here.map((member) => (member.id === world.bot.id ? world.bot.first_name : world.people.get(member.id)?.first_name));
  return `${here.length} members: ${names.filter(Boolean).join(", ")}`;
}

function paintPinned(chat) {
  const pins = chat.pinned ?? [];
  const id = pins.at(-1 - (pinAt % Math.max(1, pins.length)));
  const message = id && messageIn(chat.id, id);
  const bar = byId("pinned");
  bar.hidden = !message;
  if (!message) return;
  byId("pinned-line").textContent = line(message);
  bar.onclick = () => {
    pinAt += 1;
    parts.jump(id);
    repaint();
  };
}

function paintTopics(chat) {
  const bar = byId("topics");
  bar.hidden = !chat.is_forum;
  if (!chat.is_forum) return;
  const topics = [{ message_thread_id: null, name: "General" }, ...(chat.topics ?? [])];
  bar.replaceChildren(
    ...topics.map(({ message_thread_id: id, name }) =>
      el("button", { type: "button", class: "chip", "aria-pressed": String(id === thread), on: { click: () => turnToTopic(id) } }, name),
    ),
  );
}

function turnToTopic(id) {
  thread = id;
  repaint();
  parts.turnedTopic();
}

function menu() {
  const chat = world.chats.get(world.open);
  return chat.type === "private" ? privateMenu() : groupMenu(chat);
}

function privateMenu() {
  const blocked = world.people.get(world.me).blocked;
  const block = { label: "Block the bot", danger: true, act: () => send("/try/block", { person: world.me, blocked: true }) };
  const restart = { label: "Restart the bot", act: () => parts.start() };
  return blocked ? [restart] : [{ label: "Send /start", act: () => parts.start() }, block];
}

function groupMenu(chat) {
  const joined = isMember(chat, world.me);
  const own = joined ? { label: "Leave the group", danger: true, act: () => act("/try/leave") } : { label: "Join the group", act: () => act("/try/join") };
  const admin = chat.members.find((member) => member.id === world.bot.id)?.status === "administrator";
  const promote = {
    label: admin ? "Make the bot a simple member" : "Make the bot an admin",
    act: () => send("/try/promote", { person: world.bot.id, chat: chat.id, status: admin ? "member" : "administrator" }),
  };
  const grow = { label: "Make it a supergroup", act: () => send("/try/migrate", { chat: chat.id }) };
  return [members(chat), promote, ...(chat.type === "group" ? [grow] : []), own];
}

function members(chat) {
  const roles = { creator: "owner", administrator: "admin", left: "left", kicked: "removed" };
  const lines = chat.members.map((member) => {
    const name = member.id === world.bot.id ? world.bot.first_name : fullName(world.people.get(member.id));
    return el("li", {}, el("bdi", {}, name), el("span", { class: "role" }, roles[member.status] ?? ""));
  });
  return el("ul", { class: "menu-members" }, lines);
}

const act = (path) => send(path, { person: world.me, chat: world.open });

async function send(path, body) {
  try {
    const answer = await post(path, body);
    if (answer.chat && answer.chat.id !== world.open) parts.open(answer.chat.id);
  } catch (error) {
    toast(error.message, "bad");
  }
}
