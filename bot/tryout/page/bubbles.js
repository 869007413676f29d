/** One message as a bubble. */

import { el, icon, iconButton } from "./dom.js";
import { render } from "./entities.js";
import { inlineKeyboard } from "./keyboards.js";
import { avatar, botAvatar, colour, fullName, line, serviceLine } from "./labels.js";
import { attachment } from "./media.js";
import { poll } from "./polls.js";
import { hour } from "./times.js";
import { keyOf, world } from "./world.js";

/**
 * A message as the person one plays sees it. `acts` holds what can be done with it: command(text),
 * jump(key), menu(message, place), react(message, emoji).
 */
export function bubble(chat, message, acts) {
  const service = serviceLine(message);
  if (service) return el("div", { class: "service", data: { key: keyOf(message) } }, el("span", { dir: "auto" }, service));
  const own = isOwn(message);
  const node = el(
    "article",
    {
      class: `message ${own ? "own" : "theirs"}${message.by_bot ? " by-bot" : ""}`,
      tabindex: -1,
      "aria-label": spoken(message, own),
      data: { key: keyOf(message), sender: senderOf(message).id },
    },
    chat.type !== "private" && !own && picture(message),
    el("div", { class: "stack" }, body(chat, message, own, acts), inlineKeyboard(chat, message)),
    moreButton(message, acts),
  );
  node.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, img") || String(getSelection())) return;
    event.preventDefault();
    acts.menu(message, { x: event.clientX, y: event.clientY });
  });
  return node;
}

const picture = (message) =>
  message.by_bot ? botAvatar("small") : avatar(senderOf(message).id, senderName(message), "small");

/** Whether a message is from the person one plays. */
export const isOwn = (message) => !message.by_bot && message.from?.id === world.me;

/** Whose name and picture a message shows. */
export const senderOf = (message) => message.sender_chat ?? message.from ?? { id: 0 };

/** The name above a message. */
export const senderName = (message) => message.sender_chat?.title ?? fullName(message.from);

function body(chat, message, own, acts) {
  const words = message.text ?? message.caption;
  const shown = attachment(message);
  const bare = message.photo && !words && !message.reply_to_message && chat.type === "private";
  return el(
    "div",
    { class: `bubble${bare ? " bare" : ""}${message.photo || message.document ? " with-media" : ""}` },
    chat.type !== "private" && !own && nameLine(chat, message),
    message.ephemeral_message_id && el("p", { class: "only-you" }, icon("eye"), "Only you can see this"),
    message.forward_origin && el("p", { class: "only-you" }, "Forwarded message"),
    message.reply_to_message && quote(message, acts),
    shown,
    message.poll && poll(chat, message),
    words && el("div", { class: "words", dir: "auto" }, render(words, message.entities ?? message.caption_entities, acts.command)),
    !words && !message.poll && !shown && el("p", { class: "only-you" }, "This page can't show this kind of message."),
    el("div", { class: "foot" }, reactions(message, acts), stamp(message, own)),
  );
}

function nameLine(chat, message) {
  const sender = senderOf(message);
  const member = (chat.members ?? []).find((one) => one.id === sender.id);
  const role = { creator: "owner", administrator: "admin" }[member?.status] ?? (message.sender_chat ? "admin" : null);
  return el(
    "p",
    { class: "sender", data: { colour: colour(sender.id) } },
    el("bdi", {}, senderName(message)),
    message.by_bot && el("span", { class: "role" }, "bot"),
    role && !message.by_bot && el("span", { class: "role" }, role),
  );
}

function quote(message, acts) {
  const replied = message.reply_to_message;
  const part = message.quote?.text ?? line(replied);
  return el(
    "button",
    { type: "button", class: "reply-quote", data: { colour: colour(senderOf(replied).id) }, on: { click: () => acts.jump(keyOf(replied)) } },
    el("span", { class: "quote-name" }, el("bdi", {}, senderName(replied))),
    el("span", { class: "quote-line", dir: "auto" }, part),
  );
}

function reactions(message, acts) {
  if (!message.reactions?.length) return null;
  const pill = ({ emoji, people }) =>
    el(
      "button",
      {
        type: "button",
        class: "reaction",
        "aria-pressed": String(people.includes(world.me)),
        title: people.map((id) => fullName(world.people.get(id) ?? world.bot)).join(", "),
        on: { click: () => acts.react(message, people.includes(world.me) ? null : emoji) },
      },
      emoji,
      el("span", {}, people.length),
    );
  return el("div", { class: "reactions" }, message.reactions.map(pill));
}

function stamp(message, own) {
  const at = message.date * 1000;
  return el(
    "span",
    { class: "stamp" },
    message.pinned && icon("pin"),
    message.edit_date && el("span", {}, "edited"),
    el("time", { datetime: new Date(at).toISOString() }, hour(at)),
    own && icon("ticks"),
  );
}

function moreButton(message, acts) {
  const click = (event) => acts.menu(message, event.currentTarget);
  return iconButton("more", "More", click, { class: "icon-button more", tabindex: -1 });
}

function spoken(message, own) {
  const who = own ? "You" : senderName(message);
  return `${who}, ${hour(message.date * 1000)}: ${line(message)}`;
}
