/** Small menus that open beside a button or under the pointer. */

import { el } from "./dom.js";

let open = null;

/**
 * Opens a menu at a place {x, y} or beside an element. `entries` are {label, act, danger?}, or
 * nodes to show as they are. It closes by Esc, a press elsewhere, or the choice.
 */
export function openMenu(place, label, entries) {
  closeMenu();
  const back = document.activeElement;
  const list = el("div", { class: "menu", role: "menu", "aria-label": label }, entries.map(entryNode));
  const away = (event) => !list.contains(event.target) && closeMenu();
  open = { list, away, back };
  document.body.append(list);
  put(list, place instanceof Element ? corner(place) : place);
  list.addEventListener("keydown", walk);
  document.addEventListener("pointerdown", away, true);
  list.querySelector("button")?.focus();
}

/** Closes the open menu, if any, and gives the focus back. */
export function closeMenu() {
  if (!open) return;
  const { list, away, back } = open;
  open = null;
  document.removeEventListener("pointerdown", away, true);
  const had = list.contains(document.activeElement);
  list.remove();
  if (had) back?.focus?.();
}

function entryNode(entry) {
  if (entry instanceof Node) return entry;
  const act = () => {
    closeMenu();
    entry.act();
  };
  return el(
    "button",
    { type: "button", role: "menuitem", class: entry.danger ? "danger" : "", on: { click: act } },
    entry.label,
  );
}

function walk(event) {
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    closeMenu();
  } else if (steps[event.key]) {
    event.preventDefault();
    buttons.at((at + steps[event.key]) % buttons.length).focus();
  }
}

function corner(element) {
  const box = element.getBoundingClientRect();
  return { x: box.left, y: box.bottom + 4 };
}

function put(list, { x, y }) {
  const margin = 8;
  const left = Math.min(x, innerWidth - list.offsetWidth - margin);
  const top = Math.min(y, innerHeight - list.offsetHeight - margin);
  list.style.left = `${Math.max(margin, left)}px`;
  list.style.top = `${Math.max(margin, top)}px`;
}
