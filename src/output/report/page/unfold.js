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

/** The month of the first intervention, named on the side that has room. */
function startMarks() {
  const start = firstStart();
  if (!start) return [];
  const [from, to] = [monthAfter(0), monthAfter(data.study.scenario.months - 1)];
  const late = start - from > to - start;
  return [
    Plot.ruleX([start], { stroke: "#8896a3", strokeDasharray: "3 3" }),
    Plot.text([start], { x: (d) => d, frameAnchor: "top", text: () => t("unfold.start"), dx: late ? -5 : 5, dy: 2, textAnchor: late ? "end" : "start", fill: "#5b6773", stroke: "#fff", strokeWidth: 4 }),
  ];
}

/** The fans of some policies; their names stand at the ends of the lines, or above where that leaves no room. */
function fan(main, chosen, kind, width) {
  const title = withUnit(t(kind === "level" ? "unfold.level" : "unfold.difference", { outcome: outcomeName(main) }), main);
  const all = chosen.map(({ policy, colour }) => ({ policy, colour, rows: fanRows(main, policy, kind, colour) }));
  const names = widest(chosen.map(({ policy }) => policyName(policy)), 12, 600);
  const beside = names < 0.3 * width;
  const height = Math.min(330, 190 + width / 8);
  const values = all.flatMap(({ rows }) => rows.flatMap((row) => [row.q05, row.q95])).filter(isKnown);
  const up = upScale(Math.min(...values, ...(kind === "difference" ? [0] : [])), Math.max(...values), height);
  const frame = {
    width, height, marginLeft: up.margin, marginRight: beside ? names + 12 : 16, marginTop: 10, marginBottom: 28, style: STYLE,
    x: { type: "utc", label: null, domain: [monthAfter(0), monthAfter(data.study.scenario.months - 1)], ticks: yearMarks(width * 0.55), tickFormat: (d) => String(d.getUTCFullYear()) },
    y: up.y,
  };
  const basis = [
    Plot.gridY({ ...GRID, ticks: up.y.ticks }),
    kind === "difference" ? Plot.ruleY([0], { stroke: INK }) : null,
    ...all.flatMap(({ rows, colour }) => fanMarks(rows, colour)),
    ...startMarks(),
  ];
  const ends = all.map(({ rows, policy, colour }) => ({ ...rows.at(-1), text: policyName(policy), colour }));
  const first = Plot.plot({ ...frame, marks: basis });
  const text = beside ? [Plot.text(endLabels(first, ends), { x: "date", y: "at", dx: 7, textAnchor: "start", text: "text", fill: "colour", fontWeight: 600 })] : [];
  const svg = Plot.plot({ ...frame, marks: [...basis, ...text] });
  svg.setAttribute("aria-label", title);
  return el("div", { class: "fan" }, axisTitle(title), beside ? null : keys(ends), svg);
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
  if (!data.unfold) return null;
  const order = shownPolicies();
  const first = order.slice(0, 3);
  const shown = chosenIn("unfold", { main: 0, colours: new Map(first.map((policy, i) => [policy, COLOURS.series[i]])), free: COLOURS.series.slice(first.length) });
  const { colours, free } = shown;
  const chosen = () => order.filter((policy) => colours.has(policy)).map((policy) => ({ policy, colour: colours.get(policy) }));
  const withBase = () => [{ policy: 0, colour: COLOURS.baseline }, ...chosen()];
  const made = figure({
    id: "unfold", title: () => t("unfold.title", { outcome: outcomeName(shown.main) }), note: () => t("unfold.note"),
    draw: (width) => [fan(shown.main, withBase(), "level", width), ...(colours.size ? [fan(shown.main, chosen(), "difference", width)] : [])],
    numbers: () => fanNumbers(shown.main, withBase()),
  });
  const boxes = el("fieldset", { class: "ticks" });
  const change = (policy) => (checked) => {
    if (checked && free.length === 0) return list();
    if (checked) colours.set(policy, free.shift());
    else {
      free.unshift(colours.get(policy));
      colours.delete(policy);
    }
    list(policy);
    return made.redraw();
  };
  const list = (focus) => {
    boxes.replaceChildren(el("legend", {}, t("unfold.choose", { most: COLOURS.series.length })),
      ...order.map((policy) => tick(policyName(policy), colours.has(policy), colours.get(policy), change(policy))));
    if (focus) boxes.querySelectorAll("input")[order.indexOf(focus)].focus();
  };
  list();
  made.controls.append(choice(t("choose.outcome"), outcomeChoices(), shown.main, (main) => {
    shown.main = main;
    made.redraw();
  }), boxes);
  return section("unfolds", made.frame);
}
