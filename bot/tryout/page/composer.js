/** Where one writes: the text field, what one replies to or changes, and sending. */

import { commandPopup } from "./commands.js";
import { toast } from "./dialogs.js";
import { byId, soon } from "./dom.js";
import { replyKeyboard } from "./keyboards.js";
import { line } from "./labels.js";
import { isOwn, senderName } from "./bubbles.js";
import { post } from "./server.js";
import { isMember, on, world } from "./world.js";

const PLACEHOLDER = "Write a message";
const field = byId("field");
/** Words not yet sent, by person and chat. */
const unsent = new Map();
let place = null;
/** {reply} or {edit}: the message that the next one belongs to. */
let belongs = {};
let keysHidden = null;
let thread = () => null;

/** Starts listening; `currentThread` tells the forum topic one looks at. */
export function startComposer(currentThread) {
  thread = currentThread;
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener("keydown", keys);
  field.addEventListener("input", typed);
  byId("context-close").addEventListener("click", forget);
  byId("keys-toggle").addEventListener("click", toggleKeys);
  byId("menu-button").addEventListener("click", () => {
    popup.toggle();
    field.focus();
  });
  on("room message chat person", soon(paintState));
  on("message", ({ chat, message }) => chat === world.open && obey(message));
  on("deleted", ({ message_ids }) => {
    const bound = belongs.reply ?? belongs.edit;
    if (bound && message_ids.includes(bound.message_id)) forget();
  });
}

const popup = commandPopup(byId("commands"), field, (words) => {
  field.value = "";
  typed();
  sendText(words);
});

/** Turns to another chat, keeping what was written in this one. */
export function turnTo(person, chat) {
  if (place) unsent.set(place, field.value);
  place = `${person}:${chat}`;
  field.value = unsent.get(place) ?? "";
  forget();
  keysHidden = null;
  typed();
  paintState();
}

/** The next message replies to this one. */
export function replyTo(message) {
  belongs = { reply: message };
  paintContext(`Reply to ${isOwn(message) ? "yourself" : senderName(message)}`, line(message));
}

/** The next Enter changes this message. */
export function editMessage(message) {
  belongs = { edit: message };
  field.value = message.text ?? message.caption ?? "";
  typed();
  paintContext("Change your message", line(message));
}

/** The id of the message that what is sent now replies to; used up by this. */
export function takeReply() {
  const id = belongs.reply?.message_id;
  if (belongs.reply) forget();
  return id;
}

/** The words in the field, to go along with a file; used up by this. */
export function takeWords() {
  const words = belongs.edit ? "" : field.value.trim();
  if (words) field.value = "";
  typed();
  return words;
}

/** Sends a text to the open chat. */
export async function sendText(text) {
  const body = { person: world.me, chat: world.open, text };
  const reply = takeReply();
  if (reply) body.reply_to = reply;
  if (thread()) body.thread = thread();
  return post("/try/send", body).then(
    () => true,
    (error) => {
      toast(error.message, "bad");
      return false;
    },
  );
}

async function submit() {
  const text = field.value;
  if (!text.trim()) return;
  field.value = "";
  typed();
  const edited = belongs.edit;
  const sent = edited ? await saveEdit(edited, text) : await sendText(text);
  if (!sent && !field.value) field.value = text;
  typed();
}

async function saveEdit(message, text) {
  forget();
  try {
    await post("/try/edit", { person: world.me, chat: world.open, message_id: message.message_id, text });
    return true;
  } catch (error) {
    toast(error.message, "bad");
    return false;
  }
}

function keys(event) {
  if (event.isComposing || popup.keys(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape") {
    forget();
  } else if (event.key === "ArrowUp" && !field.value) {
    editLast(event);
  }
}

function editLast(event) {
  const last = world.rooms.get(world.open)?.messages.findLast((message) => isOwn(message) && message.text);
  if (!last) return;
  event.preventDefault();
  editMessage(last);
}

function typed() {
  byId("send").disabled = !field.value.trim();
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
  popup.filter(field.value);
}

function forget() {
  if (belongs.edit) {
    field.value = "";
    typed();
  }
  belongs = {};
  byId("context").hidden = true;
}

function paintContext(title, words) {
  byId("context-title").textContent = title;
  byId("context-line").textContent = words;
  byId("context").hidden = false;
  field.focus();
}

/** What the bot asks of the field: a reply, or other words in it. */
function obey(message) {
  const markup = message.keyboard;
  if (!markup || !message.by_bot) return;
  if (markup.force_reply) replyTo(message);
  keysHidden = null;
  field.placeholder = markup.input_field_placeholder || PLACEHOLDER;
}

function paintState() {
  const chat = world.chats.get(world.open);
  if (!chat) return;
  const joined = isMember(chat, world.me);
  byId("composer").hidden = !joined;
  byId("join").hidden = joined;
  paintKeys();
  const blocked = chat.type === "private" && world.people.get(world.me)?.blocked;
  byId("blocked").hidden = !blocked;
  byId("menu-button").hidden = !world.rooms.get(world.open)?.commands?.length;
}

function paintKeys() {
  const markup = world.rooms.get(world.open)?.keyboard;
  const usable = Boolean(markup?.keyboard?.length);
  const open = usable && keysHidden !== markup;
  byId("keys-toggle").hidden = !usable;
  byId("keys-toggle").setAttribute("aria-expanded", String(open));
  const panel = byId("reply-keyboard");
  panel.hidden = !open;
  if (open) panel.replaceChildren(...replyKeyboard(markup, (text) => pressKey(markup, text)));
}

function pressKey(markup, text) {
  if (markup.one_time_keyboard) {
    keysHidden = markup;
    paintKeys();
  }
  sendText(text);
}

function toggleKeys() {
  const markup = world.rooms.get(world.open)?.keyboard;
  keysHidden = keysHidden === markup ? null : markup;
  paintKeys();
}

