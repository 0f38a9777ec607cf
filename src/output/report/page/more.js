// Figures from files that only some studies have; without its file a figure is left out.

/** Rows of a file as objects by column, numbers as numbers; nothing when the file is not there. */
function rowsOf(file) {
  const found = data.tables.find((extra) => extra.file === file);
  if (!found) return null;
  const texts = new Set(["policy", "outcome", "contribution", "part", "partner", "unit_compared", "group_kind", "group", "quantity", "input", "index", "failure_box"]);
  const value = (column, cell) => (texts.has(column) ? cell : cell === "" ? null : Number(cell));
  return found.rows.map((row) => Object.fromEntries(found.columns.map((column, i) => [column, value(column, row[i])])));
}

const mainNames = () => data.main.map((outcome) => data.outcomes[outcome].name);
const outcomeChoices = () => data.main.map((_, main) => outcomeName(main));
const policyChoices = () => data.national.map((_, policy) => policyName(policy + 1));
const policyAt = (index) => data.study.scenario.policies[index + 1].name;
const marginFor = (labels) => 16 + (state.language === "zh" ? 13 : 6.6) * Math.max(4, ...labels.map((label) => label.length));

/** A figure whose picture depends on some choices, each with key, label and options. */
function chooser(parts, choices) {
  const shown = Object.fromEntries(choices.map(({ key, at = 0 }) => [key, at]));
  const made = figure({
    id: parts.id, title: () => parts.title(shown), note: () => parts.note,
    draw: (width) => parts.draw(shown, width), numbers: parts.numbers && (() => parts.numbers(shown)),
  });
  made.controls.append(...choices.map(({ key, label, options }) => choice(label, options, shown[key], (at) => {
    shown[key] = at;
    made.redraw();
  })));
  return made.frame;
}

/** Shares of provinces, cells and citizens that are better or worse off: bars to both sides. */
function distributionFigures() {
  const rows = rowsOf("distribution.csv");
  if (!rows) return [];
  const groupOf = (row) => (row.group_kind === "all" ? named("unit", row.unit_compared) : `${named("unit", row.unit_compared)}: ${named(row.group_kind, row.group)}`);
  const of = ({ policy }) => rows.filter((row) => row.policy === policyAt(policy)).map((row) => ({ ...row, label: groupOf(row) }));
  const draw = (shown, width) => {
    const own = of(shown);
    const sides = own.flatMap((row) => [{ ...row, share: row.better, how: "better" }, { ...row, share: -row.worse, how: "worse" }]);
    return Plot.plot({
      width: Math.min(width, 860), height: 60 + 21 * own.length, marginLeft: marginFor(own.map((row) => row.label)), marginRight: 40, marginBottom: 38, style: STYLE,
      x: { domain: [-1, 1], label: t("distribution.axis"), labelAnchor: "center", labelArrow: "none", tickFormat: (d) => percent(Math.abs(d)) },
      y: { domain: own.map((row) => row.label), label: null, tickSize: 0 },
      marks: [
        Plot.gridX({ stroke: "#dfe5ea", strokeOpacity: 1 }),
        Plot.barX(sides, { x: "share", y: "label", fill: (row) => COLOURS[row.how], insetTop: 2, insetBottom: 2, title: (row) => `${row.label}: ${percent(Math.abs(row.share))} ${t(`distribution.${row.how}`)}` }),
        Plot.text(sides.filter((row) => Math.abs(row.share) >= 0.005), { x: "share", y: "label", text: (row) => percent(Math.abs(row.share)), textAnchor: "start", filter: (row) => row.share > 0, fill: COLOURS.better, dx: 5 }),
        Plot.text(sides.filter((row) => row.share <= -0.005), { x: "share", y: "label", text: (row) => percent(-row.share), textAnchor: "end", dx: -5, fill: COLOURS.worse }),
        Plot.ruleX([0], { stroke: INK }),
      ],
    });
  };
  const numbers = (shown) => table(t("distribution.title", { policy: policyName(shown.policy + 1) }), [
    column(t("distribution.group"), (row) => row.label), numeric(t("distribution.better"), (row) => exact(row.better)),
    numeric(t("distribution.equal"), (row) => exact(row.equal)), numeric(t("distribution.worse"), (row) => exact(row.worse)),
    numeric(t("table.difference"), (row) => exact(row.mean_difference, true)), numeric(t("table.low"), (row) => exact(row.ci_low, true)), numeric(t("table.high"), (row) => exact(row.ci_high, true)),
  ], of(shown));
  const title = ({ policy }) => t("distribution.title", { policy: policyName(policy + 1) });
  return [chooser({ id: "distribution", title, note: t("distribution.note"), draw, numbers }, [{ key: "policy", label: t("choose.policy"), options: policyChoices(), at: ranking(0)[0]?.policy ?? 0 }])];
}

/** A package in parts: Shapley contributions as a waterfall up to the total. */
function decompositionFigures() {
  const rows = rowsOf("decomposition.csv");
  if (!rows?.length) return [];
  const policy = data.study.scenario.policies.findIndex((one) => one.name === rows[0].policy);
  const partName = (part) => (part === "all" ? t("decomposition.total") : named("intervention", part));
  const steps = ({ main }) => {
    const own = rows.filter((row) => row.outcome === mainNames()[main]);
    let from = 0;
    const parts = d3.sort(own.filter((row) => row.contribution === "shapley"), (row) => -row.value).map((row) => {
      const step = { ...row, label: partName(row.part), from, to: from + row.value };
      from = step.to;
      return step;
    });
    const total = own.filter((row) => row.contribution === "total").map((row) => ({ ...row, label: partName("all"), from: 0, to: row.value, total: true }));
    return [...parts, ...total];
  };
  const colour = (step) => (step.total ? COLOURS.baseline : step.value >= 0 ? COLOURS.better : COLOURS.worse);
  const draw = (shown, width) => {
    const own = steps(shown);
    return Plot.plot({
      width: Math.min(width, 860), height: 60 + 23 * own.length, marginLeft: marginFor(own.map((step) => step.label)), marginRight: 62, marginBottom: 38, style: STYLE,
      x: { label: t("effects.axis"), labelAnchor: "center", labelArrow: "none", nice: true, tickFormat: mark },
      y: { domain: own.map((step) => step.label), label: null, tickSize: 0 },
      marks: [
        Plot.gridX({ stroke: "#dfe5ea", strokeOpacity: 1 }),
        Plot.barX(own, { x1: "from", x2: "to", y: "label", fill: colour, insetTop: 3, insetBottom: 3, title: (step) => `${step.label}: ${exact(step.value, true)}` }),
        Plot.text(own, { x: (step) => Math.max(step.from, step.to), y: "label", dx: 6, textAnchor: "start", text: (step) => fixed(step.value, 3, true), fill: colour, fontWeight: 600 }),
        Plot.ruleX([0], { stroke: INK }),
      ],
    });
  };
  const numbers = ({ main }) => table(t("decomposition.title", { policy: policyName(policy), outcome: inside(outcomeName(main)) }), [
    column(t("decomposition.part"), (row) => partName(row.part) + (row.partner ? ` + ${partName(row.partner)}` : "")),
    column(t("decomposition.kind"), (row) => named("contribution", row.contribution)), numeric(t("table.difference"), (row) => exact(row.value, true)),
    numeric(t("table.low"), (row) => exact(row.ci_low, true)), numeric(t("table.high"), (row) => exact(row.ci_high, true)),
  ], rows.filter((row) => row.outcome === mainNames()[main]));
  const title = ({ main }) => t("decomposition.title", { policy: policyName(policy), outcome: inside(outcomeName(main)) });
  return [chooser({ id: "decomposition", title, note: t("decomposition.note"), draw, numbers }, [{ key: "main", label: t("choose.outcome"), options: outcomeChoices() }])];
}

/** Which inputs of a sweep matter: a tornado of its indices, the largest on top. */
function sensitivityFigure() {
  const rows = rowsOf("sensitivity.csv");
  if (!rows?.length) return [];
  const shapes = ["total", "first_order", "mu_star"].filter((index) => rows.some((row) => row.index === index));
  const all = data.study.scenario.policies;
  const of = ({ policy, main }) => rows.filter((row) => row.policy === all[policy].name && row.outcome === mainNames()[main]);
  const draw = (shown, width) => {
    const own = of(shown).filter((row) => shapes.includes(row.index));
    const order = d3.groupSort(own.filter((row) => row.index === shapes[0]), (group) => -group[0].value, (row) => row.input);
    const offset = (row) => (shapes.length > 1 ? (row.index === shapes[0] ? -5 : 5) : 0);
    const colour = (row) => COLOURS.series[shapes.indexOf(row.index)];
    const marks = shapes.flatMap((index) => {
      const some = own.filter((row) => row.index === index);
      const dy = some.length ? offset(some[0]) : 0;
      return [
        Plot.ruleY(some.filter((row) => isKnown(row.ci_low)), { x1: "ci_low", x2: "ci_high", y: "input", stroke: colour, strokeWidth: 3, strokeOpacity: 0.4, dy }),
        Plot.dot(some, { x: "value", y: "input", fill: colour, r: 4, dy, title: (row) => `${row.input}: ${named("index", row.index)} ${exact(row.value)}` }),
      ];
    });
    const picture = Plot.plot({
      width: Math.min(width, 860), height: 60 + 28 * order.length, marginLeft: marginFor(order), marginRight: 20, marginBottom: 38, style: STYLE,
      x: { label: shapes.map((index) => named("index", index)).join(t("list.comma")), labelAnchor: "center", labelArrow: "none", nice: true, zero: true, tickFormat: mark },
      y: { domain: order, label: null, tickSize: 0 }, marks: [Plot.gridX({ stroke: "#dfe5ea", strokeOpacity: 1 }), ...marks],
    });
    const legend = shapes.map((index) => {
      const swatch = el("span", { class: "swatch", "aria-hidden": "true" });
      swatch.style.background = colour({ index });
      return el("span", { class: "tick" }, swatch, named("index", index));
    });
    return [el("p", { class: "ticks" }, legend), picture];
  };
  const numbers = (shown) => table(t("sensitivity.title", { outcome: inside(outcomeName(shown.main)), policy: policyName(shown.policy) }), [
    column(t("sensitivity.input"), (row) => row.input), column(t("sensitivity.index"), (row) => named("index", row.index)),
    numeric(t("sensitivity.value"), (row) => exact(row.value)), numeric(t("table.low"), (row) => exact(row.ci_low)), numeric(t("table.high"), (row) => exact(row.ci_high)),
  ], of(shown));
  const title = (shown) => t("sensitivity.title", { outcome: inside(outcomeName(shown.main)), policy: policyName(shown.policy) });
  return [chooser({ id: "sensitivity", title, note: t("sensitivity.note"), draw, numbers }, [
    { key: "policy", label: t("choose.policy"), options: all.map((_, i) => policyName(i)), at: Math.min(1, all.length - 1) },
    { key: "main", label: t("choose.outcome"), options: outcomeChoices() },
  ])];
}

/** How each policy holds up over the design of a sweep, and the box in which it fails. */
function robustnessFigure() {
  const rows = rowsOf("robustness.csv");
  if (!rows?.length) return [];
  const of = ({ main }) => d3.sort(rows.filter((row) => row.outcome === mainNames()[main]), (row) => -row.best_share);
  const whole = (shown) => table(t("robustness.title", { outcome: inside(outcomeName(shown.main)) }), [
    column(t("table.policy"), (row) => policyCell(data.study.scenario.policies.findIndex((one) => one.name === row.policy))), numeric(t("robustness.best"), (row) => percent(row.best_share)),
    numeric(t("robustness.mean"), (row) => exact(row.mean_regret)), numeric(t("robustness.largest"), (row) => exact(row.max_regret)),
    numeric(t("robustness.fails"), (row) => percent(row.failure_share)), column(t("robustness.box"), (row) => el("code", {}, row.failure_box || "–")),
  ], of(shown));
  const draw = (shown) => el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("robustness.title", { outcome: inside(outcomeName(shown.main)) }) }, whole(shown));
  const made = { id: "robustness", title: (shown) => t("robustness.title", { outcome: inside(outcomeName(shown.main)) }), note: t("robustness.note"), draw };
  return [chooser(made, [{ key: "main", label: t("choose.outcome"), options: outcomeChoices() }])];
}

const sensitivityFigures = () => [...robustnessFigure(), ...sensitivityFigure()];


/** Topics in the language of the reader where there are some, else in the first. */
function topicsToShow() {
  const all = data.study.scenario.topics ?? [];
  const own = all.filter((topic) => topic.language === state.language);
  return own.length ? own : all.filter((topic) => topic.language === all[0].language);
}

/** The words by which each factor is told: a small picture for each. */
function topicsFigure() {
  if (!data.study.scenario.topics?.length) return [];
  const largest = () => d3.max(topicsToShow(), (topic) => d3.max(topic.words, ([, share]) => share));
  const panel = (topic, width, high) => {
    const words = topic.words.slice(0, 8).map(([word, share]) => ({ word, share }));
    const picture = Plot.plot({
      width, height: 24 + 19 * words.length, marginLeft: 120, marginRight: 40, marginTop: 4, marginBottom: 8, style: STYLE,
      x: { axis: null, domain: [0, high] }, y: { domain: words.map(({ word }) => word), label: null, tickSize: 0 },
      marks: [
        Plot.barX(words, { x: "share", y: "word", fill: COLOURS.better, insetTop: 3, insetBottom: 3 }),
        Plot.text(words, { x: "share", y: "word", text: ({ share }) => percent(share), textAnchor: "start", dx: 5, fill: INK }),
      ],
    });
    name(picture, `${named("factor", topic.factor)}: ${words.map(({ word }) => word).join(t("list.comma"))}`);
    return el("div", {}, el("h4", {}, named("factor", topic.factor)), picture);
  };
  const draw = (width) => {
    const high = largest();
    const each = width > 900 ? Math.floor((width - 60) / 3) : Math.min(width, 340);
    return el("div", { class: "panels" }, topicsToShow().map((topic) => panel(topic, each, high)));
  };
  const numbers = () => table(t("topics.title"), [
    column(t("topics.factor"), (row) => named("factor", row.factor)), column(t("topics.word"), (row) => row.word), numeric(t("topics.share"), (row) => exact(row.share)),
  ], topicsToShow().flatMap(({ factor, words }) => words.map(([word, share]) => ({ factor, word, share }))));
  return [figure({ id: "topics", title: () => t("topics.title"), note: () => t("topics.note"), draw, numbers }).frame];
}

/** What the policy documents of each province speak of: its attention to the factors. */
function attentionFigure() {
  const { provinces } = data.study.scenario.geography;
  const factors = data.factors.map((factor) => named("factor", factor));
  if (!provinces.every((province) => province.attention.length === data.factors.length)) return [];
  const cells = provinces.flatMap((province) => province.attention.map((share, f) => ({ province: provinceName(province), factor: factors[f], share })));
  const order = provinces.map(provinceName);
  const mean = (factor) => d3.mean(cells.filter((cell) => cell.factor === factor), (cell) => cell.share);
  const means = new Map(factors.map((factor) => [factor, mean(factor)]));
  const draw = (width) => Plot.plot({
    width: Math.min(width, 860), height: 70 + 17 * order.length, marginLeft: marginFor(order), marginTop: 56, marginRight: 10, marginBottom: 4, style: STYLE,
    x: { axis: "top", domain: factors, label: null, tickSize: 0, tickFormat: (text) => text.replace(" ", "\n"), padding: 0.04 }, y: { domain: order, label: null, tickSize: 0, padding: 0.06 },
    color: { type: "linear", scheme: "viridis", reverse: true, domain: [0, d3.max(cells, (cell) => cell.share)] },
    marks: [
      Plot.cell(cells, { x: "factor", y: "province", fill: "share", rx: 2, title: (cell) => `${cell.province}, ${cell.factor}: ${percent(cell.share)} (${t("factors.mean")} ${percent(means.get(cell.factor))})` }),
      Plot.text(cells, { x: "factor", y: "province", text: (cell) => percent(cell.share), fontSize: 10, fill: (cell) => (cell.share > 0.55 * d3.max(cells, (one) => one.share) ? "#fff" : INK) }),
    ],
  });
  const numbers = () => table(t("factors.title"), [
    column(t("table.place"), provinceName),
    ...factors.map((factor, f) => numeric(factor, (province) => exact(province.attention[f]))),
  ], provinces);
  return [figure({ id: "attention", title: () => t("factors.title"), note: () => t("factors.note"), draw, numbers }).frame];
}
