// How robust it is: ranks over replications, what pairing gained, and what parameters do to it.

/** In how many replications each policy has each rank. */
function rankPlot(main, width) {
  const ranks = data.ranks[main];
  const label = (policy) => cut(policyName(policy), width < 560 ? 18 : 40);
  const mean = (policy) => d3.sum(ranks[policy], (count, rank) => count * rank);
  const order = d3.sort(d3.range(ranks.length), mean);
  const cells = order.flatMap((policy) => ranks[policy].map((count, rank) => ({ policy: label(policy), rank: rank + 1, count })));
  const marginLeft = 16 + (state.language === "zh" ? 13 : 6.6) * Math.max(...order.map((policy) => label(policy).length));
  return Plot.plot({
    width: Math.min(width, 820), height: 50 + 24 * ranks.length, marginLeft, marginTop: 40, marginBottom: 6, style: STYLE,
    x: { axis: "top", domain: d3.range(1, ranks.length + 1), label: t("robust.rank"), labelAnchor: "left", labelArrow: "none", tickSize: 0, padding: 0.08 },
    y: { domain: order.map(label), label: null, tickSize: 0, padding: 0.08 },
    color: { type: "linear", scheme: "blues", domain: [0, d3.sum(ranks[0])] },
    marks: [
      Plot.cell(cells.filter((cell) => cell.count > 0), { x: "rank", y: "policy", fill: "count", rx: 3, title: (cell) => t("robust.cell", { policy: cell.policy, rank: cell.rank, count: cell.count }) }),
      Plot.text(cells.filter((cell) => cell.count > 0), { x: "rank", y: "policy", text: "count", fill: (cell) => (cell.count > 0.55 * d3.sum(ranks[0]) ? "#fff" : INK), fontVariant: "tabular-nums" }),
    ],
  });
}

function rankNumbers(main) {
  const rows = data.ranks[main].map((counts, policy) => ({ policy, counts }));
  return table(t("robust.title", { outcome: outcomeName(main) }), [
    column(t("table.policy"), (row) => policyCell(row.policy)),
    ...rows.map((_, rank) => numeric(String(rank + 1), (row) => row.counts[rank])),
  ], rows);
}

function pairNumbers() {
  const rows = data.main.flatMap((outcome) => data.national.map((_, policy) => judged(policy, outcome))).filter(Boolean);
  return table(t("robust.pairs"), [
    column(t("table.outcome"), (row) => named("outcome", row.outcome)),
    column(t("table.policy"), (row) => policyCell(row.policy + 1)),
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
  const agree = clear.filter(({ counts: [better, , worse], pairs }) => better === pairs || worse === pairs);
  return t("robust.words", { all: rows.length, clear: clear.length, agree: agree.length, replications: data.study.replications, points: data.sweep?.points });
}

function robust() {
  let at = 0;
  const ranks = figure({
    id: "ranks", title: () => t("robust.title", { outcome: inside(outcomeName(at)) }), note: () => t("robust.note"),
    draw: (width) => rankPlot(at, width), numbers: () => [rankNumbers(at), ...(isSweep() ? [] : [pairNumbers()])],
  });
  ranks.controls.append(choice(t("choose.outcome"), data.main.map((_, main) => outcomeName(main)), at, (main) => {
    at = main;
    ranks.redraw();
  }));
  return section("robust", el("p", {}, clearWords()), ranks.frame, ...sensitivityFigures());
}
