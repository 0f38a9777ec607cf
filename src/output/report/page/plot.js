// Drawing: a figure is plotly's JSON, made in Rust; here it gets the reader's language, the page's colours
// and width, and nothing else.

const dark = matchMedia("(prefers-color-scheme: dark)");
const NARROW = 700;

/** The figure at this path of `data.figures`, in the reader's words; nothing where there is none. */
function figureOf(...path) {
  const found = path.reduce((at, key) => at?.[key], data.figures);
  if (!found) return null;
  const figure = structuredClone(found);
  if (language.now !== data.language) patch(figure, `${path.join("/")}/`);
  return figure;
}

/** Puts in what is different in the other language. */
function patch(figure, prefix) {
  for (const [path, value] of Object.entries(data.patch)) {
    if (!path.startsWith(prefix)) continue;
    const keys = path.slice(prefix.length).split("/");
    const last = keys.pop();
    keys.reduce((at, key) => at[key], figure)[last] = value;
  }
}

const twins = new Map(data.twins);

/** Colours of a dark page in place of those of a light one. */
function themed(value) {
  if (!dark.matches) return value;
  if (typeof value === "string") {
    const twin = /^#[0-9a-f]{6}([0-9a-f]{2})?$/.test(value) ? twins.get(value.slice(0, 7)) : null;
    return twin ? twin + value.slice(7) : value;
  }
  if (Array.isArray(value)) return value.map(themed);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, themed(of)]));
  return value;
}

/** Letters that a text is wide: a Chinese one takes the room of nearly two, markup takes none. */
const lettersWide = (text) => [...text.replace(/<[^>]*>/g, "")].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 1.8 : 1), 0);

/** Where a text may break: between words, after any Chinese letter, within a path after its dots and dashes. */
const PIECES = /[\u2e80-\uffef][，。、：；）”]*|(?:(?![._][a-z])[^\s\u2e80-\uffef])+(?:[._](?=[a-z]))?\s*|[._]|\s+/g;

/** A text in lines of at most so many letters. */
function wrapped(text, most) {
  const whole = lettersWide(String(text));
  // Chinese has no spaces: it breaks anywhere, but into lines of the same length
  const room = /[\u2e80-\uffef]/.test(text) ? Math.min(most, whole / Math.ceil(whole / most) + 1.8) : most;
  const lines = [""];
  for (const piece of String(text).match(PIECES) ?? []) {
    if (lines.at(-1) && lettersWide((lines.at(-1) + piece).trimEnd()) > room) lines.push(piece);
    else lines[lines.length - 1] += piece;
  }
  return lines.map((line) => line.trim()).join("<br>");
}

/** The layout that a page of this width has room for. */
function fitted(layout, width) {
  const { narrow, ...rest } = layout.meta ?? {};
  const own = { ...(width < NARROW && narrow ? { ...layout, ...narrow } : layout), width };
  own.meta = { ...rest, ...(narrow?.meta && width < NARROW ? narrow.meta : {}) };
  if (own.meta.aspect) own.height = Math.round(own.meta.aspect[0] * width + own.meta.aspect[1]);
  for (const [name, axis] of Object.entries(own)) if (/^[xy]axis\d*$/.test(name)) own[name] = fittedAxis(own, name, axis, width);
  if (own.meta.aspect) titled(own, width);
  own.margin = margins(own);
  own.height = roomy(own);
  return own;
}

/** Titles of panels, broken into lines where a panel is narrower; the top grows by as many. */
function titled(layout, width) {
  const most = Math.floor((width * (layout.xaxis.domain[1] - layout.xaxis.domain[0])) / 7.5);
  layout.annotations = layout.annotations.map((note) => ({ ...note, text: wrapped(note.text, most) }));
  const more = 15 * (Math.max(1, ...layout.annotations.map((note) => note.text.split("<br>").length)) - 1);
  layout.margin = { ...layout.margin, t: layout.margin.t + more };
  layout.height += more;
}

/** The height at which names that were broken into lines have room, and turned ones take none from the rows. */
function roomy({ height, margin, yaxis }) {
  const names = yaxis?.ticktext ?? [];
  const lines = Math.max(1, ...names.map((name) => name.split("<br>").length));
  const size = yaxis?.tickfont?.size ?? 12;
  const rows = names.length * (lines * size * 1.3 + 3) + margin.t + margin.b;
  return Math.round(Math.max(height, lines > 1 || margin.t > 40 ? rows : 0));
}

/** An axis whose names and title are broken into lines where they have no room. */
function fittedAxis(layout, name, axis, width) {
  const made = { ...axis, automargin: false };
  const most = width < 480 ? 16 : width < NARROW ? 22 : 34;
  if (name.startsWith("y") && axis.ticktext) made.ticktext = axis.ticktext.map((text) => wrapped(text, most));
  const [from, to] = axis.domain ?? [0, 1];
  const room = (name.startsWith("x") ? width : layout.height) * (to - from);
  if (name.startsWith("x") && axis.side === "top" && axis.ticktext?.length > 1 && linesWidth(axis.ticktext) > (room * 0.4) / axis.ticktext.length) made.tickangle = -90;
  if (name.startsWith("x") && axis.side !== "top" && axis.ticktext) Object.assign(made, spaced(axis, room));
  if (axis.title?.text) made.title = { ...axis.title, text: wrapped(axis.title.text, Math.max(18, Math.floor((name.startsWith("x") ? 0.8 * room : room) / 7.5))), standoff: 6 };
  return made;
}

/** Names below a figure, as many as have room: of years every so many, of turned names all or none. */
function spaced({ ticktext, tickvals, tickangle, tickfont }, room) {
  if (tickangle) return (tickfont?.size ?? 12) * 1.3 * ticktext.length > room ? { showticklabels: false } : {};
  const every = Math.ceil(((linesWidth(ticktext) + 6) * ticktext.length) / (room * 0.65));
  const kept = (list) => list.filter((_, i) => i % every === 0);
  return { ticktext: kept(ticktext), tickvals: kept(tickvals) };
}

/** Width of the longest line among texts, in pixels; a Chinese character is twice as wide. */
const linesWidth = (texts, size = 12) => Math.max(0, ...texts.flatMap((text) => String(text).split("<br>")).map((line) => [...line].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 1 : 0.56), 0))) * size;

/** Margins that the axes at the edges of a figure need: worked out once, not by drawing again and again. */
function margins(layout) {
  const margin = { l: 8, r: 12, t: 8, b: 8, ...layout.margin };
  for (const [name, axis] of Object.entries(layout)) {
    if (!/^[xy]axis\d*$/.test(name) || axis.visible === false) continue;
    const size = axis.tickfont?.size ?? 12;
    const title = axis.title?.text ? 10 + 17 * axis.title.text.split("<br>").length : 0;
    const labels = axis.showticklabels === false ? [] : axis.ticktext ?? ["−0.00"];
    const other = layout[`${axis.anchor?.[0] ?? (name[0] === "x" ? "y" : "x")}axis${axis.anchor?.slice(1) ?? ""}`];
    if ((other?.domain?.[0] ?? 0) > 0.05) continue;
    if (name[0] === "y") margin.l = Math.max(margin.l, linesWidth(labels, size) + 14 + title);
    else if (axis.side === "top") margin.t = Math.max(margin.t, (axis.tickangle === -90 ? linesWidth(labels, size) + 22 : 22) + title);
    if (name[0] === "x" && !axis.ticktext) margin.r = Math.max(margin.r, 26);
    if (name[0] === "x" && axis.side !== "top") margin.b = Math.max(margin.b, (axis.tickangle ? linesWidth(labels, size) + 10 : 22) + title);
  }
  return margin;
}

/** The colour that a heatmap has for a value. */
function colourOf({ colorscale, zmin, zmax }, value) {
  const at = Math.min(1, Math.max(0, (value - zmin) / (zmax - zmin || 1)));
  const end = Math.max(1, colorscale.findIndex(([stop]) => stop >= at));
  const [[low, from], [high, to]] = [colorscale[end - 1], colorscale[end]];
  const part = (colour, i) => parseInt(colour.slice(2 * i + 1, 2 * i + 3), 16);
  return [0, 1, 2].map((i) => part(from, i) + ((at - low) / (high - low)) * (part(to, i) - part(from, i)));
}

/** Black or white, whichever can be read on this colour. */
function inkOn(colour) {
  const [r, g, b] = colour.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "#000000" : "#ffffff";
}

/** Words on the cells of a heatmap as a trace of their own: the ink that plotly takes is too faint on middle tones. */
function cellWords({ texttemplate, z, text, x, y, xaxis, yaxis, textfont, ...trace }, { width, margin }) {
  const words = texttemplate === "%{z}" ? z : text;
  const cells = words.flatMap((row, r) => row.map((word, c) => ({ word: String(word ?? ""), r, c }))).filter(({ word }) => word);
  const ink = ({ r, c }) => (isKnown(z[r][c]) ? inkOn(colourOf(trace, z[r][c])) : dark.matches ? "#ffffff" : "#000000");
  // numbers are as large as their cells allow, down to what can be read
  const size = Math.min(12, (width - margin.l - margin.r) / z[0].length / linesWidth(cells.map(({ word }) => word), 1) - 2);
  return {
    type: "scatter", mode: "text", hoverinfo: "skip", visible: Boolean(textfont) || size >= 7, meta: { part: "words" }, ...(xaxis ? { xaxis, yaxis } : {}),
    x: cells.map(({ c }) => x?.[c] ?? c), y: cells.map(({ r }) => y?.[r] ?? r), text: cells.map(({ word }) => word),
    textfont: { size, ...textfont, color: cells.map(ink) },
  };
}

/** The traces, words on cells after all else. */
function worded(traces, layout) {
  const hasWords = ({ type, texttemplate }) => type === "heatmap" && texttemplate;
  const bare = traces.map((trace) => (hasWords(trace) ? { ...trace, texttemplate: undefined } : trace));
  return [...bare, ...traces.filter(hasWords).map((trace) => cellWords(trace, layout))];
}

/** Width of a page of paper, as browsers shrink ours to it. */
const PAPER = 860;

/** Draws a figure in `element`, which gets a name; what was drawn there before is moved on. */
async function plot(element, { data: traces, layout }, title) {
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", title);
  const width = Math.max(240, element.clientWidth || element.parentElement?.clientWidth || 720);
  element.style.setProperty("--fit", Math.min(1, PAPER / width));
  const own = themed(fitted(layout, width));
  await Plotly.react(element, worded(themed(traces), own), own, { displayModeBar: false, responsive: false });
  return element;
}

/** The element in `picture` that a drawing of this name stands in. */
function canvas(picture, name = "plot") {
  const there = [...picture.children].find((child) => child.dataset.plot === name);
  if (there) return there;
  const made = el("div", { class: "plot", "data-plot": name });
  picture.append(made);
  return made;
}

/** Emphasises a policy wherever it is drawn; nothing is emphasised for `null`. */
function emphasise(policy) {
  for (const row of document.querySelectorAll("[data-policy]")) row.classList.toggle("focused", Number(row.dataset.policy) === policy);
  for (const trace of document.querySelectorAll("#unfold .scatterlayer .trace")) {
    const of = trace.__data__?.[0]?.trace?.meta?.policy;
    if (of !== undefined) trace.style.opacity = policy === null || of === policy || of === 0 ? 1 : 0.2;
  }
}

document.addEventListener("pointerover", (event) => {
  const row = event.target.closest?.("[data-policy]");
  emphasise(row ? Number(row.dataset.policy) : null);
});
document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-policy]");
  if (row) emphasise(Number(row.dataset.policy));
});
