// Elements, choices, tables and the frame of a figure. Text from files is set as text, never as markup.

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

/** A box to tick. */
function tick(text, on, changed) {
  const box = el("input", { type: "checkbox", checked: on, onchange: () => changed(box.checked) });
  return el("label", { class: "tick" }, box, el("span", {}, text));
}

/** A table: columns with title and cell; cells may be texts or elements; a title sorts. */
function table(caption, columns, rows) {
  const body = el("tbody");
  const cell = (column, row, i) =>
    i === 0 ? el("th", { scope: "row" }, column.cell(row))
      : el("td", { class: column.number ? "number" : null }, column.cell(row));
  const fill = (some) => body.replaceChildren(...some.map((row) => el("tr", {}, columns.map((column, i) => cell(column, row, i)))));
  const head = columns.map((column, i) => {
    const title = el("th", { scope: "col", class: column.number ? "number" : null });
    const sort = () => {
      const down = title.getAttribute("aria-sort") !== "descending";
      for (const other of title.parentNode.children) other.removeAttribute("aria-sort");
      title.setAttribute("aria-sort", down ? "descending" : "ascending");
      const texts = rows.map((row) => el("span", {}, columns[i].cell(row)).textContent);
      const value = (text) => Number(text.replace("−", "-").replace(/[^\d.e-]/g, ""));
      const order = rows.map((row, at) => ({ row, at })).sort((a, b) => (column.number ? value(texts[a.at]) - value(texts[b.at]) : texts[a.at].localeCompare(texts[b.at])));
      fill((down ? order.reverse() : order).map(({ row }) => row));
    };
    title.append(column.title && rows.length > 8 ? el("button", { type: "button", class: "sort", onclick: sort }, column.title) : column.title ?? "");
    return title;
  });
  fill(rows);
  return el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, head)), body);
}

const column = (title, cell) => ({ title, cell });
const numeric = (title, cell) => ({ title, cell, number: true });

/** A table's cells as CSV (RFC 4180). */
function csvOf(table) {
  const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [...table.rows].map((row) => [...row.cells].map((cell) => quoted(cell.textContent.trim().replace("−", "-"))).join(",")).join("\n");
}

/** Hands a file over. */
function save(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** What was opened or chosen in a figure: it outlives a change of language. */
const choices = new Map();
function chosenIn(id, first) {
  if (!choices.has(id)) choices.set(id, first);
  return choices.get(id);
}

/** Figures of the page, each with what draws it again. */
let figures = [];

/**
 * A figure: title, note, controls, picture, address, and the numbers behind it one click away.
 * `draw` gets the picture's element; `numbers` returns tables; `on` names the choices that it follows.
 */
function figure({ id, title, note, draw, numbers, on = [] }) {
  const heading = el("h3", { id: `${id}-title` });
  const remark = el("p", { class: "note" });
  const controls = el("div", { class: "controls" });
  const picture = el("div", { class: "picture" });
  const tables = el("div", { class: "numbers", tabindex: 0 });
  const shown = chosenIn(`${id}-numbers`, { open: false });
  const fill = () => tables.replaceChildren(...(details.open ? [tools(id, () => tables, picture), ...[numbers()].flat()] : []));
  const details = el("details", { open: shown.open, ontoggle: () => { shown.open = details.open; fill(); } }, el("summary", {}, t("figure.numbers")), tables);
  const link = el("a", { class: "address", href: `#${id}`, onclick: (event) => goTo(id, event), "aria-label": `${t("figure.link")}: ${id}` }, "#");
  const frame = el("figure", { id, tabindex: -1, "aria-labelledby": `${id}-title` }, el("figcaption", {}, el("div", { class: "title" }, heading, link), remark), controls, picture, numbers ? details : null);
  const redraw = async () => {
    heading.textContent = title();
    remark.textContent = note ? note() : "";
    tables.setAttribute("aria-label", title());
    await draw(picture);
    for (const svg of picture.querySelectorAll(".main-svg")) svg.setAttribute("aria-hidden", "true");
    fill();
  };
  figures.push({ id, redraw, on });
  return { frame, controls, redraw };
}

/** CSV of the tables, JSON and picture of the drawing. */
function tools(id, tables, picture) {
  const button = (key, clicked) => el("button", { type: "button", onclick: clicked }, t(key));
  const plots = () => [...picture.querySelectorAll(".js-plotly-plot")];
  const csv = () => save(`${id}.csv`, [...tables().querySelectorAll("table")].map(csvOf).join("\n\n"), "text/csv");
  const json = () => save(`${id}.json`, JSON.stringify(plots().map(({ data, layout }) => ({ data, layout }))), "application/json");
  const png = () => plots().forEach((plot, i) => Plotly.downloadImage(plot, { format: "png", scale: 2, filename: `${id}${i || ""}` }));
  return el("p", { class: "tools" }, button("figure.csv", csv), plots().length ? [button("figure.json", json), button("figure.png", png)] : null);
}

/** A section of the page with its heading. */
function section(id, ...children) {
  return el("section", { id, tabindex: -1, "aria-labelledby": `${id}-heading` }, el("h2", { id: `${id}-heading` }, t(`section.${id}`)), children);
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
