// The forest of the first screen for what is chosen; as it opens it is the one that was written with the page.

/** Rows of the forest: the page's own facts, or what the files say of another period or reference. */
function forestRows(main) {
  if (state.period === 0 && state.against === data.against) return data.facts[main].map((fact) => ({ ...fact, chance: fact.chance }));
  const policies = data.study.scenario.policies.map((_, policy) => policy).filter((policy) => policy !== state.against);
  const { direction } = data.outcomes[data.main[main]];
  const rows = policies.map((policy) => ({ policy, ...differenceOf(main, policy), worlds: null, per_head_year: data.costs[policy - 1]?.per_head_year ?? 0 }));
  const sign = direction === "down" ? -1 : 1;
  return rows.filter((row) => isKnown(row.difference)).sort((a, b) => sign * (b.difference - a.difference));
}

/** Level of a policy in the nation in the chosen period. */
function levelOf(main, policy) {
  if (state.period > 0) return levelAt(main, policy, data.periods.indexOf(PERIODS[state.period]));
  const { baseline } = data.national[0][data.main[main]];
  return policy === 0 ? baseline : data.national[policy - 1][data.main[main]].level;
}

/** A difference with its interval by chance, where the files hold one. */
function differenceOf(main, policy) {
  const [base, level] = [levelOf(main, state.against), levelOf(main, policy)];
  if (state.period === 0) {
    const [later, before] = policy > state.against ? [policy, state.against] : [state.against, policy];
    const [more, half] = data.between[main][later][before];
    const difference = later === policy ? more : -more;
    return { base, level, difference, chance: isKnown(half) ? [difference - half, difference + half] : null };
  }
  const half = state.against === 0 && policy > 0 ? data.places[main].policies[policy - 1].half[data.periods.indexOf(PERIODS[state.period])] : null;
  const difference = level - base;
  return { base, level, difference, chance: isKnown(half) ? [difference - half, difference + half] : null };
}

const isShare = (main) => data.outcomes[data.main[main]].unit.startsWith("share of ");

/** A number as the forest has it: what would look like nothing and is not, as less than the least. */
function small(value, places, sign) {
  if (!isKnown(value)) return "–";
  if (value === 0) return "0";
  const least = 10 ** -places;
  if (Math.abs(value) < 0.5 * least) return `<${least.toFixed(places)}`;
  return (value < 0 ? "−" : sign ? "+" : "") + Math.abs(value).toFixed(places);
}

const shownDifference = (main, value) => (isShare(main) ? small(100 * value, 1, true) : small(value, 3, true));
const shownHalf = (main, chance) => (chance ? `±${isShare(main) ? small(50 * (chance[1] - chance[0]), 1) : small((chance[1] - chance[0]) / 2, 3)}` : "");

/** A level as it stands in a sentence. */
function rough(main, value) {
  if (!isShare(main)) return small(value, 2, false);
  const percent = 100 * value;
  return small(percent, (percent > 99 && percent < 99.95) || Math.abs(percent) < 1 ? 1 : 0, false);
}

/** From one level to another; where both would look the same, with the places of a difference. */
function changeWords(main, row) {
  const fine = (value) => (isShare(main) ? small(100 * value, 1, false) : small(value, 3, false));
  const [from, to] = rough(main, row.base) === rough(main, row.level) ? [fine(row.base), fine(row.level)] : [rough(main, row.base), rough(main, row.level)];
  return t(isShare(main) ? "number.percent" : "number.scale", { from, to });
}

/** Better, worse or not clear; with worlds only where they agree. */
function howOf(main, row) {
  const { direction, least } = data.outcomes[data.main[main]];
  const how = verdict(row.difference, row.chance?.[0], row.chance?.[1], direction, least);
  const split = row.worlds && row.worlds.low <= 0 && row.worlds.high >= 0;
  return split ? "unclear" : how;
}

function sureWords(main, row) {
  const unclear = howOf(main, row) === "unclear";
  if (row.worlds) {
    const { better, of } = row.worlds;
    const up = (data.outcomes[data.main[main]].direction === "down" ? -row.difference : row.difference) >= 0;
    const holds = up ? better : of - better;
    // worlds that chance cannot tell apart all have the sign of their mean
    return unclear && holds === of ? t("forest.unclear") : t("forest.worlds", { holds, of });
  }
  if (!row.chance) return t("forest.single");
  return t(unclear ? "forest.unclear" : "forest.clear");
}

/** Ends of the field, so that all intervals and nothing have room. */
function fieldOf(rows) {
  const ends = rows.flatMap((row) => [row.difference, ...(row.chance ?? []), ...(row.worlds ? [row.worlds.low, row.worlds.high] : [])]).filter(isKnown);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const room = Math.max((high - low) * 0.04, 1e-9);
  return [low - room, high + room];
}

function roundMarks([low, high]) {
  const wanted = (high - low) / 4;
  const size = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].map((of) => of * size).find((step) => step >= wanted) ?? 10 * size;
  const marks = [];
  for (let at = Math.ceil(low / step); at <= Math.floor(high / step); at += 1) marks.push(at * step);
  return marks;
}

function forestRow(main, row, [low, high]) {
  const share = (x) => `${((100 * (x - low)) / (high - low)).toFixed(2)}%`;
  const at = (name, x) => { const mark = el("i", { class: name }); mark.style.left = share(x); return mark; };
  const span = (name, ends) => { const made = at(name, ends[0]); made.style.width = `${((100 * (ends[1] - ends[0])) / (high - low)).toFixed(2)}%`; return made; };
  const bars = [
    at("zero", 0),
    row.worlds ? [span("worlds", [row.worlds.low, row.worlds.high]), at("median", row.worlds.median)] : null,
    row.chance ? span("chance", row.chance) : null,
    at(row.chance ? "dot" : "dot hollow", row.difference),
  ];
  return el("tr", { class: howOf(main, row), "data-policy": row.policy },
    el("th", { scope: "row" }, el("i", { class: `letter l${data.letters[row.policy]}` }, data.letters[row.policy]), " ", policyName(row.policy)),
    el("td", { class: "field" }, el("div", { class: "bars" }, bars)),
    el("td", { class: "number" }, el("b", {}, shownDifference(main, row.difference)), " ", el("small", {}, shownHalf(main, row.chance)), el("br"), el("small", {}, changeWords(main, row))),
    el("td", { class: "sure" }, sureWords(main, row)),
    el("td", { class: "number" }, money(row.per_head_year)));
}

/** Fills the forest of the screen in the reader's language. */
function fillForest() {
  const frame = document.querySelector(`.screen[lang="${language.now}"] .forest-frame`);
  const first = frame?.querySelector("table.forest");
  if (!first) return;
  const main = state.outcome;
  const rows = forestRows(main);
  const field = fieldOf(rows);
  first.caption.textContent = t("forest.caption", { outcome: outcomeName(main), against: policyName(state.against) });
  const marks = roundMarks(field).map((x) => {
    const mark = el("span", { class: "at" }, x === 0 ? "0" : rough(main, x));
    mark.style.left = `${((100 * (x - field[0])) / (field[1] - field[0])).toFixed(2)}%`;
    return mark;
  });
  first.querySelector(".ticks-row").replaceChildren(...marks);
  first.querySelector("thead th.number small").textContent = isShare(main) ? t("forest.points") : unitName(main);
  const rest = frame.querySelector(".rest tbody");
  const open = rest ? 8 : rows.length;
  first.tBodies[0].replaceChildren(...rows.slice(0, open).map((row) => forestRow(main, row, field)));
  rest?.replaceChildren(...rows.slice(open).map((row) => forestRow(main, row, field)));
}
