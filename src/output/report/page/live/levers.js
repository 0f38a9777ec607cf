// Cards of the levers: a switch, and when it is on dose, dates and place; what it costs, what it is.

/** A labelled number; what cannot be read as one is not sent. */
function numberField(title, value, limits, set) {
  const input = el("input", { type: "number", ...limits, value, oninput: () => {
    if (input.value !== "" && Number.isFinite(Number(input.value))) set(Number(input.value));
  } });
  return el("label", { class: "field" }, el("span", {}, title), input);
}

/** A labelled month. */
function monthField(title, value, set) {
  const input = el("input", { type: "month", value: value ?? "", onchange: () => set(input.value || null) });
  return el("label", { class: "field" }, el("span", {}, title), input);
}

/** A new intervention of the catalogue's `entry`. */
const freshLever = (entry) => ({
  name: entry.name, changes: entry.changes, cost: entry.cost, target: entry.target ?? structuredClone(EVERYWHERE),
  course: { start: startOfLevers(), ramp_months: entry.ramp_months, dose: entry.dose, stop: entry.stop, half_life_months: entry.half_life_months },
});

/** The month in which a new lever begins: that of the policy's first, or half-way through the run. */
function startOfLevers() {
  const first = currentPolicy()?.interventions[0]?.course.start;
  return first ?? monthText(Math.floor(lab.bench.months / 2));
}

/** A month of the run as in "2016-01". */
const monthText = (month) => monthAfter(month).toISOString().slice(0, 7);

/** The cards of the policy: one for every entry of the catalogue, and those that are none. */
function cards() {
  const policy = currentPolicy();
  const used = new Map();
  policy?.interventions.forEach((one, at) => used.set(one.name, [...(used.get(one.name) ?? []), at]));
  const known = lab.bench.catalogue.flatMap((entry) => (used.get(entry.name) ?? [-1]).map((at, which) => ({ entry, at, which })));
  const names = new Set(lab.bench.catalogue.map((entry) => entry.name));
  const own = (policy?.interventions ?? []).flatMap((one, at) => (names.has(one.name) ? [] : [{ entry: ownEntry(one), at, which: at }]));
  return [...known, ...own];
}

/** A card's entry of an intervention that is spelled out. */
const ownEntry = (one) => ({ ...one, dimension: "own", describe: "", source: "", moves: one.changes.map(([lever, how]) => ({ lever, meaning: lever, unit: "", how: Object.keys(how)[0], amount: Object.values(how)[0] })) });

const openDetails = new Set();

/** A details element that stays open when it is made again; what it holds is made when it is first opened. */
function keptOpen(id, summary, content) {
  let filled = false;
  const note = (open) => {
    if (open) openDetails.add(id); else openDetails.delete(id);
    if (!open || filled) return;
    filled = true;
    details.append(...[content()].flat(Infinity).filter((child) => child != null));
    if (lab.bench.read_only) lockLevers(details);
  };
  const details = el("details", { id, open: openDetails.has(id), ontoggle: () => note(details.open) }, summary);
  // what is made again before the toggling is told must know of it
  summary.addEventListener("click", () => note(!details.open));
  note(details.open);
  return details;
}

/** A page that only looks: what would change something cannot be pressed. */
function lockLevers(panel) {
  for (const control of panel.querySelectorAll("input:not(#find), select, button:not(.tab)")) control.disabled = true;
}

/** What a lever is. */
function aboutLever(id, entry, name) {
  const amount = ({ how, amount: by }) => ({ add: fixedSign(by), multiply: `× ${by}`, set: `→ ${by}` })[how];
  const moves = entry.moves.map((move) => el("li", {}, `${move.meaning} `, el("code", {}, `${move.lever} ${amount(move)}`), move.unit ? ` (${move.unit})` : ""));
  const upkeep = entry.cost.upkeep_share === 1 ? "" : t("lab.upkeep", { share: percent(entry.cost.upkeep_share) });
  return keptOpen(`${id}-about`, el("summary", { class: "info", "aria-label": t("lab.about", { name }) }, t("lab.info")),
    () => el("div", { class: "about" }, entry.describe ? el("p", {}, entry.describe) : null, el("p", {}, t("lab.moves")), el("ul", {}, moves),
      el("p", {}, t("lab.costs", { money: money(entry.cost.per_head_year), upkeep })), entry.source ? el("p", {}, `${t("lab.source")}: ${entry.source}`) : null));
}

const fixedSign = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value)}`;

/** What the lever number `at` of the policy costs; nothing for one that is off. */
function priceSaid(at) {
  const price = lab.prices[lab.tab]?.[at];
  if (!price) return "";
  return price.about ? t("lab.roughly", { money: money(price.money) }) : money(price.money);
}

/** One card. */
function card({ entry, at, which }) {
  const one = at < 0 ? null : currentPolicy().interventions[at];
  const id = `lever-${entry.name.replace(/[^\w-]/g, "_")}-${which}`;
  const name = named("intervention", entry.name);
  const edit = (act) => change((settings) => act(settings.policies[lab.tab].interventions[at]));
  const box = el("input", { id: `${id}-on`, type: "checkbox", role: "switch", checked: one !== null, disabled: !currentPolicy(), onchange: () => change((settings) => {
    const list = settings.policies[lab.tab].interventions;
    if (box.checked) list.push(freshLever(entry)); else list.splice(at, 1);
  }) });
  const cost = el("span", { class: "price", "data-at": at }, priceSaid(at));
  return el("li", { class: one ? "card on" : "card", id, "data-name": `${name} ${entry.name}`.toLowerCase() },
    el("div", { class: "head" }, el("label", { class: "switch" }, box, el("span", {}, name)), cost, aboutLever(id, entry, name)),
    one ? terms(id, one, edit) : null);
}

/** Dose, dates and place of a lever that is on. */
function terms(id, { course, target }, edit) {
  const slider = el("input", { id: `${id}-dose`, type: "range", min: 0, max: Math.max(2, course.dose), step: 0.05, value: course.dose, "aria-label": t("lab.dose"), oninput: () => edit((one) => { one.course.dose = Number(slider.value); }) });
  const withId = (field, key) => { field.querySelector("input").id = `${id}-${key}`; return field; };
  return el("div", { class: "terms" },
    el("div", { class: "dose" }, withId(numberField(t("lab.dose"), course.dose, { min: 0, max: 100, step: 0.05 }, (value) => edit((one) => { one.course.dose = value; })), "dose-number"), slider),
    el("div", { class: "row-wrap" },
      withId(monthField(t("lab.start"), course.start, (value) => value && edit((one) => { one.course.start = value; })), "start"),
      withId(numberField(t("lab.ramp"), course.ramp_months, { min: 0, max: 600, step: 1 }, (value) => edit((one) => { one.course.ramp_months = Math.round(value); })), "ramp"),
      withId(monthField(t("lab.stop"), course.stop, (value) => edit((one) => { one.course.stop = value; if (!value) one.course.half_life_months = 0; })), "stop"),
      course.stop ? withId(numberField(t("lab.half"), course.half_life_months, { min: 0, max: 600, step: 1 }, (value) => edit((one) => { one.course.half_life_months = value; })), "half") : null),
    keptOpen(`${id}-where`, el("summary", {}, `${t("lab.where")}: ${targetSaid(target)}`), () => whereControls(id, target, (act) => edit((one) => act(one.target)))));
}

const DIMENSIONS = ["environment", "institution", "technology"];

/** All cards by dimension, those that are looked for. */
function leverList() {
  const all = cards();
  const kinds = [...new Set([...DIMENSIONS, ...all.map(({ entry }) => entry.dimension)])];
  const title = (kind) => (kind === "own" ? t("lab.own") : kind ? named("dimension", kind) : t("lab.other"));
  return kinds.map((kind) => {
    const some = all.filter(({ entry }) => entry.dimension === kind);
    return some.length ? el("section", { class: "dimension" }, el("h3", {}, title(kind)), el("ul", { class: "cards" }, some.map(card))) : null;
  });
}
