/** Links: which ones may be followed, and those that lead back into this Telegram. */

import { confirmLink, toast } from "./dialogs.js";
import { el } from "./dom.js";

const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);
/** A scheme, and not a host with a port as in "example.org:80". */
const SCHEME = /^\s*[a-z][\w+.-]*:(?!\d)/i;
let botName = "";
let onStart = () => {};

/** Tells which bot's t.me links stay inside, and who hears their start payload. */
export function leadInside(username, start) {
  botName = username.toLowerCase();
  onStart = start;
}

/** A link that works, or plain text when its address is nothing a browser should follow. */
export function linkNode(address, words, children) {
  const url = safeUrl(address);
  if (!url && !inside(address)) return el("span", { class: "marked", title: address }, children);
  const disguised = words.trim() !== address.trim() && url?.protocol !== "mailto:";
  const attributes = {
    href: url?.href ?? "#",
    title: address,
    target: "_blank",
    rel: "noopener noreferrer",
    on: {
      click: (event) => {
        if (!inside(address) && !disguised) return;
        event.preventDefault();
        follow(address);
      },
    },
  };
  return el("a", attributes, children);
}

/** Goes where an address leads: a chat of this Telegram, or outside after a question. */
export async function follow(address) {
  const payload = inside(address);
  if (payload) return onStart(payload.start);
  const url = safeUrl(address);
  if (!url) return toast(`This link can't be opened here: ${address}`);
  if (await confirmLink(url.href)) window.open(url.href, "_blank", "noopener,noreferrer");
}

function safeUrl(address) {
  const url = parse(SCHEME.test(address) ? address : `https://${address}`);
  return url && SAFE.has(url.protocol) ? url : null;
}

function parse(candidate) {
  try {
    return new URL(candidate);
  } catch {
    return null;
  }
}

/** {start} when an address is a deep link to our bot; null otherwise. */
function inside(address) {
  const url = parse(SCHEME.test(address) ? address : `https://${address}`);
  if (!url || !botName) return null;
  const web = /^(t|telegram)\.me$/.test(url.hostname) && url.pathname.slice(1).toLowerCase() === botName;
  const app = url.protocol === "tg:" && url.searchParams.get("domain")?.toLowerCase() === botName;
  return web || app ? { start: url.searchParams.get("start") } : null;
}
