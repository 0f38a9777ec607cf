// Who gains and who loses: a map of tiles, a square for each province at its rough place.

const VIEWS = ["effect", "level", "baseline", "change"];

/** Levels, differences and half-widths of a main outcome in a scope and period. */
function place(main, policy, scope, period) {
  const { baseline, policies } = data.places[main];
  const at = (column, t) => column[scope * data.periods.length + t];
  const own = policies[policy];
  const difference = at(own.difference, period);
  const half = at(own.half, period);
  const low = isKnown(half) ? difference - half : null;
  const high = isKnown(half) ? difference + half : null;
  const { direction, least } = data.outcomes[data.main[main]];
  return {
    scope, difference, half, low, high, baseline: at(baseline, period), level: at(own.level, period),
    change: at(own.level, period) - at(own.level, 0), how: verdict(difference, low, high, direction, least),
    label: scopeName(data.scopes[scope]),
  };
}

const valueOf = { effect: "difference", level: "level", baseline: "baseline", change: "change" };

/** Every province with its tile and value. */
function tiles(shown) {
  return data.study.scenario.geography.provinces.map((province) => {
    const scope = data.scopes.findIndex(([kind, name]) => kind === "province" && name === province.name);
    const found = place(shown.main, shown.policy, scope, shown.period);
    return { ...found, province, value: found[valueOf[VIEWS[shown.view]]] };
  });
}

/** Worse is orange, better is blue; also in print without colour the middle is light. */
const worseToBetter = d3.piecewise(d3.interpolateLab, ["#7a3400", "#D55E00", "#f4f5f6", "#0072B2", "#00395c"]);

/** The largest value of a view by outcome, once worked out. */
const reaches = new Map();

/** Least and largest value over all policies, periods and provinces; of effects only where they are clear. */
function reach(shown) {
  const key = `${shown.main} ${shown.view}`;
  if (!reaches.has(key)) {
    const all = data.national.flatMap((_, policy) => data.periods.flatMap((__, period) => tiles({ ...shown, policy, period })));
    const clear = VIEWS[shown.view] === "effect" ? all.filter((tile) => tile.how !== "unclear") : all;
    const values = (list) => list.map((tile) => tile.value).filter(isKnown);
    reaches.set(key, d3.extent(clear.length ? values(clear) : values(all)));
  }
  return reaches.get(key);
}

/** One scale for an outcome over all policies and periods: a colour means the same on every map. */
function tileColours(shown) {
  const [low = 0, high = 0] = reach(shown);
  if (!signedView(shown)) return { type: "linear", scheme: "viridis", domain: [Math.min(0, low), high || 1] };
  const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const down = data.outcomes[data.main[shown.main]].direction === "down";
  return { type: "diverging", interpolate: worseToBetter, domain: [-most, most], pivot: 0, reverse: down, clamp: true };
}

const signedView = (shown) => ["effect", "change"].includes(VIEWS[shown.view]);

/** Decimals that tell the provinces of one policy apart, in all its periods. */
function tilePlaces(shown) {
  const all = data.periods.flatMap((_, period) => tiles({ ...shown, period }));
  return placesFor(d3.max(all, (tile) => Math.abs(tile.value)));
}

function tileTitle(tile, shown) {
  return [
    isSecond() ? provinceName(tile.province) : [tile.province.second_name, tile.province.name].filter(Boolean).join(" "),
    `${outcomeName(shown.main)} (${unitName(shown.main)}), ${periodName(data.periods[shown.period])}`,
    `${t("table.baseline")} ${exact(tile.baseline)}, ${t("table.level")} ${exact(tile.level)}`,
    t("effects.interval", intervalWords(tile)),
  ].join("\n");
}

/** Columns and rows that the tiles fill. */
function tileGrid() {
  const { provinces } = data.study.scenario.geography;
  const line = (axis) => {
    const [first, last] = d3.extent(provinces, (province) => province.tile[axis]);
    return d3.range(first, last + 1);
  };
  return { columns: line(0), rows: line(1) };
}

const HATCH = "unclear-hatch";

/** The pattern of tiles of which nothing is clear. */
function hatching() {
  const pattern = d3.create("svg:pattern").attr("id", HATCH).attr("width", 7).attr("height", 7).attr("patternUnits", "userSpaceOnUse").attr("patternTransform", "rotate(45)");
  pattern.append("rect").attr("width", 7).attr("height", 7).attr("fill", "#f1f3f5");
  pattern.append("rect").attr("width", 1.6).attr("height", 7).attr("fill", "#d3d9df");
  return d3.create("svg:defs").call((defs) => defs.append(() => pattern.node())).node();
}

/** A map of tiles, each with province, value, text and title; hatched where `unclear`. */
function tilePlot(all, width, color) {
  const { columns, rows } = tileGrid();
  const side = Math.min(92, Math.floor(width / columns.length));
  const font = Math.max(8, Math.min(11, side / 7.2));
  const at = { x: (tile) => tile.province.tile[0], y: (tile) => tile.province.tile[1] };
  const scale = Plot.scale({ color });
  const ink = (tile) => (tile.unclear || !isKnown(tile.value) ? INK : inkOn(scale.apply(tile.value)));
  return Plot.plot({
    width: side * columns.length, height: side * rows.length, margin: 0, style: STYLE,
    x: { domain: columns, axis: null, padding: 0.04 }, y: { domain: rows, axis: null, padding: 0.04 },
    color: { ...color, unknown: "#e6eaee" },
    marks: [
      hatching,
      Plot.cell(all.filter((tile) => !tile.unclear), { ...at, fill: "value", rx: 4, title: "title" }),
      Plot.cell(all.filter((tile) => tile.unclear), { ...at, fill: `url(#${HATCH})`, rx: 4, title: "title" }),
      Plot.text(all, { ...at, text: (tile) => tile.province.second_name, dy: -side / 4, fontSize: font * 1.35, fontWeight: 600, fill: ink }),
      Plot.text(all, { ...at, text: (tile) => fit(tile.province.name, side - 5, font * 0.88), fontSize: font * 0.88, dy: side / 40, fill: ink }),
      Plot.text(all, { ...at, text: "text", dy: side / 3.5, fontSize: font * 1.15, fontVariant: "tabular-nums", fill: ink }),
    ],
  });
}

function tileMap(shown, width) {
  const places = tilePlaces(shown);
  const effect = VIEWS[shown.view] === "effect";
  const all = tiles(shown).map((tile) => ({
    ...tile, text: fixed(tile.value, places, signedView(shown)), title: tileTitle(tile, shown), unclear: effect && tile.how === "unclear",
  }));
  return tilePlot(all, width, tileColours(shown));
}

/** A legend of colours: its numbers as axes have them, with their sign where it tells, or in per cent. */
function colourLegend(color, label, width, sign) {
  const format = sign === "percent" ? percent : (d) => (sign && d > 0 ? "+" : "") + mark(d);
  const room = Math.min(320, width) - 44;
  const ticks = acrossScale(...color.domain, room, format).ticks.filter((tick) => tick >= color.domain[0] && tick <= color.domain[1]);
  const legend = Plot.legend({ color: { ...color, clamp: undefined }, width: room + 44, height: 40, marginTop: 4, marginLeft: 22, marginRight: 22, ticks, tickFormat: format, style: STYLE });
  legend.setAttribute?.("aria-label", label);
  return el("div", { class: "legend" }, el("p", { class: "axis" }, label), legend);
}

function tileLegend(shown, width) {
  const label = withUnit(t(`map.legend.${VIEWS[shown.view]}`, { outcome: outcomeName(shown.main) }), shown.main);
  const unclear = VIEWS[shown.view] === "effect" ? el("p", { class: "ticks" }, el("span", { class: "tick" }, el("span", { class: "swatch hatch", "aria-hidden": "true" }), t("map.unclear"))) : null;
  return [colourLegend(tileColours(shown), label, width, signedView(shown)), unclear];
}

/** Who gains, who loses, for whom it is not clear: in words. */
function gainersWords(shown) {
  const all = tiles(shown);
  const places = tilePlaces({ ...shown, view: VIEWS.indexOf("effect") });
  const { direction } = data.outcomes[data.main[shown.main]];
  const sign = direction === "down" ? -1 : 1;
  const order = [...all].sort((a, b) => sign * (b.difference - a.difference));
  const count = (how) => all.filter((tile) => tile.how === how).length;
  const some = (list) => list.map((tile) => `${provinceName(tile.province)} (${fixed(tile.difference, places, true)})`).join(t("list.comma"));
  return t("map.words", {
    policy: policyName(shown.policy + 1), outcome: inside(outcomeName(shown.main)), period: periodName(data.periods[shown.period]),
    better: count("better"), worse: count("worse"), unclear: count("unclear"),
    most: some(order.slice(0, 3)), least: some(order.slice(-3).reverse()),
  });
}

function regionRows(shown) {
  const kinds = ["nation", "region"];
  const scopes = data.scopes.map(([kind], i) => (kinds.includes(kind) ? i : -1)).filter((i) => i >= 0);
  return scopes.map((scope) => place(shown.main, shown.policy, scope, shown.period));
}

/** A sweep keeps no provinces: then the regions stand alone. */
const hasProvinces = () => data.scopes.some(([kind]) => kind === "province");

function mapPicture(shown, width) {
  if (!hasProvinces()) return [axisTitle(unitName(shown.main)), forest(regionRows(shown), Math.min(width, 720), mapTitle(shown))];
  const two = width >= 980;
  const left = el("div", {}, tileLegend(shown, width), tileMap(shown, two ? width - 330 : width));
  const title = t("map.regions", { policy: policyName(shown.policy + 1), outcome: inside(outcomeName(shown.main)) });
  const right = el("div", { class: "beside" }, el("h4", {}, title, " ", el("small", {}, unitName(shown.main))), forest(regionRows(shown), two ? 310 : Math.min(width, 560), title),
    el("p", {}, gainersWords(shown)));
  return el("div", { class: two ? "two" : "" }, left, right);
}

function mapNumbers(shown) {
  const scopes = data.scopes.map((_, scope) => place(shown.main, shown.policy, scope, shown.period));
  return table(mapTitle(shown), [
    column(t("table.place"), (row) => row.label),
    numeric(t("table.baseline"), (row) => exact(row.baseline)),
    numeric(t("table.level"), (row) => exact(row.level)),
    numeric(t("table.difference"), (row) => exact(row.difference, true)),
    numeric(t("table.low"), (row) => exact(row.low, true)),
    numeric(t("table.high"), (row) => exact(row.high, true)),
    numeric(t("map.change"), (row) => exact(row.change, true)),
  ], scopes);
}

const mapTitle = (shown) => t(`map.title.${VIEWS[shown.view]}`, {
  policy: policyName(shown.policy + 1), outcome: inside(outcomeName(shown.main)), period: periodName(data.periods[shown.period]),
});

function gains() {
  const shown = chosenIn("map", { main: 0, policy: ranking(0)[0]?.policy ?? 0, view: 0, period: data.periods.length - 1 });
  const map = figure({
    id: "map", title: () => mapTitle(shown), note: () => t(hasProvinces() ? "map.note" : "map.regions_note"),
    draw: (width) => mapPicture(shown, width), numbers: () => mapNumbers(shown),
  });
  const set = (key) => (value) => {
    shown[key] = value;
    map.redraw();
  };
  map.controls.append(
    choice(t("choose.policy"), policyChoices(), shown.policy, set("policy")),
    choice(t("choose.outcome"), outcomeChoices(), shown.main, set("main")),
    ...(hasProvinces() ? [
      choice(t("choose.view"), VIEWS.map((view) => t(`map.view.${view}`)), shown.view, set("view")),
      slider(t("choose.period"), data.periods.map(periodName), shown.period, set("period")),
    ] : []),
  );
  return section("gains", map.frame, ...distributionFigures(), ...attentionFigure(), ...topicsFigure());
}
