// Policies A to D as tabs: make, copy, name, remove.

/** The tabs of the policies. */
function policyTabs() {
  const tabs = policies().map((policy, at) => el("button", {
    type: "button", role: "tab", id: `tab-${at}`, class: "tab", "aria-selected": String(at === lab.tab), "aria-controls": "cards", tabindex: at === lab.tab ? 0 : -1,
    onclick: () => chooseTab(at),
  }, el("i", { class: `letter l${LETTERS[at]}` }, LETTERS[at]), ` ${named("policy", policy.name)}`));
  const list = el("div", { class: "tabs", role: "tablist", "aria-label": t("lab.policies"), onkeydown: (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !tabs.length) return;
    event.preventDefault();
    chooseTab((lab.tab + step + tabs.length) % tabs.length);
    document.getElementById(`tab-${lab.tab}`)?.focus();
  } }, tabs);
  return el("div", { class: "policies-bar" }, tabs.length ? list : null, el("div", { class: "row-wrap" }, tabButtons()));
}

function chooseTab(at) {
  lab.tab = Math.max(0, Math.min(at, policies().length - 1));
  const policy = policies().length ? lab.tab + 1 : 0;
  look({ policy, against: looking.against === policy ? 0 : looking.against });
  refresh();
}

/** A name that no policy has yet. */
function freshName(wanted) {
  const taken = new Set(["baseline", ...policies().map(({ name }) => name)]);
  let name = wanted;
  for (let i = 2; taken.has(name); i += 1) name = `${wanted} ${i}`;
  return name;
}

/** Adds a policy and goes to it. */
function addPolicy(policy) {
  lab.tab = policies().length;
  change((settings) => settings.policies.push(policy));
  look({ policy: lab.tab + 1, against: looking.against });
}

function tabButtons() {
  const full = policies().length >= lab.bench.most.policies;
  const button = (id, key, disabled, clicked) => el("button", { type: "button", id, disabled, onclick: clicked }, t(key));
  const letter = LETTERS[policies().length];
  const others = lab.bench.templates.filter(({ name }) => !policies().some((policy) => policy.name === name));
  const take = el("select", { id: "take", disabled: full, "aria-label": t("lab.take"), onchange: () => addPolicy(structuredClone(others[Number(take.value)])) },
    el("option", { value: "" }, `${t("lab.take")} …`), others.map(({ name }, at) => el("option", { value: at }, named("policy", name))));
  const current = currentPolicy();
  return [
    button("new", "lab.new", full, () => addPolicy({ name: freshName(t("lab.fresh", { letter })), describe: "", interventions: [] })),
    button("duplicate", "lab.duplicate", full || !current, () => addPolicy({ ...structuredClone(current), name: freshName(t("lab.copy", { name: current.name })) })),
    button("remove", "lab.remove", !current, removePolicy),
    others.length ? take : null,
  ];
}

function removePolicy() {
  const at = lab.tab;
  change((settings) => settings.policies.splice(at, 1));
  chooseTab(at);
}

/** The name of the policy, to be changed. */
function nameField() {
  const current = currentPolicy();
  if (!current) return el("p", { class: "note" }, t("lab.none"));
  const input = el("input", { id: "policy-name", type: "text", maxlength: 80, value: current.name, onchange: () => {
    const name = input.value.trim();
    if (name && name !== current.name) change((settings) => { settings.policies[lab.tab].name = freshName(name.replaceAll(",", " ")); });
  } });
  const prices = lab.prices[lab.tab] ?? [];
  const whole = prices.reduce((sum, price) => sum + price.money, 0);
  return el("div", { class: "row-wrap" }, el("label", { class: "field wide" }, el("span", {}, t("lab.name")), input), el("p", { class: "total" }, t("lab.total", { money: money(whole) })));
}
