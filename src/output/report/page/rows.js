// Charts of rows and their axes: names stand beside their marks, or above them where the page is
// narrow; rows are told apart by their place, so that equal names stay two rows.

const FAMILY = getComputedStyle(document.body).fontFamily;
const ruler = document.createElement("canvas").getContext("2d");
const GRID = { stroke: "#dfe5ea", strokeOpacity: 1 };

/** Width of a text as it is drawn, in pixels. */
function textWidth(text, size = 12, weight = 400) {
  ruler.font = `${weight} ${size}px ${FAMILY}`;
  return ruler.measureText(text).width;
}

const widest = (texts, size, weight) => Math.ceil(Math.max(0, ...texts.map((text) => textWidth(text, size, weight))));

/** As much of a text as has room. */
function fit(text, room, size, weight) {
  if (textWidth(text, size, weight) <= room) return text;
  let end = text.length - 1;
  while (end > 1 && textWidth(`${text.slice(0, end)}…`, size, weight) > room) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** Places and marks of rows with these names: `dy` moves marks below names that stand above. */
function rowFrame(names, width, height = 21) {
  const longest = widest(names);
  const above = longest + 14 > 0.45 * width;
  const step = above ? height + 17 : height;
  const place = above ? { dx: -20, dy: -step / 2 + 9, textAnchor: "start", stroke: "#fff", strokeWidth: 4, fill: INK } : { dx: -8, textAnchor: "end" };
  return {
    height: step * names.length, above, dy: above ? 8 : 0, marginLeft: above ? 22 : longest + 14,
    inset: { insetTop: above ? 18 : 3, insetBottom: 3 },
    y: { type: "band", domain: d3.range(names.length), axis: null, padding: 0 },
    names: Plot.text(d3.range(names.length), {
      y: (i) => i, frameAnchor: "left", text: (i) => (above ? fit(names[i], width - 12) : names[i]), title: (i) => names[i], className: "names", ...place,
    }),
  };
}

/** A scale from `low` to `high` with as many marks as have `room` without touching. */
function acrossScale(low, high, room, format = mark) {
  const [from, to] = high > low ? [low, high] : [low - 0.01, high + 0.01];
  const domain = niceEnds(from, to, 10);
  for (let n = 8; ; n -= 1) {
    const ticks = d3.ticks(...domain, n);
    const apart = (room * d3.tickStep(...domain, n)) / (domain[1] - domain[0]);
    if (n === 1 || widest(ticks.map(format)) + 10 <= apart) return { domain, ticks, tickFormat: format, labelAnchor: "center", labelArrow: "none" };
  }
}

/** An upright scale, and the margin that its marks need. */
function upScale(low, high, height) {
  const [from, to] = high > low ? [low, high] : [low - 0.01, high + 0.01];
  const n = Math.max(2, Math.round(height / 45));
  const domain = niceEnds(from, to, n);
  const ticks = d3.ticks(...domain, n);
  return { margin: widest(ticks.map(mark)) + 14, y: { domain, ticks, tickFormat: mark, label: null } };
}

const niceEnds = (low, high, n) => d3.scaleLinear([low, high], [0, 1]).nice(n).domain();

/** Decimals that tell values up to `most` apart. */
function placesFor(most) {
  if (!(most > 0)) return 0;
  return Math.max(0, Math.min(4, 1 - Math.floor(Math.log10(most))));
}

/** Black or white, whichever can be read on a colour (a contrast of at least 4.5). */
function inkOn(colour) {
  const part = (value) => (value <= 10.3 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const { r, g, b } = d3.rgb(colour);
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b) < 0.183 ? "#fff" : "#000";
}

/** What the colours mean: a swatch and a name each. */
function keys(entries) {
  const swatch = (colour) => {
    const square = el("span", { class: "swatch", "aria-hidden": "true" });
    square.style.background = colour;
    return square;
  };
  return el("p", { class: "ticks" }, entries.map(({ colour, text }) => el("span", { class: "tick" }, swatch(colour), text)));
}

/** What an axis measures, above its picture: there it may break into lines. */
const axisTitle = (text) => el("p", { class: "axis" }, text);
