/** The bubble of a message that the bot still writes. */

import { toast } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { render } from "./entities.js";
import { post } from "./server.js";
import { world } from "./world.js";

/** A bubble for a draft; `updateDraft` fills it. */
export function draftBubble(draft) {
  const stop = el("button", { type: "button", class: "key stop", on: { click: () => pressStop(draft) } }, icon("stop"), "Stop");
  const words = el("div", { class: "words", dir: "auto" });
  return el(
    "article",
    { class: "message theirs by-bot draft run-end", "aria-label": "The bot is writing", "aria-live": "off", data: { key: `draft-${draft.draft_id}` } },
    el("div", { class: "stack" }, el("div", { class: "bubble" }, words), stop),
  );
}

/** Shows the newest words of a draft; the Stop button stays where it is. */
export function updateDraft(node, draft, acts) {
  const state = JSON.stringify([draft.text, draft.entities, draft.can_stop]);
  if (node.dataset.state === state) return;
  node.dataset.state = state;
  const words = render(draft.text, draft.entities, acts.command);
  node.querySelector(".words").replaceChildren(...words, dots(draft.text));
  node.querySelector(".stop").hidden = !draft.can_stop;
}

function dots(text) {
  const three = el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
  return text ? three : el("span", { class: "thinking" }, "Thinking", three);
}

async function pressStop(draft) {
  try {
    await post("/try/stop", { person: world.me, chat: world.open, draft_id: draft.draft_id });
  } catch (error) {
    toast(error.message, "bad");
  }
}
