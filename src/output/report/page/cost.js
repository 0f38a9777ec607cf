// Cost against effect, with the policies that no other beats in both.

function costPoints(main) {
  const efficient = new Set(data.frontier[main]);
  return ranking(main).map((row) => ({ ...row, rmb: data.costs[row.policy].rmb, efficient: efficient.has(row.policy), tie: data.ties[main][row.policy] }));
}

/** Labels beside their points, moved apart where they would cover each other. */
function costLabels(points, scales, width) {
  const { x, y } = scales;
  const edge = width - 190;
  return [false, true].flatMap((leftward) => {
    const side = points.filter((point) => (x.apply(point.rmb) > edge) === leftward);
    const heights = apart(side.map((point) => y.apply(point.difference)), 15, y.range[1], y.range[0]);
    return side.map((point, i) => ({ ...point, leftward, at: y.invert(heights[i]) }));
  });
}

function costPlot(main, width) {
  const points = costPoints(main);
  const line = [{ rmb: 0, difference: 0 }, ...data.frontier[main].map((policy) => points.find((p) => p.policy === policy))];
  const [size, unit] = t("money.scale2").split(" ");
  const frame = {
    width, height: Math.min(460, 300 + width / 8), marginLeft: 52, marginRight: 20, marginTop: 26, marginBottom: 42, style: STYLE,
    x: { label: t("cost.axis", { unit }), labelAnchor: "right", labelArrow: "none", domain: [0, 1.04 * Math.max(...points.map((p) => p.rmb), 1)], tickFormat: (d) => mark(d / Number(size)), ticks: width / 110 },
    y: { label: t("cost.effect", { outcome: outcomeName(main) }), labelArrow: "none", nice: true, tickFormat: mark },
  };
  const basis = [
    Plot.gridY({ stroke: "#dfe5ea", strokeOpacity: 1 }),
    Plot.ruleY([0], { stroke: INK }),
    Plot.line(line, { x: "rmb", y: "difference", stroke: COLOURS.better, strokeWidth: 2, strokeDasharray: "5 4", className: "frontier" }),
    Plot.ruleX(points.filter((p) => isKnown(p.low)), { x: "rmb", y1: "low", y2: "high", stroke: "#8896a3", strokeWidth: 2 }),
    Plot.dot(points, { x: "rmb", y: "difference", r: 5, fill: (p) => (p.efficient ? COLOURS.better : "#fff"), stroke: (p) => (p.efficient ? COLOURS.better : COLOURS.unclear), strokeWidth: 1.8, title: (p) => `${p.label}: ${t("effects.interval", intervalWords(p))}; ${money(p.rmb)}` }),
  ];
  const first = Plot.plot({ ...frame, marks: basis });
  const labels = costLabels(points, { x: first.scale("x"), y: first.scale("y") }, width);
  const text = (leftward) => Plot.text(labels.filter((l) => l.leftward === leftward), {
    x: "rmb", y: "at", dx: leftward ? -10 : 10, textAnchor: leftward ? "end" : "start", text: "label",
    fontWeight: (l) => (l.efficient ? 700 : 400), fill: (l) => (l.efficient ? COLOURS.better : INK), stroke: "#fff", strokeWidth: 4,
  });
  return Plot.plot({ ...frame, marks: [...basis, text(false), text(true)] });
}

/** Whether a policy is efficient; if only chance keeps it from it, which cheaper one does as much. */
function efficientWords({ efficient, tie }) {
  if (efficient) return t("yes");
  return isKnown(tie) ? t("cost.tie", { policy: policyName(tie) }) : t("no");
}

/** Policies whose gain cannot be told from that of a cheaper one, in words. */
function tieWords(main) {
  const pairs = costPoints(main).filter(({ tie }) => isKnown(tie));
  const words = pairs.map(({ label, tie }) => t("cost.pair", { policy: label, cheaper: policyName(tie) }));
  return pairs.length ? el("p", { class: "ties" }, t("cost.ties", { pairs: words.join(t("list.comma")) })) : el("p", { class: "ties" });
}

function costNumbers(main) {
  const { name } = data.outcomes[data.main[main]];
  const price = (row, i) => money(data.costs[row.policy].per_point[name]?.[i]);
  return table(t("cost.title", { outcome: outcomeName(main) }), [
    column(t("table.policy"), (row) => policyCell(row.policy + 1)),
    numeric(t("cost.whole"), (row) => money(row.rmb)),
    numeric(t("cost.rate"), (row) => money(data.costs[row.policy].per_head_year)),
    numeric(t("table.difference"), (row) => exact(row.difference, true)),
    // The prices of costs.csv are those of a mean effect, which a sweep does not show.
    ...(isSweep() ? [] : [numeric(t("cost.point"), (row) => price(row, 0)), numeric(t("table.low"), (row) => price(row, 1)), numeric(t("table.high"), (row) => price(row, 2))]),
    column(t("cost.frontier"), efficientWords),
  ], costPoints(main));
}

function costFigure() {
  let at = 0;
  const shown = figure({
    id: "cost", title: () => t("cost.title", { outcome: inside(outcomeName(at)) }), note: () => t("cost.note"),
    draw: (width) => [costPlot(at, width), tieWords(at)], numbers: () => costNumbers(at),
  });
  shown.controls.append(choice(t("choose.outcome"), data.main.map((_, main) => outcomeName(main)), at, (main) => {
    at = main;
    shown.redraw();
  }));
  return shown.frame;
}
