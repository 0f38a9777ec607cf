// How robust it is: ranks over replications, what pairing gained, and what parameters do to it.

/** In how many replications each policy has each rank. */
function rankPlot(main, width) {
  const ranks = data.ranks[main];
  const most = d3.sum(ranks[0]);
  const mean = (policy) => d3.sum(ranks[policy], (count, rank) => count * rank);
  const order = d3.sort(d3.range(ranks.length), mean);
  const wide = Math.min(width, 820);
  const frame = rowFrame(order.map(policyName), wide, 24);
  const cells = order.flatMap((policy, row) => ranks[policy].map((count, rank) => ({ policy, row, rank: rank + 1, count }))).filter((cell) => cell.count > 0);
  const colour = d3.scaleSequential(d3.interpolateBlues).domain([0, most]);
  const at = { x: "rank", y: "row" };
  const every = Math.ceil(22 / ((wide - frame.marginLeft - 20) / ranks.length));
  return Plot.plot({
    width: wide, height: 50 + frame.height, marginLeft: frame.marginLeft, marginTop: 44, marginBottom: 6, style: STYLE,
    x: { axis: "top", type: "band", domain: d3.range(1, ranks.length + 1), label: t("robust.rank"), labelAnchor: "left", labelArrow: "none", labelOffset: 40, tickSize: 0, tickFormat: (rank) => ((rank - 1) % every ? "" : String(rank)), padding: 0.08 },
    y: frame.y,
    marks: [
      frame.names,
      Plot.cell(cells, { ...at, fill: (cell) => colour(cell.count), rx: 3, ...frame.inset, title: (cell) => t("robust.cell", { policy: policyName(cell.policy), rank: cell.rank, count: cell.count }) }),
      Plot.text(cells, { ...at, dy: frame.dy, text: "count", fill: (cell) => inkOn(colour(cell.count)), fontVariant: "tabular-nums" }),
    ],
  });
}

function rankNumbers(main) {
  const rows = data.ranks[main].map((counts, policy) => ({ policy, counts }));
  return table(t("robust.title", { outcome: outcomeName(main) }), [
    column(t("table.policy"), (row) => policyName(row.policy)),
    ...rows.map((_, rank) => numeric(String(rank + 1), (row) => row.counts[rank])),
  ], rows);
}

function pairNumbers() {
  const rows = data.main.flatMap((outcome) => data.national.map((_, policy) => judged(policy, outcome))).filter(Boolean);
  return table(t("robust.pairs"), [
    column(t("table.outcome"), (row) => named("outcome", row.outcome)),
    column(t("table.policy"), (row) => row.label),
    numeric(t("table.pairs"), (row) => row.pairs),
    numeric(t("table.better"), (row) => percent(row.better)),
    numeric(t("robust.correlation"), (row) => exact(row.correlation)),
    numeric(t("robust.reduction"), (row) => exact(row.reduction)),
  ], rows);
}

/** How many verdicts are clear, in words. */
function clearWords() {
  const rows = data.main.flatMap((outcome) => data.national.map((_, policy) => judged(policy, outcome))).filter(Boolean);
  const clear = rows.filter((row) => row.how !== "unclear");
  const agree = clear.filter((row) => row.better === 1 || row.better === 0);
  return t("robust.words", { all: rows.length, clear: clear.length, agree: agree.length, replications: data.study.replications });
}

function robust() {
  const ranks = chooser({
    id: "ranks", title: ({ main }) => t("robust.title", { outcome: inside(outcomeName(main)) }), note: t("robust.note"),
    draw: ({ main }, width) => rankPlot(main, width), numbers: ({ main }) => [rankNumbers(main), pairNumbers()],
  }, [{ key: "main", label: t("choose.outcome"), options: outcomeChoices() }]);
  return section("robust", el("p", {}, clearWords()), ranks, ...sweepFigures());
}
