// Figures from files that only some studies have; without its file a figure is left out.

/** Rows of a file as objects by column, numbers as numbers; nothing when the file is not there. */
function rowsOf(file) {
  const found = data.tables.find((extra) => extra.file === file);
  if (!found) return null;
  const value = (cell, text) => (text ? cell : cell === "" ? null : Number(cell));
  return found.rows.map((row) => Object.fromEntries(found.columns.map((column, i) => [column, value(row[i], found.texts[i])])));
}

const mainNames = () => data.main.map((outcome) => data.outcomes[outcome].name);
const outcomeChoices = () => data.main.map((_, main) => outcomeName(main));
const policyChoices = () => data.national.map((_, policy) => policyName(policy + 1));
const policyAt = (index) => data.study.scenario.policies[index + 1].name;

/** A figure whose picture depends on some choices, each with key, label and options. */
function chooser(parts, pickers) {
  const shown = chosenIn(parts.id, Object.fromEntries(pickers.map(({ key, at = 0 }) => [key, at])));
  const made = figure({
    id: parts.id, title: () => parts.title(shown), note: () => parts.note,
    draw: (width) => parts.draw(shown, width), numbers: parts.numbers && (() => parts.numbers(shown)),
  });
  made.controls.append(...pickers.map(({ key, label, options }) => choice(label, options, shown[key], (at) => {
    shown[key] = at;
    made.redraw();
  })));
  return made.frame;
}

/** Bars to both sides of nothing; their shares stand beyond them. */
function sidesPlot(own, width) {
  const wide = Math.min(width, 860);
  const frame = rowFrame(own.map((row) => row.label), wide);
  const room = widest(["99.9 %", "< 0.1 %"]) + 8;
  const across = acrossScale(-1, 1, wide - frame.marginLeft - 12 - 2 * room, (d) => percent(Math.abs(d)));
  const sides = own.flatMap((row, i) => [{ ...row, i, share: row.better, how: "better" }, { ...row, i, share: -row.worse, how: "worse" }]);
  const end = (how, dx, textAnchor) => Plot.text(sides.filter((row) => row.how === how && row.share !== 0), {
    x: "share", y: "i", dx, dy: frame.dy, textAnchor, text: (row) => percent(Math.abs(row.share)), fill: how === "worse" ? "#b34700" : COLOURS.better,
  });
  return Plot.plot({
    width: wide, height: 52 + frame.height, marginLeft: frame.marginLeft, marginRight: 12, marginTop: 6, marginBottom: 46, style: STYLE,
    x: { ...across, domain: [-1, 1], inset: room, label: t("distribution.axis"), labelOffset: 40 },
    y: frame.y,
    marks: [
      Plot.gridX({ ...GRID, ticks: across.ticks }),
      Plot.barX(sides, { x: "share", y: "i", fill: (row) => COLOURS[row.how], ...frame.inset, title: (row) => `${row.label}: ${percent(Math.abs(row.share))} ${t(`distribution.${row.how}`)}` }),
      Plot.ruleX([0], { stroke: INK }),
      frame.names, end("better", 5, "start"), end("worse", -5, "end"),
    ],
  });
}

/** Shares of provinces, cells and citizens that are better or worse off. */
function distributionFigures() {
  const rows = rowsOf("distribution.csv");
  if (!rows) return [];
  const groupOf = (row) => (row.group_kind === "all" ? named("unit", row.unit_compared) : t("distribution.of", { unit: named("unit", row.unit_compared), group: named(row.group_kind, row.group) }));
  const of = ({ policy }) => rows.filter((row) => row.policy === policyAt(policy)).map((row) => ({ ...row, label: groupOf(row) }));
  const title = ({ policy }) => t("distribution.title", { policy: policyName(policy + 1) });
  const numbers = (shown) => table(title(shown), [
    column(t("distribution.group"), (row) => row.label), numeric(t("distribution.better"), (row) => exact(row.better)),
    numeric(t("distribution.equal"), (row) => exact(row.equal)), numeric(t("distribution.worse"), (row) => exact(row.worse)),
    numeric(t("table.difference"), (row) => exact(row.mean_difference, true)), numeric(t("table.low"), (row) => exact(row.ci_low, true)), numeric(t("table.high"), (row) => exact(row.ci_high, true)),
  ], of(shown));
  return [chooser({ id: "distribution", title, note: t("distribution.note"), draw: (shown, width) => sidesPlot(of(shown), width), numbers }, [{ key: "policy", label: t("choose.policy"), options: policyChoices(), at: ranking(0)[0]?.policy ?? 0 }])];
}

/** A part of a package: a dimension, an intervention, or the whole. */
function partName(part) {
  if (part === "all") return t("decomposition.total");
  return data.texts[state.language][`dimension.${part}`] ?? named("intervention", part);
}

/** Contributions from the largest on, each beginning where the one before ended, and the total. */
function waterfallSteps(own) {
  let from = 0;
  const parts = d3.sort(own.filter((row) => row.contribution === "shapley"), (row) => -row.value).map((row) => {
    const step = { ...row, from, to: from + row.value };
    from = step.to;
    return step;
  });
  const total = own.filter((row) => row.contribution === "total").map((row) => ({ ...row, part: "all", from: 0, to: row.value, total: true }));
  const interval = (step) => (isKnown(step.ci_low) ? { low: step.from + step.ci_low, high: step.from + step.ci_high } : {});
  return [...parts, ...total].map((step, i) => ({ ...step, i, label: partName(step.part), ...interval(step) }));
}

/** A waterfall up to the total; a thin line at the end of each bar is its interval. */
function waterfall(steps, width) {
  const wide = Math.min(width, 860);
  const texts = steps.map((step) => fixed(step.value, placesOf(step.value, (step.high - step.low) / 2), true));
  const numbers = widest(texts, 12, 600) + 14;
  const frame = rowFrame(steps.map((step) => step.label), wide, 24);
  const across = acrossScale(...d3.extent([0, ...steps.flatMap((step) => [step.to, step.low, step.high]).filter(isKnown)]), wide - frame.marginLeft - numbers - 12);
  const colour = (step) => (step.total ? COLOURS.baseline : step.value >= 0 ? COLOURS.better : COLOURS.worse);
  return Plot.plot({
    width: wide, height: 52 + frame.height, marginLeft: frame.marginLeft, marginRight: numbers, marginTop: 4, marginBottom: 46, style: STYLE,
    x: { ...across, inset: 4, label: t("effects.axis"), labelOffset: 40 }, y: frame.y,
    marks: [
      Plot.gridX({ ...GRID, ticks: across.ticks }),
      Plot.barX(steps, { x1: "from", x2: "to", y: "i", fill: colour, fillOpacity: 0.8, ...frame.inset, title: (step) => `${step.label}: ${exact(step.value, true)}` }),
      Plot.ruleY(steps.filter((step) => isKnown(step.low)), { x1: "low", x2: "high", y: "i", dy: frame.dy, stroke: INK, strokeWidth: 1.5, marker: "tick" }),
      Plot.text(steps, { y: "i", dy: frame.dy, frameAnchor: "right", dx: numbers - 2, textAnchor: "end", text: (_, i) => texts[i], fill: colour, fontWeight: 600, fontVariant: "tabular-nums" }),
      Plot.ruleX([0], { stroke: INK }),
      frame.names,
    ],
  });
}

/** A package in parts: Shapley contributions. */
function decompositionFigures() {
  const rows = rowsOf("decomposition.csv");
  if (!rows?.length) return [];
  const policy = data.study.scenario.policies.findIndex((one) => one.name === rows[0].policy);
  const of = ({ main }) => rows.filter((row) => row.outcome === mainNames()[main]);
  const title = ({ main }) => t("decomposition.title", { policy: policyName(policy), outcome: inside(outcomeName(main)) });
  const numbers = (shown) => table(title(shown), [
    column(t("decomposition.part"), (row) => partName(row.part) + (row.partner ? ` + ${partName(row.partner)}` : "")),
    column(t("decomposition.kind"), (row) => named("contribution", row.contribution)), numeric(t("table.difference"), (row) => exact(row.value, true)),
    numeric(t("table.low"), (row) => exact(row.ci_low, true)), numeric(t("table.high"), (row) => exact(row.ci_high, true)),
  ], of(shown));
  const draw = (shown, width) => [axisTitle(unitName(shown.main)), waterfall(waterfallSteps(of(shown)), width)];
  return [chooser({ id: "decomposition", title, note: t("decomposition.note"), draw, numbers }, [{ key: "main", label: t("choose.outcome"), options: outcomeChoices() }])];
}
