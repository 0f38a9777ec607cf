// Assumptions apart from levers: what nobody controls, each with its plausible range.

function assumption(row) {
  const id = `assumption-${row.path.replace(".", "-")}`;
  const value = lab.settings.values[row.path] ?? row.value;
  const set = (next) => change((settings) => {
    if (next === row.value) delete settings.values[row.path];
    else settings.values[row.path] = next;
  });
  const [low, high] = row.plausible;
  const slider = el("input", { id, type: "range", min: Math.min(low, value), max: Math.max(high, value), step: (high - low) / 200, value, "aria-label": row.meaning, oninput: () => set(Number(Number(slider.value).toPrecision(6))) });
  const number = numberField(row.path, value, { min: row.least, max: row.most, step: "any" }, set);
  number.querySelector("input").id = `${id}-number`;
  const said = [t("lab.plausible", { low: exact(low), high: exact(high) }), t("lab.was", { value: exact(row.value) }), row.left ? t("lab.left", { low: exact(row.left[0]), high: exact(row.left[1]) }) : null];
  return el("li", { class: value === row.value ? "card" : "card on" },
    el("p", { class: "meaning" }, row.meaning, " ", el("small", {}, row.unit)), el("div", { class: "dose" }, number, slider),
    el("p", { class: "note" }, said.filter(Boolean).join("; ")),
    value === row.value ? null : el("button", { id: `${id}-back`, type: "button", onclick: () => set(row.value) }, t("lab.back")));
}

/** The list, folded; pairs and worlds stand with it. */
function assumptionList() {
  const { bench, settings } = lab;
  const pairs = numberField(t("lab.pairs"), settings.pairs, { min: 1, max: bench.most.pairs, step: 1 }, (value) => change((of) => { of.pairs = Math.max(0, Math.round(value)); }));
  pairs.querySelector("input").id = "pairs";
  const worlds = bench.worlds ? numberField(t("lab.worlds"), settings.worlds, { min: 0, max: bench.worlds, step: 1 }, (value) => change((of) => { of.worlds = Math.max(0, Math.round(value)); })) : null;
  if (worlds) worlds.querySelector("input").id = "worlds";
  return keptOpen("assumptions", el("summary", {}, el("h2", {}, t("lab.assumptions"))), () => [el("p", { class: "note" }, t("lab.assumptions.note")),
    el("div", { class: "row-wrap" }, pairs, worlds), el("ul", { class: "cards" }, bench.assumptions.map(assumption))]);
}
