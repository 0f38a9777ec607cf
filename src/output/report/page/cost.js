// Cost against effect, with the policies that no other beats in both.

function costPoints(main) {
  const efficient = new Set(data.frontier[main]);
  return ranking(main).map((row) => ({ ...row, rmb: data.costs[row.policy].rmb, efficient: efficient.has(row.policy), tie: data.ties[main][row.policy] }));
}

/** Places of a label around a point: offset, and the end of the text that is next to the point. */
const around = (distances) => distances.flatMap((far) => [
  { dx: far, dy: 0, anchor: "start" }, { dx: -far, dy: 0, anchor: "end" },
  { dx: 0.7 * far, dy: -0.8 * far, anchor: "start" }, { dx: 0.7 * far, dy: 0.8 * far, anchor: "start" },
  { dx: -0.7 * far, dy: -0.8 * far, anchor: "end" }, { dx: -0.7 * far, dy: 0.8 * far, anchor: "end" },
  { dx: 0, dy: -far - 4, anchor: "middle" }, { dx: 0, dy: far + 4, anchor: "middle" },
]);

function boxAt({ px, py, wide }, { dx, dy, anchor }) {
  const left = px + dx - (anchor === "end" ? wide : anchor === "middle" ? wide / 2 : 0);
  return { left, right: left + wide, top: py + dy - 8, bottom: py + dy + 8 };
}

const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Small boxes along the line from `a` to `b`. */
function along(a, b) {
  const steps = Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / 6) || 1;
  return d3.range(steps + 1).map((i) => {
    const [x, y] = [0, 1].map((axis) => a[axis] + ((b[axis] - a[axis]) * i) / steps);
    return { left: x - 2, right: x + 2, top: y - 2, bottom: y + 2 };
  });
}

/** Ends of the thin line that ties a label to its point. */
const leader = (px, py, { dx, dy }) => [0.3, 0.9].map((part) => [px + part * dx, py + part * dy]);

/** What labels should not cover: points, and intervals and lines; all as small boxes. */
function obstacles(points, line, { x, y }) {
  const at = (p) => [x.apply(p.rmb), y.apply(p.difference)];
  const dots = points.map(at).map(([px, py]) => ({ left: px - 7, right: px + 7, top: py - 7, bottom: py + 7 }));
  const lines = [
    ...points.filter((p) => isKnown(p.low)).flatMap((p) => along([at(p)[0], y.apply(p.low)], [at(p)[0], y.apply(p.high)])),
    ...along([x.range[0], y.apply(0)], [x.range[1], y.apply(0)]),
    ...line.slice(1).flatMap((end, i) => along(at(line[i]), at(end))),
  ];
  return { dots, lines };
}

/** Labels one after the other, each at the first place that is free; `clean` where it covers no line either. */
function placedLabels(points, { dots, lines }, { x, y }, frame, distances) {
  const places = around(distances);
  const texts = [];
  const ties = [];
  const inFrame = (box) => box.left >= x.range[0] + 2 && box.right <= frame.width - 2 && box.top >= 2 && box.bottom <= y.range[0] - 2;
  return points.map((point) => {
    const [px, py] = [x.apply(point.rmb), y.apply(point.difference)];
    const wide = textWidth(point.text, 12, point.efficient ? 700 : 400);
    const box = (place) => boxAt({ px, py, wide }, place);
    const covers = (place, some) => some.some((other) => touch(box(place), other));
    const free = (place) => inFrame(box(place)) && !covers(place, [...dots, ...texts, ...ties]) && !along(...leader(px, py, place)).some((step) => texts.some((text) => touch(step, text)));
    const some = places.filter(free);
    const clean = some.find((place) => !covers(place, lines));
    const place = clean ?? some[0];
    if (place) {
      texts.push(box(place));
      ties.push(...along(...leader(px, py, place)));
    }
    return { ...point, px, py, place, clean: Boolean(clean) };
  });
}

/** Labels as a mark; one that stands apart from its point is tied to it by a thin line. */
function labelMarks(labels) {
  return labels.filter((label) => label.place).flatMap(({ text, rmb, difference, px, py, efficient, place: { dx, dy, anchor } }) => [
    Math.hypot(dx, dy) > 16 ? () => d3.create("svg:path").attr("d", d3.line()(leader(px, py, { dx, dy }))).attr("stroke", "#8896a3").node() : null,
    Plot.text([text], { x: [rmb], y: [difference], text: [text], dx, dy, textAnchor: anchor, fontWeight: efficient ? 700 : 400, fill: efficient ? COLOURS.better : INK }),
  ]);
}

/** Names beside the points, placed in the order that leaves room for all; else numbers that a list explains. */
function namesOrNumbers(points, line, scales, frame) {
  const taken = obstacles(points, line, scales);
  const named = points.map((p) => ({ ...p, text: p.label }));
  for (const order of [named, d3.sort(named, (p) => p.rmb), d3.sort(named, (p) => -p.rmb), d3.sort(named, (p) => p.difference)]) {
    const labels = placedLabels(order, taken, scales, frame, [10, 20, 30, 42]);
    if (labels.every((label) => label.clean)) return { labels, list: null };
  }
  const numbers = placedLabels(points.map((p, i) => ({ ...p, text: String(i + 1) })), taken, scales, frame, [10, 16, 24, 34, 50, 70]);
  const list = el("ol", { class: "key" }, points.map((p) => el("li", { class: p.efficient ? "efficient" : null }, p.label)));
  return { labels: numbers, list };
}

function costPlot(main, width) {
  const points = costPoints(main);
  const line = [{ rmb: 0, difference: 0 }, ...data.frontier[main].map((policy) => points.find((p) => p.policy === policy))];
  const [size, unit] = t("money.scale2").split(" ");
  const height = Math.min(460, 300 + width / 8);
  const up = upScale(...d3.extent([0, ...points.flatMap((p) => [p.low, p.difference, p.high]).filter(isKnown)]), height);
  const across = acrossScale(0, Math.max(...points.map((p) => p.rmb), 1) / Number(size), width - up.margin - 20);
  const ticks = across.ticks.map((tick) => tick * Number(size));
  const frame = {
    width, height, marginLeft: up.margin, marginRight: 20, marginTop: 10, marginBottom: 44, style: STYLE,
    x: { label: t("cost.axis", { unit }), labelAnchor: "right", labelArrow: "none", labelOffset: 40, domain: across.domain.map((end) => end * Number(size)), ticks, tickFormat: (d) => mark(d / Number(size)) },
    y: up.y,
  };
  const basis = [
    Plot.gridY({ ...GRID, ticks: up.y.ticks }),
    Plot.ruleY([0], { stroke: INK }),
    Plot.line(line, { x: "rmb", y: "difference", stroke: COLOURS.better, strokeWidth: 2, strokeDasharray: "5 4", className: "frontier" }),
    Plot.ruleX(points.filter((p) => isKnown(p.low)), { x: "rmb", y1: "low", y2: "high", stroke: "#8896a3", strokeWidth: 2 }),
    Plot.dot(points, { x: "rmb", y: "difference", r: 5, fill: (p) => (p.efficient ? COLOURS.better : "#fff"), stroke: (p) => (p.efficient ? COLOURS.better : COLOURS.unclear), strokeWidth: 1.8, title: (p) => `${p.label}: ${t("effects.interval", intervalWords(p))}; ${money(p.rmb)}` }),
  ];
  const first = Plot.plot({ ...frame, marks: basis });
  const scales = { x: first.scale("x"), y: first.scale("y") };
  const { labels, list } = namesOrNumbers(points, line, scales, frame);
  const title = withUnit(t("cost.effect", { outcome: outcomeName(main) }), main);
  return [axisTitle(title), Plot.plot({ ...frame, marks: [...basis, ...labelMarks(labels)] }), list].filter(Boolean);
}

/** What a step costs, where it is clear that there is one. */
function stepPrice(row, main, part) {
  if (row.how === "unclear" || row.how === "worse") return "–";
  return money(data.costs[row.policy].per_point[data.outcomes[data.main[main]].name]?.[part]);
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
  return pairs.length ? el("p", { class: "ties" }, t("cost.ties", { pairs: words.join(t("list.comma")) })) : null;
}

function costNumbers(main) {
  // The prices of costs.csv are those of a mean effect, which a sweep does not show.
  const prices = isSweep() ? [] : [["cost.point", "value"], ["table.low", "low"], ["table.high", "high"]];
  return table(t("cost.title", { outcome: outcomeName(main) }), [
    column(t("table.policy"), (row) => policyCell(row.policy + 1)),
    numeric(t("cost.whole"), (row) => money(row.rmb)),
    numeric(t("cost.rate"), (row) => money(data.costs[row.policy].per_head_year)),
    numeric(t("table.difference"), (row) => exact(row.difference, true)),
    ...prices.map(([key, part]) => numeric(t(key), (row) => stepPrice(row, main, part))),
    column(t("cost.frontier"), efficientWords),
  ], costPoints(main));
}

const costFigure = () => chooser({
  id: "cost", title: ({ main }) => t("cost.title", { outcome: inside(outcomeName(main)) }), note: t("cost.note"),
  draw: ({ main }, width) => [...costPlot(main, width), tieWords(main)].filter(Boolean), numbers: ({ main }) => costNumbers(main),
}, [{ key: "main", label: t("choose.outcome"), options: outcomeChoices() }]);
