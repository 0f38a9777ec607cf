// What is chosen, the same for the whole page; it stands in the address, so that the back button works
// and a link shows what its sender saw.

const PERIODS = ["window", ...data.periods.filter((period) => /^\d+$/.test(period))];
const lettered = data.letters.map((letter, policy) => (letter ? policy : -1)).filter((policy) => policy > 0)
  .sort((a, b) => data.letters[a].localeCompare(data.letters[b]));
const LANGUAGES = Object.keys(data.texts);

const state = { outcome: 0, period: 0, against: data.against, policies: lettered, policy: lettered[0] ?? 1, month: null };
const opening = { ...state, language: data.language };
const followers = [];

/** Has `changed` called whenever something is chosen, with the names of what changed. */
const follow = (changed) => followers.push(changed);

/** Chooses; the address follows. */
function choose(changes, keep = false) {
  const changed = Object.keys(changes).filter((key) => String(state[key]) !== String(changes[key]));
  if (!changed.length) return;
  Object.assign(state, changes);
  history[keep ? "replaceState" : "pushState"](null, "", `#${addressOf()}`);
  for (const changes of followers) changes(changed);
}

/** Section and choices as an address has them: only what differs from the opening. */
function addressOf(section = location.hash.slice(1).split(";")[0]) {
  const now = { ...state, language: language.now };
  const parts = Object.keys(now).filter((key) => String(now[key]) !== String(opening[key]) && now[key] !== null);
  return [section, ...parts.map((key) => `${key}=${[now[key]].flat().join(".")}`)].join(";");
}

/** Takes over what the address says, as far as the page has it. */
function readAddress() {
  const [section, ...parts] = decodeURIComponent(location.hash.slice(1)).split(";");
  const said = Object.fromEntries(parts.map((part) => part.split("=")));
  const whole = (text, most, least = 0) => (/^\d+$/.test(text ?? "") && Number(text) >= least && Number(text) < most ? Number(text) : null);
  const count = data.study.scenario.policies.length;
  const listed = (said.policies ?? "").split(".").map((text) => whole(text, count, 1)).filter((policy) => policy !== null);
  Object.assign(state, {
    outcome: whole(said.outcome, data.main.length) ?? opening.outcome,
    period: whole(said.period, PERIODS.length) ?? opening.period,
    against: whole(said.against, count) ?? opening.against,
    policies: listed.length ? listed : opening.policies,
    policy: whole(said.policy, count, 1) ?? opening.policy,
    month: whole(said.month, data.study.scenario.months),
  });
  language.now = LANGUAGES.includes(said.language) ? said.language : data.language;
  return section;
}

/** Goes to a section; choices stay in the address. */
function goTo(section, event) {
  event?.preventDefault();
  history.pushState(null, "", `#${addressOf(section)}`);
  const target = document.getElementById(section);
  target?.scrollIntoView();
  target?.focus({ preventScroll: true });
}

/** A policy as it is known everywhere: its letter in its colour, and its name. */
function policyMark(policy) {
  const letter = data.letters[policy];
  return [letter ? el("i", { class: `letter l${letter}`, "aria-hidden": "true" }, letter) : null, " ", policyName(policy)];
}

/** The name of a period of the bar. */
function barPeriod(period) {
  if (PERIODS[period] !== "window") return periodName(PERIODS[period]);
  if (!data.study.scenario.report?.window) return t("period.last_12_months");
  const [from, to] = data.window.map((month) => monthName(monthAfter(month)));
  return t("bar.window", { from, to });
}
