/** Names, initials, colours, sizes and short lines: how things are called on the page. */

import { el } from "./dom.js";

const COLOURS = 7;
const UNITS = ["bytes", "KB", "MB", "GB"];

/** "Anna Berg". */
export const fullName = (user) =>
  [user?.first_name, user?.last_name].filter(Boolean).join(" ") || "Deleted account";

/** A round picture with up to two initials; its colour stays with the id. */
export function avatar(id, name, extra = "") {
  const words = name.trim().split(/\s+/);
  const initials = words.slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
  return el("span", { class: `avatar ${extra}`, "aria-hidden": "true", data: { colour: colour(id) } }, initials);
}

/** The picture of our bot. */
export const botAvatar = (extra = "") => el("img", { class: `avatar ${extra}`, src: "icon.svg", alt: "" });

/** One of the colours, always the same for an id. */
export const colour = (id) => Math.abs(Number(id)) % COLOURS;

/** "12 KB". */
export function size(bytes) {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return `${unit && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[unit]}`;
}

/** A message in one short line, for lists and quotes. */
export function line(message) {
  if (!message) return "";
  const words = message.text ?? message.caption;
  if (words) return words.slice(0, 200).replace(/\s+/g, " ");
  if (message.photo) return "Photo";
  if (message.document) return message.document.file_name || "File";
  if (message.poll) return `Poll: ${message.poll.question}`;
  if (message.voice) return "Voice message";
  if (message.video) return "Video";
  if (message.audio) return "Audio";
  if (message.sticker) return message.sticker.emoji || "Sticker";
  return serviceLine(message) ?? "Message";
}

/** What happened, for messages that nobody wrote; null for those that somebody did. */
export function serviceLine(message) {
  const who = fullName(message.from);
  if (message.new_chat_members) return joined(message, who);
  if (message.left_chat_member) return left(message, who);
  if (message.pinned_message) return `${who} pinned “${short(line(message.pinned_message))}”`;
  if (message.new_chat_title) return `The group is now called “${message.new_chat_title}”`;
  if (message.group_chat_created || message.supergroup_chat_created) return `${who} made the group`;
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "The group became a supergroup";
  if (message.forum_topic_created) return `New topic: ${message.forum_topic_created.name}`;
  if (message.forum_topic_closed) return "The topic was closed";
  if (message.forum_topic_reopened) return "The topic is open again";
  return null;
}

const short = (words) => (words.length > 60 ? `${words.slice(0, 60).trimEnd()}…` : words);

function joined(message, who) {
  const names = message.new_chat_members.map(fullName).join(", ");
  return names === who ? `${who} joined the group` : `${who} added ${names}`;
}

function left(message, who) {
  const name = fullName(message.left_chat_member);
  return name === who ? `${who} left the group` : `${who} removed ${name}`;
}
