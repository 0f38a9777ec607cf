// The intergovernmental network: governments at the tile of their province, ties by kind, and which
// of them share at the end of the first replication, before and after a policy.

// Drawn in this order: what is short and local comes last, so that it is not covered.
const TIE_COLOURS = { alliance: "#E69F00", pairing: "#CC79A7", vertical: "#0072B2", adjacent: "#009E73", sibling: "#56B4E9" };

/** Where governments stand: the centre above the map, a province amid the ring of its own. */
function positions() {
  const { governments } = data.network;
  const { provinces } = data.study.scenario.geography;
  const tile = new Map(provinces.map((province) => [province.name, province.tile]));
  const members = d3.rollup(governments.map(({ level, province }, i) => ({ level, province, i })).filter((g) => g.level !== "centre" && g.level !== "province"), (list) => list.map((g) => g.i), (g) => g.province);
  const spots = governments.map(({ name, level, province }, i) => {
    const at = tile.get(province);
    if (!at) return { name, level, x: d3.mean(provinces, (p) => p.tile[0]), y: tileGrid().rows[0] - 1.1 };
    if (level === "province") return { name, level, x: at[0], y: at[1] };
    const ring = members.get(province);
    const angle = (2 * Math.PI * ring.indexOf(i)) / ring.length - Math.PI / 2;
    const radius = ring.length > 40 ? 0.42 : 0.36;
    return { name, level, x: at[0] + radius * Math.cos(angle), y: at[1] + radius * Math.sin(angle) };
  });
  return spots;
}

/** Ties with both ends and how many of them share: 0, 1 or 2. */
function tiesUnder(policy, spots) {
  const sharing = data.network.sharing[policy];
  const ties = data.network.ties.map(([a, b, kind], i) => {
    const digit = Number(sharing[i]);
    return { a: spots[a], b: spots[b], kind, ends: (digit & 1) + (digit >> 1) };
  });
  return d3.sort(ties, (tie) => Object.keys(TIE_COLOURS).indexOf(tie.kind));
}

const tieLength = ({ a, b }) => Math.hypot(a.x - b.x, a.y - b.y);

function networkPlot(policy, width, kinds) {
  const spots = positions();
  const ties = tiesUnder(policy, spots).filter((tie) => kinds.has(tie.kind));
  const line = { x1: (d) => d.a.x, y1: (d) => d.a.y, x2: (d) => d.b.x, y2: (d) => d.b.y };
  const size = (spot) => (spot.level === "centre" ? 6 : spot.level === "province" ? width / 150 : width / 300);
  const { provinces } = data.study.scenario.geography;
  const { columns, rows } = tileGrid();
  const font = Math.max(7, width / 58);
  const svg = Plot.plot({
    width, height: Math.round((width * (rows.length + 0.75)) / columns.length), margin: 8, style: STYLE,
    x: { axis: null, domain: [columns[0] - 0.5, columns.at(-1) + 0.5] },
    y: { axis: null, domain: [rows[0] - 1.25, rows.at(-1) + 0.5], reverse: true },
    marks: [
      Plot.link(ties.filter((tie) => tie.ends === 0), { ...line, stroke: "#b4bec8", strokeWidth: 0.5, strokeOpacity: 0.55, className: "idle-ties" }),
      Plot.link(ties.filter((tie) => tie.ends > 0), { ...line, stroke: (d) => TIE_COLOURS[d.kind] ?? INK, strokeWidth: (d) => (d.ends === 2 ? 1.3 : 0.7), strokeOpacity: (d) => (tieLength(d) > 1.6 ? 0.4 : 0.85), className: "sharing-ties" }),
      Plot.dot(spots, { x: "x", y: "y", r: size, fill: (s) => (s.level === "prefecture" || s.level === "county" ? "#fff" : INK), stroke: INK, strokeWidth: 0.7, title: governmentName, className: "governments" }),
      Plot.text(spots.filter((spot) => spot.level === "centre"), { x: "x", y: "y", dx: 10, textAnchor: "start", text: () => named("level", "centre"), fontWeight: 600 }),
      Plot.text(provinces, { x: (p) => p.tile[0], y: (p) => p.tile[1] - 0.13, text: (p) => fit(provinceName(p), 0.9 * width / columns.length, font, 600), fontSize: font, fontWeight: 600, stroke: "#fff", strokeWidth: 3, fill: INK }),
    ],
  });
  svg.setAttribute("aria-label", networkTitle(policy));
  return svg;
}

/** A government in the reader's language: "Anhui prefecture 5" is made of names that are known. */
function governmentName({ name, level }) {
  const { provinces } = data.study.scenario.geography;
  const province = provinces.find((one) => name === one.name || name.startsWith(`${one.name} ${level} `));
  const kind = named("level", level);
  if (!province) return level === "centre" ? kind : `${name} (${kind})`;
  if (level === "province") return `${provinceName(province)} (${kind})`;
  return t("network.government", { province: provinceName(province), level: inside(kind), number: name.slice(province.name.length + level.length + 2) });
}

const networkTitle = (policy) => t("network.panel", { policy: policyName(policy), share: percent(shareOf(policy)) });

/** Directed ties over which data is shared, of all. */
function shareOf(policy, kind = null) {
  const { ties, sharing } = data.network;
  const own = [...sharing[policy]].filter((_, i) => kind === null || ties[i][2] === kind).map(Number);
  return d3.sum(own, (digit) => (digit & 1) + (digit >> 1)) / (2 * own.length);
}

function networkNumbers(policy) {
  const kinds = [...new Set(data.network.ties.map((tie) => tie[2]))];
  const rows = [...kinds.map((kind) => ({ kind, label: named("tie", kind) })), { kind: null, label: t("network.all") }];
  return table(t("network.title"), [
    column(t("network.kind"), (row) => row.label),
    numeric(t("network.ties"), (row) => 2 * data.network.ties.filter((tie) => row.kind === null || tie[2] === row.kind).length),
    numeric(policyName(0), (row) => exact(shareOf(0, row.kind))),
    numeric(policyName(policy), (row) => exact(shareOf(policy, row.kind))),
  ], rows);
}

function tieLegend(kinds, changed) {
  const there = new Set(data.network.ties.map((tie) => tie[2]));
  const all = Object.keys(TIE_COLOURS).filter((kind) => there.has(kind));
  const boxes = all.map((kind) => tick(named("tie", kind), kinds.has(kind), TIE_COLOURS[kind], (on) => {
    kinds[on ? "add" : "delete"](kind);
    changed();
  }));
  return el("fieldset", { class: "ticks" }, el("legend", {}, t("network.kinds")), boxes);
}

function network() {
  if (!data.network) return null;
  const chosen = chosenIn("network", { policy: (ranking(0)[0]?.policy ?? 0) + 1, kinds: new Set(data.network.ties.map((tie) => tie[2])) });
  const { kinds } = chosen;
  const shown = figure({
    id: "network", title: () => t("network.title"), note: () => t("network.note"),
    draw: (width) => {
      const each = width >= 860 ? Math.floor((width - 28) / 2) : Math.min(width, 620);
      const panel = (of) => el("div", { class: "panel" }, el("h4", {}, networkTitle(of)), networkPlot(of, each, kinds));
      return el("div", { class: "panels" }, panel(0), panel(chosen.policy));
    },
    numbers: () => networkNumbers(chosen.policy),
  });
  shown.controls.append(choice(t("choose.policy"), policyChoices(), chosen.policy - 1, (at) => {
    chosen.policy = at + 1;
    shown.redraw();
  }), tieLegend(kinds, shown.redraw));
  return section("network", shown.frame);
}
