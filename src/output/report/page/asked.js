// What was asked: the question, and which policy does what, when.

/** Strength of an intervention over time, as points of a line. */
function strengths({ start, ramp_months, dose, stop, half_life_months }, end) {
  const from = dateOf(start);
  const later = (date, months) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const full = later(from, ramp_months);
  const until = stop ? dateOf(stop) : end;
  const reached = until < full ? (dose * (until - from)) / (full - from) : dose;
  const points = [{ date: from, strength: ramp_months ? 0 : dose }];
  if (ramp_months && full < until) points.push({ date: full, strength: dose });
  points.push({ date: until, strength: reached });
  if (stop && half_life_months > 0) {
    for (let m = 1; later(until, m) <= end; m += 1) {
      points.push({ date: later(until, m), strength: reached * 0.5 ** (m / half_life_months) });
    }
  }
  return points.filter((point) => point.date <= end);
}

/** What the lowest governments are found by: a stock, or attention to a factor. */
const measureName = (by) => named("measure", typeof by === "string" ? by : Object.keys(by ?? {})[0] ?? "");

/** Whom an intervention reaches, in words; nothing when it reaches all. */
function targetWords(target) {
  if (!target) return "";
  const { provinces, regions, alliances } = data.study.scenario.geography;
  const some = [
    ...(target.levels ?? []).map((level) => named("level", level)),
    target.frontline ? t("target.frontline") : null,
    ...(target.regions ?? []).map((i) => named("region", regions[i])),
    ...(target.provinces ?? []).map((i) => provinceName(provinces[i])),
    ...(target.alliances ?? []).map((i) => named("alliance", alliances[i].name)),
    target.lowest ? t("target.lowest", { share: percent(target.lowest[1]), by: measureName(target.lowest[0]) }) : null,
    target.random_share != null ? t("target.random", { share: percent(target.random_share) }) : null,
  ];
  return some.filter(Boolean).join(t("list.comma"));
}

/** Interventions that differ in name, course or target, with the policies that hold them. */
function distinctInterventions() {
  const found = new Map();
  data.study.scenario.policies.slice(1).forEach((policy, p) => {
    for (const measure of policy.interventions) {
      const key = JSON.stringify([measure.name, measure.course, measure.target]);
      const entry = found.get(key) ?? { measure, policies: new Set() };
      entry.policies.add(p);
      found.set(key, entry);
    }
  });
  return [...found.values()];
}

function courseWords({ start, ramp_months, dose, stop }) {
  const parts = [t("course.from", { month: monthName(dateOf(start)) })];
  if (ramp_months) parts.push(t("course.ramp", { months: ramp_months }));
  if (stop) parts.push(t("course.until", { month: monthName(dateOf(stop)) }));
  if (dose !== 1) parts.push(t("course.dose", { dose }));
  return parts.join(t("list.comma"));
}

function courseScale(width, rest) {
  const domain = [monthAfter(0), monthAfter(data.study.scenario.months)];
  return { width, marginLeft: 4, marginRight: 14, marginTop: 1, style: STYLE, x: { type: "utc", domain, axis: null }, y: { axis: null }, ...rest };
}

/** Every so many years that the marks of the run have room. */
function yearMarks(width) {
  const years = data.study.scenario.months / 12;
  const step = [1, 2, 4, 5, 10, 20, 50].find((step) => (width * step) / years >= 44) ?? 100;
  return d3.utcYear.every(step).range(monthAfter(0), monthAfter(data.study.scenario.months));
}

function courseAxis(width) {
  const marks = [Plot.axisX({ anchor: "top", ticks: yearMarks(width), tickFormat: (d) => String(d.getUTCFullYear()) })];
  const svg = Plot.plot(courseScale(width, { height: 24, marginTop: 22, marginBottom: 0, marks }));
  svg.setAttribute("aria-hidden", "true");
  return svg;
}

function coursePicture({ measure }, width, most) {
  const points = strengths(measure.course, monthAfter(data.study.scenario.months));
  const marks = [
    Plot.ruleY([0], { stroke: "#c9d1d9" }),
    Plot.areaY(points, { x: "date", y1: 0, y2: "strength", fill: COLOURS.better, fillOpacity: 0.75 }),
  ];
  const svg = Plot.plot(courseScale(width, { height: 20, marginBottom: 1, y: { axis: null, domain: [0, most] }, marks }));
  svg.setAttribute("aria-label", courseWords(measure.course));
  return svg;
}

/** What is paid while an intervention is being built, then to keep it, and once at the start. */
function priceWords({ cost, course }) {
  if (!cost) return "–";
  const rate = cost.per_head_year * course.dose;
  const kept = course.ramp_months && cost.upkeep_share !== 1;
  return [
    money(rate),
    kept ? el("small", {}, t("asked.upkeep", { money: money(rate * cost.upkeep_share) })) : null,
    cost.setup ? el("small", {}, t("asked.setup", { money: money(cost.setup) })) : null,
  ];
}

function interventionTable() {
  const rows = distinctInterventions();
  const most = Math.max(1, ...rows.map(({ measure }) => measure.course.dose));
  const policies = data.study.scenario.policies.slice(1);
  const heads = policies.map((_, p) => el("th", { scope: "col", class: "turned" }, el("span", {}, policyName(p + 1))));
  const row = (entry) => el("tr", {},
    el("th", { scope: "row" }, named("intervention", entry.measure.name),
      el("small", {}, targetWords(entry.measure.target))),
    el("td", { class: "course" }, coursePicture(entry, 210, most)),
    el("td", { class: "number" }, priceWords(entry.measure)),
    policies.map((_, p) => entry.policies.has(p)
      ? el("td", { class: "has" }, el("span", { role: "img", "aria-label": t("asked.part") }, "●"))
      : el("td", { class: "has" })));
  return el("table", { class: "package" },
    el("caption", { class: "hidden" }, t("asked.packages")),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("asked.intervention")),
      el("th", { scope: "col", class: "course" }, el("span", { class: "hidden" }, t("asked.course")), courseAxis(210)),
      el("th", { scope: "col", class: "number" }, t("asked.price")), heads)),
    el("tbody", {}, rows.map(row)));
}

function interventionNumbers() {
  const rows = data.study.scenario.policies.slice(1).flatMap((policy, p) =>
    policy.interventions.map((measure, i) => ({ p, measure, cost: data.costs[p].parts[i] })));
  return table(t("asked.packages"), [
    column(t("table.policy"), (row) => policyCell(row.p + 1)),
    column(t("asked.intervention"), (row) => named("intervention", row.measure.name)),
    column(t("asked.course"), (row) => courseWords(row.measure.course)),
    column(t("asked.target"), (row) => targetWords(row.measure.target) || t("target.all")),
    numeric(t("asked.spent"), (row) => money(row.cost?.cost_rmb)),
    numeric(t("asked.price"), (row) => priceWords(row.measure)),
    numeric(t("asked.mean"), (row) => money(row.cost?.cost_per_head_year)),
  ], rows);
}

function asked() {
  const { scenario } = data.study;
  const { replications } = data.study;
  const points = data.sweep?.points ?? 1;
  const last = monthAfter(scenario.months - 1);
  const facts = t("asked.facts", {
    policies: scenario.policies.length - 1, replications, points, runs: scenario.policies.length * replications * points,
    from: monthName(dateOf(scenario.start)), to: monthName(last), provinces: scenario.geography.provinces.length,
  });
  const described = scenario.policies.slice(1);
  const list = described.map((policy, p) => [
    el("dt", {}, policyCell(p + 1)),
    el("dd", {}, told(policy.describe)),
  ]);
  const timeline = figure({
    id: "timeline", title: () => t("asked.packages"), note: () => t("asked.note"),
    draw: () => el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("asked.packages") }, interventionTable()),
    numbers: interventionNumbers,
  });
  return section("asked", el("p", {}, facts), described.length ? el("dl", { class: "policies" }, list) : null, design(), timeline.frame);
}
