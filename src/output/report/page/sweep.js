// What a sweep tells: which inputs matter, how policies hold up, and the box in which one fails.

/** Indices that are drawn, the first gives the order; what is signed is a bar from nothing. */
const INDICES = ["total", "first_order", "mu_star", "rank_correlation"];

/** Rows whose intervals are cut where they are far from any share: few points tell little of a share. */
function inPicture(rows) {
  if (!rows.some((row) => row.index === "total")) return rows;
  const [low, high] = d3.extent([-0.1, 1.1, ...rows.map((row) => row.value)]);
  const within = (end) => (isKnown(end) ? Math.max(low, Math.min(high, end)) : end);
  return rows.map((row) => ({ ...row, ci_low: within(row.ci_low), ci_high: within(row.ci_high) }));
}

/** Which inputs matter: a tornado, the largest on top. */
function tornado(own, width) {
  const shapes = INDICES.filter((index) => own.some((row) => row.index === index));
  const wide = Math.min(width, 860);
  const order = d3.groupSort(own.filter((row) => row.index === shapes[0]), (group) => -Math.abs(group[0].value), (row) => row.input);
  const some = own.filter((row) => shapes.includes(row.index)).map((row) => ({ ...row, i: order.indexOf(row.input) }));
  const drawn = inPicture(some);
  const frame = rowFrame(order, wide, 28);
  const across = acrossScale(...d3.extent([0, ...drawn.flatMap((row) => [row.ci_low, row.value, row.ci_high]).filter(isKnown)]), wide - frame.marginLeft - 36);
  const colour = (row) => COLOURS.series[shapes.indexOf(row.index)];
  const marks = shapes.flatMap((index, at) => {
    const rows = drawn.filter((row) => row.index === index);
    const dy = frame.dy + (shapes.length > 1 ? (at ? 5 : -5) : 0);
    const place = { y: "i", dy, stroke: colour };
    return [
      Plot.ruleY(rows, { ...place, x1: 0, x2: "value", strokeWidth: 7, strokeOpacity: 0.35, title: (row) => `${row.input}: ${named("index", row.index)} ${exact(row.value)}` }),
      Plot.ruleY(rows.filter((row) => isKnown(row.ci_low)), { ...place, x1: "ci_low", x2: "ci_high", strokeWidth: 1.8 }),
      Plot.dot(rows, { x: "value", y: "i", dy, fill: colour, r: 3.5 }),
    ];
  });
  const picture = Plot.plot({
    width: wide, height: 42 + frame.height, marginLeft: frame.marginLeft, marginRight: 20, marginTop: 6, marginBottom: 34, style: STYLE,
    x: { ...across, inset: 6, label: null }, y: frame.y,
    marks: [Plot.gridX({ ...GRID, ticks: across.ticks }), Plot.ruleX([0], { stroke: INK }), frame.names, ...marks],
  });
  return [keys(shapes.map((index) => ({ colour: colour({ index }), text: named("index", index) }))), picture];
}

function sensitivityFigure() {
  const rows = rowsOf("sensitivity.csv");
  if (!rows?.length) return [];
  const all = data.study.scenario.policies;
  const of = ({ policy, main }) => rows.filter((row) => row.policy === all[policy].name && row.outcome === mainNames()[main]);
  const title = (shown) => t("sensitivity.title", { outcome: inside(outcomeName(shown.main)), policy: policyName(shown.policy) });
  const numbers = (shown) => table(title(shown), [
    column(t("sensitivity.input"), (row) => row.input), column(t("sensitivity.index"), (row) => named("index", row.index)),
    numeric(t("sensitivity.value"), (row) => exact(row.value)), numeric(t("table.low"), (row) => exact(row.ci_low)), numeric(t("table.high"), (row) => exact(row.ci_high)),
  ], of(shown));
  return [chooser({ id: "sensitivity", title, note: t("sensitivity.note"), draw: (shown, width) => tornado(of(shown), width), numbers }, [
    { key: "policy", label: t("choose.policy"), options: all.map((_, i) => policyName(i)), at: Math.min(1, all.length - 1) },
    { key: "main", label: t("choose.outcome"), options: outcomeChoices() },
  ])];
}

/** A value of an input as a number: of a date its month. */
function inputNumber(text) {
  const [year, month] = text.split("-").map(Number);
  return month ? 12 * year + month - 1 : Number(text);
}

/** Limits of a box by input, from the condition that the file holds. */
function boxLimits(condition) {
  const limits = new Map();
  for (const [, path, sign, end] of condition.matchAll(/`([^`]+)` (>=|<=) '?([^' ]+)'?/g)) {
    limits.set(path, { ...limits.get(path), path, [sign === ">=" ? "low" : "high"]: end });
  }
  return [...limits.values()].map((limit) => ({ ...limit, span: rangeOf(limit.path) }));
}

/** Least and largest value of an input over the design. */
function rangeOf(path) {
  const { range, values } = data.study.sweep?.vary.find((one) => one.path === path)?.over ?? {};
  return range ?? (values ? d3.extent(values) : null);
}

/** An end of a range as one reads it: months as dates, numbers with three digits. */
const endText = (end, dated) => (dated ? `${Math.floor(end / 12)}-${String((end % 12) + 1).padStart(2, "0")}` : mark(Number(end.toPrecision(3))));
const isDated = ({ low, high }) => /^\d{4}-\d\d$/.test(low ?? high);

/** Limits in words: from, to, or both. */
function limitWords(limit) {
  const [low, high] = [limit.low, limit.high].map((end) => (end === undefined ? null : endText(inputNumber(end), isDated(limit))));
  const key = low && high ? "box.between" : low ? "box.from" : "box.to";
  return t(key, { low, high });
}

/** One policy's box: a bar in the range of each input that it restricts. */
function boxPlot(limits, width) {
  const wide = Math.min(width, 560);
  const rows = limits.filter((limit) => limit.span?.[1] > limit.span?.[0]).map((limit, i) => {
    const [least, most] = limit.span;
    const share = (end, other) => (end === undefined ? other : (inputNumber(end) - least) / (most - least));
    return { ...limit, i, from: share(limit.low, 0), to: share(limit.high, 1), dated: isDated(limit) };
  });
  if (!rows.length) return null;
  const names = rows.map((row) => `${row.path} ${limitWords(row)}`);
  const margin = 4;
  return Plot.plot({
    width: wide, height: 46 * rows.length, margin: 0, marginLeft: margin, marginRight: margin, style: STYLE,
    x: { domain: [0, 1], axis: null }, y: { type: "band", domain: d3.range(rows.length), axis: null, padding: 0 },
    marks: [
      Plot.text(rows, { y: "i", frameAnchor: "left", textAnchor: "start", dy: -15, text: (row) => fit(names[row.i], wide - 8), className: "names" }),
      Plot.ruleY(rows, { x1: 0, x2: 1, y: "i", stroke: "#d7dee5", strokeWidth: 9 }),
      Plot.ruleY(rows, { x1: "from", x2: "to", y: "i", stroke: COLOURS.worse, strokeWidth: 9, title: (row) => names[row.i] }),
      ...[["start", 0], ["end", 1]].map(([textAnchor, end]) => Plot.text(rows, { x: () => end, y: "i", textAnchor, dy: 14, text: (row) => endText(row.span[end], row.dated), fill: "#5b6773" })),
    ],
  });
}

/** The boxes of an outcome, a panel for each policy that has one. */
function boxPanels(rows, width) {
  const panels = rows.filter((row) => row.failure_box).map((row) => {
    const limits = boxLimits(row.failure_box);
    const words = t("box.words", { coverage: percent(row.box_coverage), density: percent(row.box_density) });
    const picture = boxPlot(limits, width >= 860 ? (width - 28) / 2 : width);
    if (picture) name(picture, `${named("policy", row.policy)}: ${limits.map((limit) => `${limit.path} ${limitWords(limit)}`).join(t("list.comma"))}`);
    return el("div", { class: "panel" }, el("h4", {}, t("box.title", { policy: named("policy", row.policy) })), el("p", { class: "note" }, words), picture);
  });
  return panels.length ? el("div", { class: "panels boxes" }, panels) : el("p", { class: "note" }, t("box.none"));
}

/** How each policy holds up over the design of a sweep, and the box in which it fails. */
function robustnessFigure() {
  const rows = rowsOf("robustness.csv");
  if (!rows?.length) return [];
  const of = ({ main }) => d3.sort(rows.filter((row) => row.outcome === mainNames()[main]), (row) => -row.best_share);
  const title = (shown) => t("robustness.title", { outcome: inside(outcomeName(shown.main)) });
  const whole = (shown) => table(title(shown), [
    column(t("table.policy"), (row) => named("policy", row.policy)), numeric(t("robustness.best"), (row) => percent(row.best_share)),
    numeric(t("robustness.mean"), (row) => exact(row.mean_regret)), numeric(t("robustness.largest"), (row) => exact(row.max_regret)),
    numeric(t("robustness.fails"), (row) => percent(row.failure_share)),
  ], of(shown));
  const draw = (shown, width) => [
    el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": title(shown) }, whole(shown)), boxPanels(of(shown), width),
  ];
  const first = mainNames().findIndex((outcome) => rows.some((row) => row.outcome === outcome && row.failure_box));
  return [chooser({ id: "robustness", title, note: t("robustness.note"), draw }, [{ key: "main", label: t("choose.outcome"), options: outcomeChoices(), at: Math.max(0, first) }])];
}

const sweepFigures = () => [...robustnessFigure(), ...sensitivityFigure()];
