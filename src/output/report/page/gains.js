// Who gains and who loses: the map as a triple (baseline, policy, difference) that time moves, small maps of
// all policies, and people.

/** The level that a policy (0: the baseline) has there; where none is told it is the baseline's and the difference. */
function levelAt(main, policy, at) {
  const { baseline, policies } = data.places[main];
  if (policy === 0) return baseline[at];
  const { level, difference } = policies[policy - 1];
  if (level) return level[at];
  return isKnown(baseline[at]) && isKnown(difference[at]) ? baseline[at] + difference[at] : null;
}

/** Levels, differences and half-widths of an outcome in a scope and period. */
function place(main, policy, scope, period) {
  const cell = scope * data.periods.length + period;
  const own = data.places[main].policies[policy];
  const [difference, half] = [own.difference[cell], own.half[cell]];
  const [low, high] = isKnown(half) ? [difference - half, difference + half] : [null, null];
  const { direction, least } = data.outcomes[data.main[main]];
  return { scope, difference, half, low, high, baseline: levelAt(main, 0, cell), level: levelAt(main, policy + 1, cell), how: verdict(difference, low, high, direction, least), label: scopeName(data.scopes[scope]) };
}

/** Every province with its tile and what the files say of it. */
function tiles(main, policy, period) {
  return data.study.scenario.geography.provinces.map((province) => {
    const scope = data.scopes.findIndex(([kind, name]) => kind === "province" && name === province.name);
    return { ...place(main, policy, scope, period), province };
  });
}

/** A sweep keeps no provinces: then the regions stand alone. */
const hasProvinces = () => data.scopes.some(([kind]) => kind === "province");

/** The period that is shown: the year of the month, else what the bar says. */
function shownPeriod() {
  const year = state.month === null ? null : String(monthAfter(state.month).getUTCFullYear());
  const named = year && data.periods.includes(year) ? year : PERIODS[state.period];
  const at = data.periods.indexOf(named);
  return at < 0 ? data.periods.length - 1 : at;
}

/** The triple's figure with the values of the chosen policy and period in its tiles. */
function filledTriple() {
  const figure = figureOf("triple", state.outcome);
  const policy = state.policy - 1;
  const period = shownPeriod();
  const shown = tiles(state.outcome, policy, period);
  const { provinces } = data.study.scenario.geography;
  const first = [0, 1].map((axis) => Math.min(...provinces.map((province) => province.tile[axis])));
  const every = data.periods.flatMap((_, at) => tiles(state.outcome, policy, at));
  const most = Math.max(1e-6, ...every.flatMap((tile) => [tile.baseline, tile.level]).filter(isKnown));
  const values = ["baseline", "level", "difference"];
  figure.data.forEach((trace, i) => {
    const of = values[Math.floor(i / 2)];
    const coloured = i % 2 === 1;
    if (coloured && of !== "difference") Object.assign(trace, { zmin: 0, zmax: most });
    for (const tile of shown) {
      const [column, row] = tile.province.tile.map((at, axis) => at - first[axis]);
      const text = `${provinceName(tile.province)}<br>${exact(tile[of], of === "difference")}`;
      if (coloured) {
        trace.z[row][column] = of === "difference" && tile.how === "unclear" ? null : tile[of];
        trace.hovertext[row][column] = text;
      } else trace.text[row][column] = text;
    }
  });
  return figure;
}

const mapTitle = () => t("map.title.effect", { policy: policyName(state.policy), outcome: inside(outcomeName(state.outcome)), period: periodName(data.periods[shownPeriod()]) });

/** Who gains, who loses, for whom it is not clear: in words. */
function gainersWords() {
  const all = tiles(state.outcome, state.policy - 1, shownPeriod());
  const { direction } = data.outcomes[data.main[state.outcome]];
  const sign = direction === "down" ? -1 : 1;
  const order = [...all].sort((a, b) => sign * (b.difference - a.difference));
  const count = (how) => all.filter((tile) => tile.how === how).length;
  const some = (list) => list.map((tile) => `${provinceName(tile.province)} (${shownDifference(state.outcome, tile.difference)})`).join(t("list.comma"));
  return t("map.words", {
    policy: policyName(state.policy), outcome: inside(outcomeName(state.outcome)), period: periodName(data.periods[shownPeriod()]),
    better: count("better"), worse: count("worse"), unclear: count("unclear"),
    most: some(order.slice(0, 3)), least: some(order.slice(-3).reverse()),
  });
}

/** An end of an interval as far as it is told: to the fourth digit of the difference and the second of its half-width. */
function end(value, { difference, half }) {
  const first = (of) => Math.floor(Math.log10(Math.abs(of)));
  if (!isKnown(value) || !half || half >= 100) return exact(value, true);
  const places = Math.min(1 - first(half), difference ? 3 - first(difference) : 9);
  return fixed(value, Math.max(0, Math.min(9, places)), true);
}

function mapNumbers() {
  const rows = data.scopes.map((_, scope) => place(state.outcome, state.policy - 1, scope, shownPeriod()));
  return table(mapTitle(), [
    column(t("table.place"), (row) => row.label),
    numeric(t("table.baseline"), (row) => exact(row.baseline)), numeric(t("table.level"), (row) => exact(row.level)),
    numeric(t("table.difference"), (row) => exact(row.difference, true)),
    numeric(t("table.low"), (row) => end(row.low, row)), numeric(t("table.high"), (row) => end(row.high, row)),
  ], rows);
}

/** The colours of a map in words. */
const mapKey = () => el("ul", { class: "colours" }, ["better", "worse", "unclear"].map((how) => el("li", { class: how }, el("i", { "aria-hidden": "true" }), t(`colour.${how}`))));

function mapFigure() {
  const made = figure({
    id: "map", title: mapTitle, note: () => t("map.triple_note"), on: ["outcome", "policy", "period"], numbers: mapNumbers,
    draw: async (picture) => {
      const drawn = canvas(picture);
      const words = el("p", { class: "words" }, gainersWords());
      picture.replaceChildren(drawn, mapKey(), words);
      await plot(drawn, filledTriple(), mapTitle());
    },
  });
  let period = shownPeriod();
  followMonth(() => {
    if (shownPeriod() === period) return;
    period = shownPeriod();
    made.redraw();
  });
  made.controls.append(policyChoice(), timeControls());
  return made.frame;
}

/** The choice of the policy that a section looks at. */
function policyChoice() {
  const options = data.national.map((_, policy) => policyName(policy + 1));
  const made = choice(t("choose.policy"), options, state.policy - 1, (at) => choose({ policy: at + 1 }));
  follow((changed) => { if (changed.includes("policy")) made.querySelector("select").value = state.policy - 1; });
  return made;
}

function smallMaps() {
  const title = () => `${t("map.small")}: ${inside(outcomeName(state.outcome))}`;
  return figure({
    id: "maps", title, note: () => t("map.small_note"), on: ["outcome"], numbers: smallNumbers,
    draw: (picture) => drawOr(picture, figureOf("tiles", state.outcome), title()),
  }).frame;
}

/** Provinces against policies. */
function smallNumbers() {
  const last = data.periods.length - 1;
  const by = lettered.map((policy) => tiles(state.outcome, policy - 1, last));
  return table(t("map.small"), [
    column(t("table.place"), (row) => provinceName(row.province)),
    ...lettered.map((policy, i) => numeric(policyName(policy), (row) => exact(by[i][row.at].difference, true))),
  ], data.study.scenario.geography.provinces.map((province, at) => ({ province, at })));
}

/** Shares of provinces, cells and citizens that are better or worse off. */
function people() {
  const rows = rowsOf("distribution.csv");
  if (!rows) return null;
  const own = () => rows.filter((row) => row.policy === data.study.scenario.policies[state.policy].name);
  const groupOf = (row) => (row.group_kind === "all" ? named("unit", row.unit_compared) : t("distribution.of", { unit: named("unit", row.unit_compared), group: named(row.group_kind, row.group) }));
  const title = () => t("distribution.title", { policy: policyName(state.policy) });
  return figure({
    id: "distribution", title, note: () => t("distribution.note"), on: ["policy"],
    draw: (picture) => drawOr(picture, figureOf("distribution", state.policy - 1), title()),
    numbers: () => table(title(), [
      column(t("distribution.group"), groupOf), numeric(t("distribution.better"), (row) => exact(row.better)),
      numeric(t("distribution.equal"), (row) => exact(row.equal)), numeric(t("distribution.worse"), (row) => exact(row.worse)),
      numeric(t("table.difference"), (row) => exact(row.mean_difference, true)), numeric(t("table.low"), (row) => exact(row.ci_low, true)), numeric(t("table.high"), (row) => exact(row.ci_high, true)),
    ], own()),
  }).frame;
}

/** The policy whose provinces differ most in the lead outcome: there is something to see there. */
function mostSpread() {
  if (!data.national.length || !hasProvinces()) return 1;
  const last = data.periods.length - 1;
  const spread = data.national.map((_, policy) => {
    const values = tiles(0, policy, last).map((tile) => tile.difference).filter(isKnown);
    return Math.max(...values) - Math.min(...values);
  });
  return 1 + spread.indexOf(Math.max(...spread));
}

function gains() {
  if (!data.national.length) return null;
  const maps = hasProvinces() ? [mapFigure(), smallMaps()] : [];
  const found = [...maps, people()].filter(Boolean);
  return found.length ? section("gains", found) : null;
}
