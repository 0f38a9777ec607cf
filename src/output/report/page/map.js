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
    return { ...found, province, column: province.tile[0], row: province.tile[1], value: found[valueOf[VIEWS[shown.view]]] };
  });
}

/** Worse is orange, better is blue; also in print without colour the middle is light. */
const worseToBetter = d3.piecewise(d3.interpolateLab, ["#7a3400", "#D55E00", "#f4f5f6", "#0072B2", "#00395c"]);

/** Colours over all periods and provinces, so that the slider changes tiles and not the scale. */
function tileColours(shown) {
  const view = VIEWS[shown.view];
  const { baseline, policies } = data.places[shown.main];
  if (view === "level" || view === "baseline") {
    const all = [...baseline, ...policies[shown.policy].level].filter(isKnown);
    return { type: "linear", scheme: "viridis", domain: [Math.min(0, ...all), Math.max(...all)] };
  }
  const all = data.periods.flatMap((_, period) => tiles({ ...shown, period }).map((tile) => Math.abs(tile.value)));
  const most = Math.max(...all.filter(isKnown)) || 1;
  const down = data.outcomes[data.main[shown.main]].direction === "down";
  return { type: "diverging", interpolate: worseToBetter, domain: [-most, most], pivot: 0, reverse: down };
}

const signedView = (shown) => ["effect", "change"].includes(VIEWS[shown.view]);

function tileText(tile, shown) {
  const most = Math.abs(tile.value);
  return fixed(tile.value, most >= 100 ? 0 : most >= 10 ? 1 : 2, signedView(shown));
}

function tileTitle(tile, shown) {
  return [
    `${tile.province.name_zh} ${tile.province.name}`,
    `${outcomeName(shown.main)}, ${periodName(data.periods[shown.period])}`,
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

function tileMap(shown, width) {
  const all = tiles(shown);
  const { columns, rows } = tileGrid();
  const side = Math.min(92, Math.floor(width / columns.length));
  const font = Math.max(8, Math.min(11, side / 7.2));
  const place = { x: "column", y: "row" };
  const probe = Plot.scale({ color: tileColours(shown) });
  const ink = (tile) => (isKnown(tile.value) && d3.lab(probe.apply(tile.value)).l < 58 ? "#fff" : INK);
  return Plot.plot({
    width: side * columns.length, height: side * rows.length, margin: 0, style: STYLE,
    x: { domain: columns, axis: null, padding: 0.04 }, y: { domain: rows, axis: null, padding: 0.04 },
    color: { ...tileColours(shown), unknown: "#e6eaee" },
    marks: [
      Plot.cell(all, { ...place, fill: "value", rx: 4, title: (tile) => tileTitle(tile, shown) }),
      Plot.text(all, { ...place, text: (tile) => tile.province.name_zh, dy: -side / 4.2, fontSize: font * 1.35, fontWeight: 600, fill: ink }),
      Plot.text(all, { ...place, text: (tile) => cut(tile.province.name, side < 64 ? 8 : 14), fontSize: font * 0.88, dy: side / 50, fill: ink }),
      Plot.text(all, { ...place, text: (tile) => tileText(tile, shown), dy: side / 3.6, fontSize: font * 1.15, fontVariant: "tabular-nums", fill: ink }),
    ],
  });
}

function tileLegend(shown, width) {
  const label = t(`map.legend.${VIEWS[shown.view]}`, { outcome: outcomeName(shown.main) });
  const legend = Plot.legend({ color: { ...tileColours(shown), label }, width: Math.min(320, width), ticks: 5, tickFormat: (d) => fixed(d, Math.abs(d) >= 10 ? 0 : 2, signedView(shown)), style: STYLE });
  legend.setAttribute?.("aria-label", label);
  return el("div", { class: "legend" }, legend);
}

/** Who gains, who loses, for whom it is not clear: in words. */
function gainersWords(shown) {
  const all = tiles(shown);
  const { direction } = data.outcomes[data.main[shown.main]];
  const sign = direction === "down" ? -1 : 1;
  const order = [...all].sort((a, b) => sign * (b.difference - a.difference));
  const count = (how) => all.filter((tile) => tile.how === how).length;
  const some = (list) => list.map((tile) => `${provinceName(tile.province)} (${intervalWords(tile).difference})`).join(t("list.comma"));
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
  if (!hasProvinces()) return forest(regionRows(shown), Math.min(width, 720), mapTitle(shown));
  const two = width >= 980;
  const left = el("div", {}, tileLegend(shown, width), tileMap(shown, two ? width - 330 : width));
  const title = t("map.regions", { policy: policyName(shown.policy + 1), outcome: inside(outcomeName(shown.main)) });
  const right = el("div", { class: "beside" }, el("h4", {}, title), forest(regionRows(shown), two ? 310 : Math.min(width, 560), title),
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
  const shown = { main: 0, policy: ranking(0)[0]?.policy ?? 0, view: 0, period: data.periods.length - 1 };
  const map = figure({
    id: "map", title: () => mapTitle(shown), note: () => t(hasProvinces() ? "map.note" : "map.regions.note"),
    draw: (width) => mapPicture(shown, width), numbers: () => mapNumbers(shown),
  });
  const set = (key) => (value) => {
    shown[key] = value;
    map.redraw();
  };
  map.controls.append(
    choice(t("choose.policy"), data.national.map((_, policy) => policyName(policy + 1)), shown.policy, set("policy")),
    choice(t("choose.outcome"), data.main.map((_, main) => outcomeName(main)), shown.main, set("main")),
    ...(hasProvinces() ? [
      choice(t("choose.view"), VIEWS.map((view) => t(`map.view.${view}`)), shown.view, set("view")),
      slider(t("choose.period"), data.periods.map(periodName), shown.period, set("period")),
    ] : []),
  );
  return section("gains", map.frame, ...distributionFigures(), ...attentionFigure(), ...topicsFigure());
}
