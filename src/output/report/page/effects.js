// How surely and at what cost: the scorecard, a sentence per policy, all numbers; cost against effect; a
// package in parts.

/** Every policy's effect on every main outcome, as a table with shaded cells. */
function scorecard() {
  const order = data.facts[0].map((fact) => fact.policy);
  const largest = data.main.map((_, main) => Math.max(1e-9, ...data.facts[main].map((fact) => Math.abs(fact.difference))));
  const head = data.main.map((_, main) => el("th", { scope: "col", class: "number" }, outcomeName(main), el("small", {}, isShare(main) ? t("forest.points") : "")));
  const cell = (policy, main) => {
    const fact = data.facts[main].find((one) => one.policy === policy);
    if (!fact) return el("td", { class: "number" }, "–");
    const how = howOf(main, fact);
    const share = Math.ceil(4 * Math.min(1, Math.abs(fact.difference) / largest[main]));
    return el("td", { class: `number ${how}${how === "unclear" ? "" : ` shade${share}`}`, title: `${shownDifference(main, fact.difference)} ${shownHalf(main, fact.chance)}` }, shownDifference(main, fact.difference));
  };
  const row = (policy) => el("tr", { "data-policy": policy }, el("th", { scope: "row" }, policyMark(policy), policyKey(policy)),
    data.main.map((_, main) => cell(policy, main)),
    el("td", { class: "number" }, money(data.costs[policy - 1]?.per_head_year ?? 0)));
  const base = data.main.map((_, main) => el("td", { class: "number" }, data.facts[main][0] ? rough(main, data.facts[main][0].base) : "–"));
  return el("table", { class: "scorecard" }, el("caption", { class: "hidden" }, t("effects.scorecard")),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("table.policy")), head, el("th", { scope: "col", class: "number" }, t("cost.rate")))),
    el("tbody", {}, order.map(row), el("tr", { class: "base" }, el("th", { scope: "row" }, policyName(data.against)), base, el("td", {}))));
}

/** The key by which the files call a policy, where that is not its name. */
function policyKey(policy) {
  const key = data.study.scenario.policies[policy].name;
  return policyName(policy) === key ? null : [" ", el("code", { class: "key" }, key)];
}

/** All verdicts of effects.csv on the nation. */
function effectNumbers() {
  const rows = data.outcomes.flatMap((_, outcome) => data.national.map((__, policy) => judged(policy, outcome))).filter(Boolean);
  return table(t("effects.numbers"), [
    column(t("table.outcome"), (row) => named("outcome", row.outcome)),
    column(t("table.policy"), (row) => policyCell(row.policy + 1)),
    numeric(t("table.pairs"), (row) => String(row.pairs)),
    numeric(t("table.baseline"), (row) => exact(row.baseline)),
    numeric(t("table.level"), (row) => exact(row.level)),
    numeric(t("table.difference"), (row) => exact(row.difference, true)),
    numeric(t("table.low"), (row) => exact(row.low, true)),
    numeric(t("table.high"), (row) => exact(row.high, true)),
    numeric(t("table.better"), (row) => percent(row.better)),
  ], rows);
}

/** What the numbers of a main outcome are. */
const meansWords = (main) => {
  const key = `means.${data.outcomes[data.main[main]].name}`;
  return key in data.texts[language.now] ? t(key) : "";
};

function sentenceList() {
  const said = data.sentences[language.now][state.outcome];
  return ranking(state.outcome).map(({ policy, how }) => el("li", { class: how, "data-policy": policy + 1 }, said[policy]));
}

function helps() {
  const lead = t("helps.lead", { least: data.outcomes[data.main[0]].least, points: data.sweep?.points, replications: data.study.replications });
  const means = el("p", { class: "means" });
  const sentences = el("ol", { class: "sentences", "aria-live": "polite" });
  const fill = () => {
    means.textContent = meansWords(state.outcome);
    sentences.replaceChildren(...sentenceList());
  };
  fill();
  follow((changed) => { if (changed.includes("outcome")) fill(); });
  const card = figure({
    id: "scorecard", title: () => t("effects.scorecard"), note: () => t("effects.card_note", { against: inside(policyName(data.against)), period: barPeriod(0) }), numbers: effectNumbers,
    draw: (picture) => picture.replaceChildren(el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("effects.scorecard") }, scorecard())),
  });
  return section("helps", el("p", {}, lead), el("p", { class: "note" }, t("forest.key")), card.frame, means, sentences);
}

/** Policies of the cost figure with what the files say of them. */
function costRows(main) {
  const efficient = new Set(data.frontier[main]);
  return ranking(main).map((row) => ({ ...row, cost: data.costs[row.policy].money, efficient: efficient.has(row.policy), tie: data.ties[main][row.policy] }));
}

/** What a step costs, where it is clear that there is one. */
function stepPrice(row, main, key) {
  if (row.how === "unclear" || row.how === "worse") return "–";
  const price = data.costs[row.policy].per_point[data.outcomes[data.main[main]].name];
  return price ? money(price[key]) : "–";
}

/** Whether a policy is efficient; if only chance keeps it from it, which cheaper one does as much. */
function efficientWords({ efficient, tie }) {
  if (efficient) return t("yes");
  return isKnown(tie) ? t("cost.tie", { policy: policyName(tie) }) : t("no");
}

function costNumbers() {
  const main = state.outcome;
  // The prices of costs.csv are those of a mean effect, which a sweep does not show.
  const prices = isSweep() ? [] : [["value", "cost.point"], ["low", "table.low"], ["high", "table.high"]];
  return table(t("cost.title", { outcome: outcomeName(main) }), [
    column(t("table.policy"), (row) => policyCell(row.policy + 1)),
    numeric(t("cost.whole"), (row) => money(row.cost)),
    numeric(t("cost.rate"), (row) => money(data.costs[row.policy].per_head_year)),
    numeric(t("table.difference"), (row) => exact(row.difference, true)),
    ...prices.map(([key, title]) => numeric(t(title), (row) => stepPrice(row, main, key))),
    column(t("cost.frontier"), efficientWords),
  ], costRows(main));
}

/** Letters and their policies, for a picture on which only letters have room. */
const letterKey = () => el("ul", { class: "letters" }, lettered.map((policy) => el("li", { "data-policy": policy }, policyMark(policy))));

function cost() {
  const title = () => t("cost.title", { outcome: inside(outcomeName(state.outcome)) });
  const made = figure({
    id: "cost", title, note: () => `${t("cost.note")} ${t("cost.key")}`, on: ["outcome"], numbers: costNumbers,
    draw: async (picture) => {
      const drawn = canvas(picture);
      picture.replaceChildren(drawn, letterKey());
      await plot(drawn, figureOf("cost", state.outcome), title());
    },
  });
  return section("cost-section", made.frame, parts());
}

/** A part of a package: a dimension, an intervention, or the whole. */
function partName(part) {
  if (part === "all") return t("decomposition.total");
  return data.texts[language.now][`dimension.${part}`] ?? named("intervention", part);
}

/** A package in parts: Shapley contributions. */
function parts() {
  const rows = rowsOf("decomposition.csv");
  if (!rows?.length) return null;
  const policy = data.study.scenario.policies.findIndex((one) => one.name === rows[0].policy);
  const own = () => rows.filter((row) => row.outcome === data.outcomes[data.main[state.outcome]].name);
  const title = () => t("decomposition.title", { policy: policyName(policy), outcome: inside(outcomeName(state.outcome)) });
  return figure({
    id: "decomposition", title, note: () => t("decomposition.note"), on: ["outcome"],
    draw: (picture) => drawOr(picture, figureOf("parts", state.outcome), title()),
    numbers: () => table(title(), [
      column(t("decomposition.part"), (row) => partName(row.part) + (row.partner ? ` + ${partName(row.partner)}` : "")),
      column(t("decomposition.kind"), (row) => named("contribution", row.contribution)), numeric(t("table.difference"), (row) => exact(row.value, true)),
      numeric(t("table.low"), (row) => exact(row.ci_low, true)), numeric(t("table.high"), (row) => exact(row.ci_high, true)),
    ], own()),
  }).frame;
}

/** Draws a figure, or nothing where there is none for what is chosen. */
async function drawOr(picture, made, title) {
  if (!made) return picture.replaceChildren();
  return plot(canvas(picture), made, title);
}

/** Rows of a file as objects by column, numbers as numbers; nothing when the file is not there. */
function rowsOf(file) {
  const found = data.tables.find((extra) => extra.file === file);
  if (!found) return null;
  const value = (i, cell) => (found.texts[i] ? cell : cell === "" ? null : Number(cell));
  return found.rows.map((row) => Object.fromEntries(found.columns.map((column, i) => [column, value(i, row[i])])));
}
