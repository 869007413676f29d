/** Files: by the button, dropped on the chat, or pasted. */

import { field as inputField, form, tick, toast } from "./dialogs.js";
import { byId, el } from "./dom.js";
import { size } from "./labels.js";
import { upload } from "./server.js";
import { isMember, world } from "./world.js";

const area = byId("chat");
const chooser = byId("chooser");
let composer;
let depth = 0;

/** Starts listening; `takeWords`, `takeReply` and `thread` give what goes along with a file. */
export function startAttachments(parts) {
  composer = parts;
  byId("attach").addEventListener("click", chooseFiles);
  chooser.addEventListener("change", () => {
    sendFiles([...chooser.files], false, composer.takeWords());
    chooser.value = "";
  });
  area.addEventListener("dragenter", enter);
  area.addEventListener("dragleave", leave);
  area.addEventListener("dragover", over);
  area.addEventListener("drop", drop);
  // A file dropped beside the chat would replace the page.
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => event.preventDefault());
  byId("field").addEventListener("paste", paste);
}

/** Opens the browser's window for choosing files. */
export const chooseFiles = () => chooser.click();

/** Sends files to the open chat: as documents, or pictures as photos. */
async function sendFiles(files, asPhoto, caption) {
  if (!files.length) return;
  const body = new FormData();
  body.append("person", world.me);
  body.append("chat", world.open);
  if (caption) body.append("caption", caption);
  if (asPhoto) body.append("as_photo", "true");
  const reply = composer.takeReply();
  if (reply) body.append("reply_to", reply);
  if (composer.thread()) body.append("thread", composer.thread());
  for (const file of files) body.append("file", file, file.name);
  byId("sending").hidden = false;
  try {
    await upload(body);
  } catch (error) {
    toast(error.message, "bad");
  }
  byId("sending").hidden = true;
}

const canSend = () => {
  const chat = world.chats.get(world.open);
  return chat && isMember(chat, world.me);
};

const hasFiles = (event) => event.dataTransfer?.types.includes("Files") && canSend();

function enter(event) {
  if (!hasFiles(event)) return;
  depth += 1;
  const items = [...event.dataTransfer.items].filter((item) => item.kind === "file");
  byId("drop-photo").hidden = !items.length || !items.every((item) => isPicture(item));
  byId("drop").hidden = false;
}

function leave(event) {
  if (!hasFiles(event)) return;
  depth -= 1;
  if (depth <= 0) endDrag();
}

function over(event) {
  if (!hasFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  for (const zone of byId("drop").children) zone.classList.toggle("over", zone.contains(event.target));
}

function drop(event) {
  endDrag();
  if (!hasFiles(event)) return;
  event.preventDefault();
  const files = [...event.dataTransfer.files];
  const asPhoto = byId("drop-photo").contains(event.target) && files.every(isPicture);
  sendFiles(files, asPhoto, composer.takeWords());
}

function endDrag() {
  depth = 0;
  byId("drop").hidden = true;
}

async function paste(event) {
  const files = [...event.clipboardData.files];
  if (!files.length || !canSend()) return;
  event.preventDefault();
  const names = files.map((file) => el("li", {}, el("bdi", {}, file.name), ` · ${size(file.size)}`));
  const fields = [
    el("ul", { class: "file-list" }, names),
    inputField("Caption", { name: "caption", maxlength: 1024, value: composer.takeWords() }),
    files.every(isPicture) && tick("Send as a picture", { name: "photo", checked: true }),
  ];
  const answer = await form(files.length > 1 ? `Send ${files.length} files?` : "Send this file?", fields, "Send");
  if (answer) sendFiles(files, answer.has("photo"), answer.get("caption"));
  byId("field").focus();
}

const isPicture = (file) => /^image\/(png|jpeg|gif)$/.test(file.type);
