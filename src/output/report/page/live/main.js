// Puts the page together: the head, the levers, the pictures; keys; what the server tells.

/** Does something that makes elements again, and leaves the focus where it was. */
function keepingFocus(act) {
  const { activeElement: held } = document;
  const { selectionStart } = held;
  const FOCUSED = "a, button, input, select, summary";
  const around = held.closest("[id]");
  const which = around && around !== held ? [...around.querySelectorAll(FOCUSED)].indexOf(held) : -1;
  act();
  const there = around?.id ? document.getElementById(around.id) : null;
  const again = which < 0 ? there : there?.querySelectorAll(FOCUSED)[which];
  if (!again?.matches(FOCUSED) || again === document.activeElement) return;
  again.focus({ preventScroll: true });
  if (selectionStart != null && again.type === "text") again.setSelectionRange(selectionStart, selectionStart);
}

function head() {
  const button = (id, key, disabled, clicked, title) => el("button", { type: "button", id, disabled, title, onclick: clicked }, t(key));
  const hold = el("button", { type: "button", id: "hold", "aria-pressed": String(lab.hold), title: t("lab.held"), onclick: () => ask({ ask: "hold", on: !lab.hold }) }, t("lab.hold"));
  const file = el("input", { type: "file", accept: ".toml", class: "hidden", tabindex: -1, "aria-hidden": "true", onchange: () => file.files[0] && openFile(file.files[0]) });
  const tongue = el("button", { type: "button", id: "language", lang: language.now === "en" ? "zh" : "en", onclick: () => speak(language.now === "en" ? "zh" : "en") }, language.now === "en" ? "中文" : "English");
  const sheet = el("button", { type: "button", id: "sheet", "aria-expanded": String(document.body.classList.contains("sheet-open")), onclick: () => { document.body.classList.toggle("sheet-open"); keepingFocus(fillHead); } }, t(document.body.classList.contains("sheet-open") ? "lab.sheet.close" : "lab.sheet"));
  return [el("p", { class: "name" }, told(lab.bench.name)), el("div", { class: "buttons", role: "toolbar", "aria-label": "cogov lab" }, sheet,
    lab.bench.read_only ? null : [
      button("undo", "lab.undo", !lab.undo, () => ask({ ask: "undo" })), button("redo", "lab.redo", !lab.redo, () => ask({ ask: "redo" })),
      button("replay", "lab.replay", !canReplay(), replay, t("lab.replay.means")), hold,
      button("reset", "lab.reset", false, () => ask({ ask: "reset" }), t("lab.reset.means")),
      button("save", "lab.save", false, saveScenario), button("open", "lab.open", false, () => file.click()), button("write", "lab.write", policies().length === 0, () => ask({ ask: "write" })),
    ], tongue, file)];
}

const fillHead = () => document.getElementById("top").replaceChildren(...head());

let sought = "";
function filterCards() {
  for (const one of document.querySelectorAll("#cards .card")) one.hidden = !one.dataset.name.includes(sought);
  for (const one of document.querySelectorAll("#cards .dimension")) one.hidden = !one.querySelector(".card:not([hidden])");
}

function fillLevers() {
  const cardsIn = el("div", { id: "cards", role: policies().length ? "tabpanel" : null, "aria-labelledby": policies().length ? `tab-${lab.tab}` : null }, nameField(), leverList());
  const find = el("input", { id: "find", type: "search", placeholder: t("lab.find"), "aria-label": t("lab.find"), value: sought, oninput: () => { sought = find.value.toLowerCase(); filterCards(); } });
  const panel = document.getElementById("levers");
  const { scrollTop } = panel;
  const looks = lab.bench.read_only ? el("p", { class: "note", id: "looks-only" }, t("lab.looks")) : null;
  panel.replaceChildren(...[looks, policyTabs(), el("div", { class: "row" }, find), cardsIn, assumptionList()].filter(Boolean));
  if (looks) lockLevers(panel);
  panel.scrollTop = scrollTop;
  filterCards();
}

/** While a lever is held or typed into, its element must stay; what is beside it follows. */
function isHeld() {
  const { activeElement: held } = document;
  if (!held?.closest("#levers")) return false;
  return held.matches("input[type=number], input[type=month], #policy-name, input[type=range]:active");
}
let postponed = false;
/** While something is pressed it must stay, or the click would be lost. */
let pressing = false;
function fillBeside() {
  const { activeElement: held } = document;
  for (const [id, count] of [["undo", lab.undo], ["redo", lab.redo], ["replay", canReplay()]]) {
    const control = document.getElementById(id);
    if (control) control.disabled = !count;
  }
  const beside = document.getElementById(held.id.endsWith("-number") ? held.id.slice(0, -7) : `${held.id}-number`);
  if (beside) beside.value = held.value;
  for (const price of document.querySelectorAll(".price")) price.textContent = priceSaid(Number(price.dataset.at));
}
follow(() => {
  if (isHeld() || pressing) {
    postponed = true;
    fillBeside();
    return;
  }
  keepingFocus(() => { fillHead(); fillLevers(); });
  lookChoices();
});
function fillPostponed() {
  if (!postponed || pressing || isHeld()) return;
  postponed = false;
  refresh();
}
addEventListener("pointerdown", () => { pressing = true; }, true);
for (const letGo of ["pointerup", "pointercancel", "dragend"]) {
  addEventListener(letGo, () => setTimeout(() => {
    pressing = false;
    fillPostponed();
  }, 0), true);
}
addEventListener("focusout", () => setTimeout(fillPostponed, 0));

/** Loads the script that draws, once the levers can be used. */
function loadPlotly() {
  if (window.Plotly || document.getElementById("plotly")) return;
  const script = el("script", { id: "plotly", src: "plotly.js", onload: () => lab.numbers && draw(lab.numbers) });
  requestAnimationFrame(() => setTimeout(() => document.head.append(script), 0));
}

/** Changes the language of the page. */
function speak(code) {
  language.now = code;
  document.documentElement.lang = code === "zh" ? "zh-CN" : "en";
  monthFollowers.length = 0;
  document.getElementById("pictures").replaceChildren(...pictures());
  monthFollowers.push(crossLine);
  refresh();
  look({});
}

hear("opened", (bench) => {
  lab.bench = bench;
  for (const code of Object.keys(data.texts)) Object.assign(data.texts[code], bench.words[code]);
  for (const [from, to] of bench.twins) twins.set(from, to);
  data.study = { scenario: { start: bench.start, months: bench.months, geography: { nation: { languages: ["en", "zh"] } } } };
  const says = addressSays();
  const [first] = bench.outcomes.map((outcome, at) => [rank(outcome, bench.lead), at]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  Object.assign(looking, { outcome: first[1] }, says.looking);
  language.now = looking.chinese ? "zh" : "en";
  Object.assign(lab, { settings: bench.opening, tab: says.tab ?? 0, month: says.month ?? null, numbers: null, before: null, accepted: null });
  document.title = `${bench.name} · cogov lab`;
  speak(language.now);
  if (says.settings && !bench.read_only) ask({ ask: "set", settings: says.settings });
  document.documentElement.dataset.usable = "true";
  loadPlotly();
});

hear("state", (state) => {
  hush();
  if (state.warnings.length) say(...state.warnings.map((text) => el("pre", {}, text)));
  unanswered = Math.max(0, unanswered - 1);
  const { settings, ...rest } = state;
  if (lab.accepted && JSON.stringify(settings) !== JSON.stringify(lab.accepted)) lab.before = lab.numbers;
  Object.assign(lab, rest, { accepted: settings });
  // a lever that was moved meanwhile stays where it is
  if (isSettled()) lab.settings = settings;
  lab.tab = Math.max(0, Math.min(lab.tab, policies().length - 1));
  const last = policies().length;
  if (looking.policy > last || looking.against > last) look({ policy: Math.min(looking.policy, last), against: Math.min(looking.against, last) });
  refresh();
  keepAddress();
  saveIfAsked();
  if (state.hold) place.status.textContent = t("lab.held");
  else document.documentElement.dataset.done = "false";
  document.documentElement.dataset.stood = String(Number(document.documentElement.dataset.stood ?? 0) + 1);
});

hear("refused", (told) => {
  unanswered = Math.max(0, unanswered - 1);
  if (isSettled() && lab.accepted) lab.settings = lab.accepted;
  refuse(told);
  refresh();
  saveIfAsked();
});
hear("lost", () => { if (place.status) place.status.textContent = t("lab.lost"); });
hear("numbers", (numbers) => {
  if (numbers.written) tellWritten();
  draw(numbers);
});

addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const typing = document.activeElement?.matches("input[type=text], input[type=search]");
  if (key === "s") saveScenario();
  else if (key === "z" && !typing) ask({ ask: event.shiftKey ? "redo" : "undo" });
  else if (key === "y" && !typing) ask({ ask: "redo" });
  else return;
  event.preventDefault();
});

let scrolled = 0;
addEventListener("scroll", () => {
  clearTimeout(scrolled);
  scrolled = setTimeout(drawMissed, 150);
}, { passive: true });
let settled = 0;
addEventListener("resize", () => {
  clearTimeout(settled);
  settled = setTimeout(() => lab.numbers && draw(lab.numbers), 120);
});
dark.addEventListener("change", () => lab.numbers && draw(lab.numbers));
connect();
