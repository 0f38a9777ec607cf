// How it unfolds: fans over replications, and below them the paired difference with its band.

const shownPolicies = () => ranking(0).map((row) => row.policy + 1);

/** One policy's fan as rows: month, five quantiles. */
function fanRows(main, policy, kind, colour) {
  const [q05, q25, q50, q75, q95] = data.unfold[main][policy][kind];
  return q50.map((median, month) => ({ date: monthAfter(month), q05: q05[month], q25: q25[month], median, q75: q75[month], q95: q95[month], colour, policy }));
}

function fanMarks(rows, colour) {
  const x = "date";
  return [
    Plot.areaY(rows, { x, y1: "q05", y2: "q95", fill: colour, fillOpacity: 0.16, className: "band-90" }),
    Plot.areaY(rows, { x, y1: "q25", y2: "q75", fill: colour, fillOpacity: 0.28, className: "band-50" }),
    Plot.line(rows, { x, y: "median", stroke: colour, strokeWidth: 2, className: "median" }),
  ];
}

function fanFrame(width, label, marks) {
  const labels = Math.min(190, width * 0.3);
  return {
    width, height: Math.min(330, 190 + width / 8), marginLeft: 48, marginRight: labels, marginTop: 26, marginBottom: 28, style: STYLE,
    x: { type: "utc", label: null, domain: [monthAfter(0), monthAfter(data.study.scenario.months - 1)], ticks: width < 620 ? "4 years" : "2 years", tickFormat: (d) => String(d.getUTCFullYear()) },
    y: { label, labelArrow: "none", nice: true, tickFormat: mark }, marks,
  };
}

/** Labels at the ends of the lines, moved apart. */
function endLabels(plot, ends) {
  const y = plot.scale("y");
  const heights = apart(ends.map((end) => y.apply(end.median)), 15, y.range[1] + 6, y.range[0] - 2);
  return ends.map((end, i) => ({ ...end, at: y.invert(heights[i]) }));
}

function firstStart() {
  const starts = data.study.scenario.policies.flatMap((policy) => policy.interventions.map((measure) => measure.course.start));
  return starts.length ? dateOf(starts.sort()[0]) : null;
}

function fan(main, chosen, kind, width) {
  const label = t(kind === "level" ? "unfold.level" : "unfold.difference", { outcome: outcomeName(main) });
  const all = chosen.map(({ policy, colour }) => ({ policy, colour, rows: fanRows(main, policy, kind, colour) }));
  const start = firstStart();
  const basis = [
    Plot.gridY({ stroke: "#dfe5ea", strokeOpacity: 1 }),
    kind === "difference" ? Plot.ruleY([0], { stroke: INK }) : null,
    start ? Plot.ruleX([start], { stroke: "#8896a3", strokeDasharray: "3 3" }) : null,
    start ? Plot.text([start], { x: (d) => d, frameAnchor: "top", text: () => t("unfold.start"), dx: 5, dy: 2, textAnchor: "start", fill: "#5b6773" }) : null,
    ...all.flatMap(({ rows, colour }) => fanMarks(rows, colour)),
  ];
  const ends = all.map(({ rows, policy, colour }) => ({ ...rows.at(-1), text: cut(policyName(policy), width < 620 ? 16 : 30), colour }));
  const first = Plot.plot(fanFrame(width, label, basis));
  const text = Plot.text(endLabels(first, ends), { x: "date", y: "at", dx: 7, textAnchor: "start", text: "text", fill: "colour", fontWeight: 600 });
  const svg = Plot.plot(fanFrame(width, label, [...basis, text]));
  svg.setAttribute("aria-label", label);
  return svg;
}

function fanNumbers(main, chosen) {
  return chosen.flatMap(({ policy, colour }) => ["level", "difference"].filter((kind) => policy > 0 || kind === "level").map((kind) => {
    const caption = `${policyName(policy)}: ${t(kind === "level" ? "unfold.level" : "unfold.difference", { outcome: outcomeName(main) })}`;
    const quantile = (key, share) => numeric(t("unfold.quantile", { share }), (row) => exact(row[key]));
    return table(caption, [
      column(t("table.month"), (row) => monthName(row.date)), quantile("q05", 5), quantile("q25", 25),
      quantile("median", 50), quantile("q75", 75), quantile("q95", 95),
    ], fanRows(main, policy, kind, colour));
  }));
}

function unfolds() {
  let at = 0;
  const order = shownPolicies();
  const on = new Set(order.slice(0, 3));
  const free = [...COLOURS.series];
  const colours = new Map(order.slice(0, 3).map((policy) => [policy, free.shift()]));
  const chosen = () => order.filter((policy) => on.has(policy)).map((policy) => ({ policy, colour: colours.get(policy) }));
  const withBase = () => [{ policy: 0, colour: COLOURS.baseline }, ...chosen()];
  const shown = figure({
    id: "unfold", title: () => t("unfold.title", { outcome: outcomeName(at) }), note: () => t("unfold.note"),
    draw: (width) => [fan(at, withBase(), "level", width), ...(on.size ? [fan(at, chosen(), "difference", width)] : [])],
    numbers: () => fanNumbers(at, withBase()),
  });
  const boxes = el("fieldset", { class: "ticks" });
  const change = (policy) => (checked) => {
    if (checked && free.length === 0) return list();
    if (checked) colours.set(policy, free.shift());
    else free.unshift(colours.get(policy));
    on[checked ? "add" : "delete"](policy);
    list(policy);
    return shown.redraw();
  };
  const list = (focus) => {
    boxes.replaceChildren(el("legend", {}, t("unfold.choose", { most: COLOURS.series.length })),
      ...order.map((policy) => tick(policyName(policy), on.has(policy), colours.get(policy), change(policy))));
    if (focus) boxes.querySelectorAll("input")[order.indexOf(focus)].focus();
  };
  list();
  shown.controls.append(choice(t("choose.outcome"), data.main.map((_, main) => outcomeName(main)), at, (main) => {
    at = main;
    shown.redraw();
  }), boxes);
  return section("unfolds", shown.frame);
}
