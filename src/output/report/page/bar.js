// The bar that stays in sight: outcome, period, reference and policies of the whole page.

/** The chooser of policies: a box each, a search, the best eight. */
function policyPicker() {
  const all = [...data.facts[0]].map((fact) => fact.policy).filter((policy) => policy > 0);
  const boxes = el("div", { class: "boxes" });
  const change = (policy) => (on) => choose({ policies: all.filter((one) => (one === policy ? on : state.policies.includes(one))) });
  const fill = (wanted = "") => boxes.replaceChildren(...all
    .filter((policy) => `${policyName(policy)} ${data.study.scenario.policies[policy].name}`.toLowerCase().includes(wanted.toLowerCase()))
    .map((policy) => el("div", { "data-policy": policy }, tick(policyMark(policy), state.policies.includes(policy), change(policy)))));
  const search = el("input", { type: "search", placeholder: t("bar.search"), "aria-label": t("bar.search"), oninput: () => fill(search.value) });
  const best = el("button", { type: "button", onclick: () => { choose({ policies: lettered }); fill(); } }, t("bar.best"));
  const count = el("span", {});
  const told = () => { count.textContent = t("bar.lettered", { number: state.policies.length }); };
  fill();
  told();
  follow(told);
  const list = el("details", { class: "picker" }, el("summary", {}, t("bar.policies"), ": ", count), el("div", { class: "sheet" }, el("div", { class: "row" }, all.length > 12 ? search : null, best), boxes));
  list.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { list.open = false; list.firstChild.focus(); }
  });
  return list;
}

function bar() {
  const outcomes = data.main.map((_, main) => outcomeName(main));
  const picks = [
    ["outcome", "choose.outcome", outcomes],
    ["period", "bar.period", PERIODS.map((_, period) => barPeriod(period))],
    ["against", "bar.against", data.study.scenario.policies.map((_, policy) => policyName(policy))],
  ].filter(([key]) => !isSweep() || key === "outcome");
  const selects = picks.map(([key, label, options]) => {
    const made = choice(t(label), options, state[key], (at) => choose({ [key]: at }));
    follow((changed) => { if (changed.includes(key)) made.querySelector("select").value = state[key]; });
    return made;
  });
  return el("div", { class: "bar", role: "region", "aria-label": t("bar.label") }, selects, data.facts.length ? policyPicker() : null);
}
