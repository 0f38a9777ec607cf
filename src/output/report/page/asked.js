// What was asked: the question, and which policy does what, when.

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

/** Which policy holds which intervention: a row each, as the figure of courses has them. */
function membershipTable() {
  const policies = data.study.scenario.policies.slice(1);
  const heads = policies.map((_, p) => el("th", { scope: "col", class: "turned" }, el("span", {}, policyName(p + 1))));
  const row = (entry) => el("tr", {},
    el("th", { scope: "row" }, named("intervention", entry.measure.name), el("small", {}, targetWords(entry.measure.target))),
    el("td", { class: "number" }, priceWords(entry.measure)),
    policies.map((_, p) => el("td", { class: "has" }, entry.policies.has(p) ? el("span", { role: "img", "aria-label": t("asked.part") }, "●") : null)));
  return el("table", { class: "package" },
    el("caption", { class: "hidden" }, t("asked.packages")),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("asked.intervention")), el("th", { scope: "col", class: "number" }, t("asked.price")), heads)),
    el("tbody", {}, distinctInterventions().map(row)));
}

function interventionNumbers() {
  const rows = data.study.scenario.policies.slice(1).flatMap((policy, p) =>
    policy.interventions.map((measure, i) => ({ p, measure, cost: data.costs[p].parts[i] })));
  return table(t("asked.packages"), [
    column(t("table.policy"), (row) => policyCell(row.p + 1)),
    column(t("asked.intervention"), (row) => named("intervention", row.measure.name)),
    column(t("asked.course"), (row) => courseWords(row.measure.course)),
    column(t("asked.target"), (row) => targetWords(row.measure.target) || t("target.all")),
    numeric(t("asked.spent"), (row) => money(row.cost?.cost)),
    numeric(t("asked.price"), (row) => priceWords(row.measure)),
    numeric(t("asked.mean"), (row) => money(row.cost?.cost_per_head_year)),
  ], rows);
}

/** What each policy moves: from where to where, when, for whom, at what price. */
function leverTable() {
  return table(t("levers.title"), [
    column(t("table.policy"), (row) => named("policy", row.policy)),
    column(t("asked.intervention"), (row) => named("intervention", row.intervention)),
    column(t("levers.lever"), (row) => pathCode(row.lever)),
    numeric(t("levers.from"), (row) => exact(row.from_value)), numeric(t("levers.to"), (row) => exact(row.to_value)),
    column(t("sweep.unit"), (row) => el("span", { lang: "en" }, row.unit)),
    column(t("asked.course"), (row) => courseWords(row)),
    column(t("asked.target"), (row) => (row.reached === "everywhere" ? t("target.all") : row.reached)),
    numeric(t("asked.price"), (row) => money(row.cost_per_head_year)),
  ], data.levers);
}

/** That policies and baseline are the same before the first measure, as it was counted. */
function beforeWords() {
  const before = data.study.before_measures;
  if (!before) return null;
  const gaps = { until: monthName(dateOf(before.until)), values: before.values.toLocaleString("en"), unequal: before.unequal.toLocaleString("en") };
  return el("p", {}, t(before.unequal ? "asked.unequal" : "asked.equal", gaps));
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
    id: "timeline", title: () => t("asked.packages"), note: () => t("asked.note"), numbers: () => [interventionNumbers(), ...(data.levers.length ? [leverTable()] : [])],
    draw: async (picture) => {
      await plot(canvas(picture), figureOf("courses"), t("asked.packages"));
      const scroll = el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("asked.packages") }, membershipTable());
      picture.replaceChildren(canvas(picture), scroll);
    },
  });
  return section("asked", el("p", {}, facts), beforeWords(), described.length ? el("dl", { class: "policies" }, list) : null, design(), described.length ? timeline.frame : null);
}
