// What decides: ranks over replications, how policies hold up over a design, which inputs matter, the box in
// which one fails. And what policy texts speak of.

function rankNumbers() {
  const rows = data.ranks[state.outcome].map((counts, policy) => ({ policy, counts }));
  return table(t("robust.title", { outcome: outcomeName(state.outcome) }), [
    column(t("table.policy"), (row) => policyCell(row.policy)),
    ...rows.map((_, rank) => numeric(String(rank + 1), (row) => String(row.counts[rank]))),
  ], rows);
}

function pairNumbers() {
  const rows = data.main.flatMap((outcome) => data.national.map((_, policy) => judged(policy, outcome))).filter(Boolean);
  return table(t("robust.pairs"), [
    column(t("table.outcome"), (row) => named("outcome", row.outcome)),
    column(t("table.policy"), (row) => policyCell(row.policy + 1)),
    numeric(t("table.pairs"), (row) => String(row.pairs)),
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

function rankFigure() {
  const title = () => t("robust.title", { outcome: inside(outcomeName(state.outcome)) });
  return figure({
    id: "ranks", title, note: () => t("robust.note"), on: ["outcome"],
    draw: (picture) => drawOr(picture, figureOf("ranks", state.outcome), title()),
    numbers: () => [rankNumbers(), ...(isSweep() ? [] : [pairNumbers()])],
  }).frame;
}

const mainName = () => data.outcomes[data.main[state.outcome]].name;

function sensitivityFigure() {
  const rows = rowsOf("sensitivity.csv");
  if (!rows?.length) return null;
  const all = data.study.scenario.policies;
  const shown = chosenIn("sensitivity", { policy: Math.min(1, all.length - 1) });
  const own = () => rows.filter((row) => row.policy === all[shown.policy].name && row.outcome === mainName());
  const title = () => t("sensitivity.title", { outcome: inside(outcomeName(state.outcome)), policy: policyName(shown.policy) });
  const made = figure({
    id: "sensitivity", title, note: () => t("sensitivity.note"), on: ["outcome"],
    draw: (picture) => drawOr(picture, figureOf("tornado", shown.policy, state.outcome), title()),
    numbers: () => table(title(), [
      column(t("sensitivity.input"), (row) => row.input), column(t("sensitivity.index"), (row) => named("index", row.index)),
      numeric(t("sensitivity.value"), (row) => exact(row.value)), numeric(t("table.low"), (row) => exact(row.ci_low)), numeric(t("table.high"), (row) => exact(row.ci_high)),
    ], own()),
  });
  made.controls.append(choice(t("choose.policy"), all.map((_, i) => policyName(i)), shown.policy, (at) => {
    shown.policy = at;
    made.redraw();
  }));
  return made.frame;
}

/** How each policy holds up over the design of a sweep, and the box in which it fails. */
function robustnessFigure() {
  const rows = rowsOf("robustness.csv");
  if (!rows?.length) return null;
  const own = () => rows.filter((row) => row.outcome === mainName()).sort((a, b) => b.best_share - a.best_share);
  const title = () => t("robustness.title", { outcome: inside(outcomeName(state.outcome)) });
  const whole = () => table(title(), [
    column(t("table.policy"), (row) => policyCell(data.study.scenario.policies.findIndex((one) => one.name === row.policy))), numeric(t("robustness.best"), (row) => percent(row.best_share)),
    numeric(t("robustness.mean"), (row) => exact(row.mean_regret)), numeric(t("robustness.largest"), (row) => exact(row.max_regret)),
    numeric(t("robustness.fails"), (row) => percent(row.failure_share)),
  ], own());
  return figure({
    id: "robustness", title, note: () => t("robustness.note"), on: ["outcome"],
    draw: async (picture) => {
      const boxes = figureOf("boxes", state.outcome) ?? [];
      const panels = boxes.map(() => el("div", { class: "plot" }));
      const panel = (box, i) => el("div", { class: "panel" }, el("h4", {}, t("box.title", { policy: named("policy", box.policy) })),
        el("p", { class: "note" }, t("box.words", { coverage: percent(box.coverage), density: percent(box.density) })), panels[i]);
      picture.replaceChildren(el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": title() }, whole()),
        boxes.length ? el("div", { class: "panels boxes" }, boxes.map(panel)) : el("p", { class: "note" }, t("box.none")));
      for (const [i, box] of boxes.entries()) await plot(panels[i], box.figure, t("box.title", { policy: named("policy", box.policy) }));
    },
  }).frame;
}

function decides() {
  return section("decides", el("p", {}, clearWords()), rankFigure(), robustnessFigure(), sensitivityFigure());
}

/** What the policy documents of each province speak of, and the words that tell it. */
function factors() {
  const factorNames = data.factors.map((factor) => named("factor", factor));
  const { provinces } = data.study.scenario.geography;
  const attention = figureOf("attention") && figure({
    id: "attention", title: () => t("factors.title"), note: () => t("factors.note"),
    draw: (picture) => drawOr(picture, figureOf("attention"), t("factors.title")),
    numbers: () => table(t("factors.title"), [
      column(t("table.place"), provinceName),
      ...factorNames.map((factor, f) => numeric(factor, (province) => exact(province.attention[f]))),
    ], provinces),
  }).frame;
  const topics = figureOf("topics") && figure({
    id: "topics", title: () => t("topics.title"), note: () => t("topics.note"),
    draw: (picture) => drawOr(picture, figureOf("topics"), t("topics.title")),
    numbers: () => table(t("topics.title"), [
      column(t("topics.factor"), (row) => named("factor", row.factor)), column(t("topics.word"), (row) => row.word), numeric(t("topics.share"), (row) => exact(row.share)),
    ], data.study.scenario.topics.filter((topic) => topic.language === language.now).flatMap(({ factor, words }) => words.map(([word, share]) => ({ factor, word, share })))),
  }).frame;
  return attention || topics ? section("factors", attention, topics) : null;
}
