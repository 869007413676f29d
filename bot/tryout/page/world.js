/** What the page knows of the local Telegram, kept true by its numbered events. */

import { follow, get } from "./server.js";

const ACTION_MS = 6000;
const PRESENT = new Set(["creator", "administrator", "member"]);

/** All that is known. `me` is the person one plays, `open` the chat one looks at. */
export const world = {
  bot: { id: 0, first_name: "Bot", username: "" },
  people: new Map(),
  chats: new Map(),
  rooms: new Map(),
  unread: new Map(),
  actions: new Map(),
  me: null,
  open: null,
  movable: false,
  ahead: 0,
  connection: "live",
};

const listeners = new Map();

/** Hear of changes of these kinds: the events' names, and `room`, `me`, `open`, `connection`. */
export function on(kinds, listener) {
  for (const kind of kinds.split(" ")) {
    listeners.set(kind, [...(listeners.get(kind) ?? []), listener]);
  }
}

/** Tell all who listen. */
export function tell(kind, detail = {}) {
  for (const listener of listeners.get(kind) ?? []) listener(detail);
}

/** The bot's time in milliseconds. */
export const now = () => Date.now() + world.ahead;

/** The bot's time, moved by hand on the server. */
export function setNow(instant) {
  world.ahead = Date.parse(instant) - Date.now();
  tell("clock");
}

/** Loads all and follows what happens from there. */
export async function begin() {
  const seq = await load();
  follow(seq, Object.keys(changes), apply, (state) => {
    world.connection = state;
    tell("connection");
  });
}

/** The chats of the person one plays: the bot's first, then groups by their latest message. */
export function myChats() {
  const groups = [...world.chats.values()].filter((chat) => chat.type !== "private" && !chat.migrated_to);
  const mine = groups.filter((chat) => isMember(chat, world.me));
  const others = groups.filter((chat) => !isMember(chat, world.me));
  mine.sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0));
  return [world.chats.get(world.me), ...mine, ...others].filter(Boolean);
}

/** Whether somebody is in a group now; everybody is in their own private chat. */
export const isMember = (chat, id) =>
  chat.id === id || (chat.members ?? []).some((member) => member.id === id && PRESENT.has(member.status));

/** How many messages a person has not seen in a chat. */
export const unreadIn = (person, chat) => world.unread.get(`${person}:${chat}`) ?? 0;

/** How many messages a person has not seen at all. */
export const unreadOf = (person) =>
  [...world.unread].reduce((sum, [key, count]) => (key.startsWith(`${person}:`) ? sum + count : sum), 0);

/** Nothing is unread in the chat one looks at. */
export function markRead() {
  if (world.unread.delete(`${world.me}:${world.open}`)) tell("unread");
}

/** Becomes somebody else; rooms look different to everybody. */
export function setMe(person) {
  world.me = person;
  world.rooms.clear();
  tell("me");
}

/** The number of a message in its chat; ephemeral ones have an own count, below zero here. */
export const numberOf = (message) => message.message_id || -message.ephemeral_message_id;

/** The same as text, to find nodes by. */
export const keyOf = (message) => String(numberOf(message));

/** A message of an open room by its key. */
export const messageIn = (chat, key) =>
  world.rooms.get(chat)?.messages.find((message) => keyOf(message) === String(key));

/** Loads a chat as the person one plays sees it. */
export async function enter(chat) {
  if (!world.rooms.get(chat)?.loaded) await loadRoom(chat);
}

/** Who is doing what in a chat ("typing"), or null. */
export function actionIn(chat) {
  const action = world.actions.get(chat);
  return action && action.ends > Date.now() ? action.name : null;
}

async function load() {
  const state = await get("/try/state");
  world.bot = state.bot;
  world.movable = state.movable;
  world.people = new Map(state.people.map((person) => [person.id, person]));
  world.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
  world.rooms.clear();
  setNow(state.now);
  return state.seq;
}

async function loadRoom(chat) {
  const me = world.me;
  const room = { loaded: false, waiting: [], messages: [], drafts: [], commands: [], keyboard: null };
  world.rooms.set(chat, room);
  const seen = await get(`/try/chats/${chat}/messages?as=${me}`).catch((error) => {
    world.rooms.delete(chat);
    throw error;
  });
  if (world.rooms.get(chat) !== room) return;
  const { messages, drafts, commands, keyboard } = seen;
  Object.assign(room, { messages, drafts, commands, keyboard, loaded: true });
  for (const [kind, data, seq] of room.waiting) if (seq > seen.seq) inRoom[kind](room, data);
  tell("room", { chat });
}

function apply(kind, data, seq) {
  if (data.to && data.to !== world.me && kind !== "message") return;
  changes[kind](data);
  const room = world.rooms.get(data.chat);
  if (room && inRoom[kind] && (!data.to || data.to === world.me)) {
    if (room.loaded) inRoom[kind](room, data);
    else room.waiting.push([kind, data, seq]);
  }
  tell(kind, data);
}

const nothing = () => {};

/** What each event changes outside of rooms. */
const changes = {
  message({ chat, message, to }) {
    if (!to) setLast(chat, message);
    if (message.by_bot) world.actions.delete(chat);
    countUnread(chat, message, to);
  },
  edited({ chat, message }) {
    const known = world.chats.get(chat);
    if (known?.last && keyOf(known.last) === keyOf(message)) known.last = message;
  },
  deleted({ chat, message_ids }) {
    const known = world.chats.get(chat);
    if (known?.last && message_ids.includes(known.last.message_id)) {
      known.last = world.rooms.get(chat)?.messages.findLast((one) => !message_ids.includes(one.message_id)) ?? null;
    }
  },
  draft: nothing,
  draft_gone: nothing,
  action({ chat, action }) {
    world.actions.set(chat, { name: action, ends: Date.now() + ACTION_MS });
    setTimeout(() => tell("action", { chat }), ACTION_MS + 50);
  },
  callback_answer: nothing,
  reaction: nothing,
  poll: nothing,
  pinned({ chat, pinned }) {
    const known = world.chats.get(chat);
    if (known) known.pinned = pinned;
  },
  chat({ chat }) {
    world.chats.set(chat.id, chat);
  },
  person({ person }) {
    world.people.set(person.id, person);
    if (!world.chats.has(person.id)) world.chats.set(person.id, privateChat(person));
  },
  commands() {
    if (world.open) loadRoom(world.open).catch(nothing);
  },
  clock({ now: instant }) {
    setNow(instant);
  },
  reset() {
    load().then(() => {
      if (!world.people.has(world.me)) world.me = world.people.keys().next().value;
      tell("me");
    }, nothing);
  },
};

/** What each event changes in the room of its chat. */
const inRoom = {
  message(room, { message }) {
    upsert(room, message);
    const markup = message.keyboard;
    if (markup?.keyboard) room.keyboard = markup;
    if (markup?.remove_keyboard) room.keyboard = null;
  },
  edited(room, { message }) {
    upsert(room, message);
  },
  deleted(room, { message_ids }) {
    room.messages = room.messages.filter((message) => !message_ids.includes(numberOf(message)));
  },
  draft(room, { draft }) {
    const others = room.drafts.filter((one) => one.draft_id !== draft.draft_id);
    room.drafts = [...others, draft];
  },
  draft_gone(room, { draft_id }) {
    room.drafts = room.drafts.filter((one) => one.draft_id !== draft_id);
  },
  reaction(room, { message_id, reactions }) {
    change(room, message_id, { reactions });
  },
  poll(room, { message_id, poll, voted }) {
    change(room, message_id, voted ? { poll, voted } : { poll });
  },
};

function upsert(room, message) {
  const at = room.messages.findIndex((one) => keyOf(one) === keyOf(message));
  if (at < 0) room.messages.push(message);
  else room.messages[at] = { ...message, voted: message.voted?.length ? message.voted : room.messages[at].voted };
}

/** Changes some fields of a message in a room. */
export function change(room, messageId, fields) {
  room.messages = room.messages.map((message) =>
    message.message_id === messageId ? { ...message, ...fields } : message,
  );
}

function setLast(chat, message) {
  const known = world.chats.get(chat);
  if (known) known.last = message;
}

function countUnread(chat, message, to) {
  const known = world.chats.get(chat);
  for (const person of world.people.keys()) {
    const looking = person === world.me && chat === world.open && !document.hidden;
    const sees = known && isMember(known, person) && (!to || to === person);
    if (!sees || looking || message.from?.id === person) continue;
    const key = `${person}:${chat}`;
    world.unread.set(key, (world.unread.get(key) ?? 0) + 1);
  }
}

function privateChat(person) {
  return { id: person.id, type: "private", person: person.id, members: [], topics: [], pinned: [], last: null };
}
