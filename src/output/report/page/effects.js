// What helps most, how surely: a scorecard, a sentence per policy, a forest plot per outcome.

/** Every policy's effect on every main outcome, as a table with shaded cells. */
function scorecard() {
  const rows = ranking(0);
  const largest = data.main.map((_, main) => Math.max(...ranking(main).map((row) => Math.abs(row.difference))));
  const head = data.main.map((_, main) => el("th", { scope: "col", class: "number" }, outcomeName(main)));
  const cell = (policy, main) => {
    const effect = judged(policy, data.main[main]);
    const td = el("td", { class: `number ${effect.how}`, title: t("effects.interval", intervalWords(effect)) }, fixed(effect.difference, largest[main] < 10 ? 3 : 1, true));
    const share = Math.round(8 + 42 * Math.min(1, Math.abs(effect.difference) / largest[main]));
    if (effect.how !== "unclear") td.style.background = `color-mix(in srgb, ${COLOURS[effect.how]} ${share}%, white)`;
    return td;
  };
  const body = rows.map(({ policy, label }) => el("tr", {}, el("th", { scope: "row" }, label),
    data.main.map((_, main) => cell(policy, main)),
    el("td", { class: "number" }, money(data.costs[policy].per_head_year))));
  const base = data.main.map((_, main) => {
    const { baseline } = judged(0, data.main[main]);
    return el("td", { class: "number" }, fixed(baseline, largest[main] < 10 ? 3 : 1));
  });
  return el("table", { class: "scorecard" }, el("caption", { class: "hidden" }, t("effects.scorecard")),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("table.policy")), head, el("th", { scope: "col", class: "number" }, t("cost.rate")))),
    el("tbody", {}, body, el("tr", { class: "base" }, el("th", { scope: "row" }, t("effects.base")), base, el("td", {}))));
}

function intervalWords({ difference, low, high }) {
  const places = placesOf(difference, (high - low) / 2);
  return { difference: fixed(difference, places, true), low: fixed(low, places, true), high: fixed(high, places, true) };
}

/** One outcome's forest plot, the best policy on top; the differences as numbers at the right. */
function forest(rows, width, title) {
  const texts = rows.map((row) => intervalWords(row).difference);
  const column = widest(texts, 12, 600) + 14;
  const frame = rowFrame(rows.map((row) => row.label), width);
  const across = acrossScale(...d3.extent([0, ...rows.flatMap((row) => [row.low, row.difference, row.high]).filter(isKnown)]), width - frame.marginLeft - column - 16);
  const at = { y: (_, i) => i, dy: frame.dy };
  const colour = (row) => COLOURS[row.how];
  const svg = Plot.plot({
    width, height: 48 + frame.height, marginLeft: frame.marginLeft, marginRight: column, marginTop: 4, marginBottom: 44, style: STYLE,
    x: { ...across, inset: 8, label: t("effects.axis"), labelOffset: 38 },
    y: frame.y,
    marks: [
      Plot.gridX({ ...GRID, ticks: across.ticks }),
      Plot.ruleX([0], { stroke: INK, strokeWidth: 1 }),
      frame.names,
      Plot.ruleY(rows, { ...at, x1: "low", x2: "high", stroke: colour, strokeWidth: 3, strokeOpacity: 0.5, filter: (row) => isKnown(row.low) }),
      Plot.dot(rows, { ...at, x: "difference", r: 4, fill: colour, title: (row) => `${row.label}: ${t("effects.interval", intervalWords(row))}` }),
      Plot.text(rows, { ...at, text: (_, i) => texts[i], frameAnchor: "right", dx: column - 2, textAnchor: "end", fill: colour, fontWeight: 600, fontVariant: "tabular-nums" }),
    ],
  });
  svg.setAttribute("aria-label", title);
  return svg;
}

function forests(width) {
  const columns = width >= 860 ? 2 : 1;
  const each = Math.floor((width - 28 * (columns - 1)) / columns);
  const panel = (_, main) => el("div", { class: "panel" }, el("h4", {}, outcomeName(main), " ", el("small", {}, unitName(main))),
    forest(ranking(main), each, t("effects.forest", { outcome: inside(outcomeName(main)) })));
  return el("div", { class: "panels" }, data.main.map(panel));
}

function effectNumbers() {
  const rows = data.outcomes.flatMap((_, outcome) => data.national.map((__, policy) => judged(policy, outcome))).filter(Boolean);
  return table(t("effects.numbers"), [
    column(t("table.outcome"), (row) => named("outcome", row.outcome)),
    column(t("table.policy"), (row) => row.label),
    numeric(t("table.pairs"), (row) => row.pairs),
    numeric(t("table.baseline"), (row) => exact(row.baseline)),
    numeric(t("table.level"), (row) => exact(row.level)),
    numeric(t("table.difference"), (row) => exact(row.difference, true)),
    numeric(t("table.low"), (row) => exact(row.low, true)),
    numeric(t("table.high"), (row) => exact(row.high, true)),
    numeric(t("table.better"), (row) => percent(row.better)),
  ], rows);
}

function sentenceList(main) {
  const said = data.sentences[state.language][main];
  return ranking(main).map(({ policy, how }) => el("li", { class: how }, said[policy]));
}

function helps() {
  const shown = chosenIn("sentences", { main: 0 });
  const sentences = el("ol", { class: "sentences", "aria-live": "polite" }, sentenceList(shown.main));
  const pick = choice(t("choose.outcome"), outcomeChoices(), shown.main, (main) => {
    shown.main = main;
    sentences.replaceChildren(...sentenceList(main));
  });
  const card = figure({
    id: "scorecard", title: () => t("effects.scorecard"), note: () => t("effects.card_note"),
    draw: () => el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("effects.scorecard") }, scorecard()),
  });
  const plots = figure({
    id: "effects", title: () => t("effects.title"), note: () => t("effects.note"), draw: forests, numbers: effectNumbers,
  });
  return section("helps", el("div", { class: "controls" }, pick), sentences, card.frame, plots.frame, costFigure(), ...decompositionFigures());
}
