/** Making nodes. Everything shown goes through here as text: the page never parses markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with attributes and children. `on` holds listeners, `data` the dataset; a null or
 * false attribute is left out, true is written empty; children are nodes or texts.
 */
export function el(tag, { on = {}, data = {}, ...attributes } = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const [name, value] of Object.entries(data)) node.dataset[name] = String(value);
  for (const [name, listener] of Object.entries(on)) node.addEventListener(name, listener);
  node.append(...children.flat().filter(isSomething));
  return node;
}

/** One of the symbols that stand in index.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** A button that shows an icon and says its name. */
export function iconButton(name, label, onClick, attributes = {}) {
  const click = { click: onClick };
  return el(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, on: click, ...attributes },
    icon(name),
  );
}

/** The element with this id, which index.html is known to have. */
export const byId = (id) => document.getElementById(id);

/** Calls `paint` once after all changes of this turn. */
export function soon(paint) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      paint();
    });
  };
}

function isSomething(child) {
  return child !== null && child !== undefined && child !== false && child !== "";
}
