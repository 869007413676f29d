/** What one can do with a message. */

import { isOwn } from "./bubbles.js";
import { toast } from "./dialogs.js";
import { el } from "./dom.js";
import { closeMenu, openMenu } from "./menus.js";
import { post } from "./server.js";
import { world } from "./world.js";

const REACTIONS = ["👍", "❤", "🔥", "🎉", "🤔", "👎"];

/** Opens the menu of a message at a place. */
export function messageMenu(message, place, { replyTo, editMessage }) {
  const words = message.text ?? message.caption;
  const real = Boolean(message.message_id);
  const entries = [
    real && reactionRow(message),
    real && { label: "Reply", act: () => replyTo(message) },
    words && { label: "Copy text", act: () => navigator.clipboard.writeText(words) },
    isOwn(message) && words && { label: "Edit", act: () => editMessage(message) },
    real && { label: "Delete", danger: true, act: () => send("/try/delete", message) },
  ];
  openMenu(place, "What to do with this message", entries.filter(Boolean));
}

/** Sets a reaction of the person one plays, or takes it back (null). */
export const react = (message, emoji) => send("/try/react", message, { emoji });

function reactionRow(message) {
  const button = (emoji) => {
    const press = () => {
      closeMenu();
      react(message, emoji);
    };
    return el("button", { type: "button", role: "menuitem", "aria-label": `React with ${emoji}`, on: { click: press } }, emoji);
  };
  return el("div", { class: "menu-reactions", role: "group", "aria-label": "React" }, REACTIONS.map(button));
}

async function send(path, message, more = {}) {
  try {
    await post(path, { person: world.me, chat: world.open, message_id: message.message_id, ...more });
  } catch (error) {
    toast(error.message, "bad");
  }
}
