// Elements, choices and the frame of a figure. Text from files is set as text, never as markup.

// Okabe and Ito's palette: told apart without seeing red and green.
const COLOURS = {
  better: "#0072B2", worse: "#D55E00", changed: "#CC79A7", unclear: "#767676", baseline: "#444",
  series: ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"],
};
const INK = "#1b2530";
const STYLE = { fontFamily: "inherit", fontSize: "12px", color: INK, background: "none", overflow: "visible" };

/** An element with attributes and children; listeners are attributes that begin with "on". */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null));
  return element;
}

/** A labelled choice among texts; `chosen` hears the index. */
function choice(label, options, at, chosen) {
  const entries = options.map((text, i) => el("option", { value: i, selected: i === at }, text));
  const select = el("select", { onchange: () => chosen(Number(select.value)) }, entries);
  return el("label", { class: "choice" }, el("span", {}, label), select);
}

/** A labelled slider over texts; `moved` hears the index. */
function slider(label, options, at, moved) {
  const shown = el("output", {}, options[at]);
  const input = el("input", {
    type: "range", min: 0, max: options.length - 1, step: 1, value: at, "aria-valuetext": options[at],
    oninput: () => {
      const text = options[Number(input.value)];
      shown.value = text;
      input.setAttribute("aria-valuetext", text);
      moved(Number(input.value));
    },
  });
  return el("label", { class: "choice slider" }, el("span", {}, label), input, shown);
}

/** A box to tick. */
function tick(text, on, colour, changed) {
  const box = el("input", { type: "checkbox", checked: on, onchange: () => changed(box.checked) });
  const swatch = el("span", { class: "swatch", "aria-hidden": "true" });
  swatch.style.background = on ? colour : "transparent";
  return el("label", { class: "tick" }, box, swatch, text);
}

/** A table: columns with title and cell; cells may be texts or elements. */
function table(caption, columns, rows) {
  const head = columns.map((column) => el("th", { scope: "col", class: column.number ? "number" : null }, column.title));
  const cell = (column, row, i) =>
    i === 0 ? el("th", { scope: "row" }, column.cell(row))
      : el("td", { class: column.number ? "number" : null }, column.cell(row));
  const body = rows.map((row) => el("tr", {}, columns.map((column, i) => cell(column, row, i))));
  return el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, head)), el("tbody", {}, body));
}

const column = (title, cell) => ({ title, cell });
const numeric = (title, cell) => ({ title, cell, number: true });

/** Figures of the page; each can draw itself again. */
const figures = [];

/** What was chosen, by figure: it outlives a change of language. */
const choices = new Map();

/** The choices of a figure; `first` where none were made. */
function chosenIn(id, first) {
  if (!choices.has(id)) choices.set(id, first);
  return choices.get(id);
}

/**
 * A figure: title, note, controls, picture, and the numbers behind it one click away.
 * `draw` gets the width and returns nodes, `numbers` returns a table.
 */
function figure({ id, title, note, draw, numbers }) {
  const heading = el("h3", { id: `${id}-title` });
  const remark = el("p", { class: "note" });
  const controls = el("div", { class: "controls" });
  const picture = el("div", { class: "picture" });
  const tables = el("div", { class: "numbers", tabindex: 0 });
  const shown = chosenIn(`${id}-numbers`, { open: false });
  const toggled = () => {
    shown.open = details.open;
    fill();
  };
  const details = el("details", { open: shown.open, ontoggle: toggled }, el("summary", {}, t("figure.numbers")), tables);
  const frame = el("figure", { id, "aria-labelledby": `${id}-title` }, el("figcaption", {}, heading, remark), controls, picture, numbers ? details : null);
  const fill = () => tables.replaceChildren(...(details.open ? [numbers()].flat() : []));
  const redraw = () => {
    heading.textContent = title();
    remark.textContent = note ? note() : "";
    tables.setAttribute("aria-label", title());
    picture.replaceChildren(...[draw(picture.clientWidth || 720)].flat());
    for (const svg of picture.querySelectorAll("svg")) name(svg, title());
    fill();
  };
  figures.push(redraw);
  return { frame, controls, redraw };
}

/** Gives a picture an accessible name and makes it one thing for a screen reader. */
function name(svg, title) {
  if (svg.getAttribute("aria-hidden")) return;
  svg.setAttribute("role", "img");
  if (!svg.getAttribute("aria-label")) svg.setAttribute("aria-label", title);
}

/** A section of the page with its heading. */
function section(id, ...children) {
  return el("section", { id, "aria-labelledby": `${id}-heading` }, el("h2", { id: `${id}-heading` }, t(`section.${id}`)), children);
}

/** Moves labels apart: positions at least `gap` from each other, in their order. */
function apart(positions, gap, low, high) {
  const order = positions.map((at, i) => ({ at, i })).sort((a, b) => a.at - b.at);
  let floor = low;
  for (const label of order) floor = (label.at = Math.max(label.at, floor)) + gap;
  let ceiling = high;
  for (const label of [...order].reverse()) ceiling = (label.at = Math.min(label.at, ceiling)) - gap;
  const moved = [];
  for (const { at, i } of order) moved[i] = at;
  return moved;
}
