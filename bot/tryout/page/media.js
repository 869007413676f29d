/** Pictures, files and sounds inside a bubble. */

import { enlarge } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { size } from "./labels.js";

const SHOWN_WIDTH = 420;
const SHOWN_HEIGHT = 420;

/** What a message carries beside words; null when it carries nothing. */
export function attachment(message) {
  if (message.photo) return photo(message);
  if (message.document) return file(message.document);
  if (message.audio) return sound(message.audio);
  if (message.voice) return sound(message.voice);
  if (message.video) return el("video", { class: "video", controls: true, src: address(message.video), preload: "metadata" });
  if (message.sticker) return el("p", { class: "sticker" }, message.sticker.emoji ?? "Sticker");
  if (message.location) return el("p", {}, `📍 ${message.location.latitude}, ${message.location.longitude}`);
  if (message.contact) return el("p", {}, `☎ ${message.contact.first_name} ${message.contact.phone_number}`);
  if (message.dice) return el("p", { class: "sticker" }, `${message.dice.emoji} ${message.dice.value}`);
  return null;
}

/** Where the bytes of a file are. */
export const address = (file) => `/try/file/${encodeURIComponent(file.file_id)}`;

function photo(message) {
  const largest = message.photo.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
  const words = message.caption || "Photo";
  const scale = Math.min(1, SHOWN_WIDTH / largest.width, SHOWN_HEIGHT / largest.height);
  const picture = el("img", {
    src: address(largest),
    alt: words,
    width: Math.max(1, Math.round(largest.width * scale)),
    height: Math.max(1, Math.round(largest.height * scale)),
    draggable: "false",
  });
  const open = () => enlarge(address(largest), words);
  const cover = message.has_media_spoiler ? " covered" : "";
  return el("button", { type: "button", class: `photo${cover}`, "aria-label": `Enlarge: ${words}`, on: { click: open } }, picture);
}

function file(document) {
  const name = document.file_name || "file";
  const ending = name.includes(".") ? name.split(".").pop().slice(0, 4) : "file";
  return el(
    "a",
    { class: "file", href: address(document), download: name, title: `Download ${name}` },
    el("span", { class: "file-kind", "aria-hidden": "true" }, el("span", {}, ending), icon("download")),
    el("span", { class: "file-facts" }, el("bdi", { class: "file-name" }, name), el("span", { class: "file-size" }, size(document.file_size ?? 0))),
  );
}

function sound(audio) {
  return el("audio", { class: "sound", controls: true, src: address(audio), preload: "metadata" });
}
