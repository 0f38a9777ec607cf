// The pictures: what is known in a line, how it unfolds, where, other outcomes, cost.

const place = {};

/** The frame of a picture. */
function picture(id, tall) {
  const title = el("h2", { id: `${id}-title` });
  const drawnIn = el("div", { class: "plot", id: `${id}-plot` });
  if (tall) drawnIn.style.minHeight = `${tall}px`;
  const below = el("div", { class: "below" });
  place[id] = { title, drawnIn, below };
  return el("figure", { id, tabindex: -1, "aria-labelledby": `${id}-title` }, title, drawnIn, below);
}

/** All frames; they are filled when numbers come. */
function pictures() {
  place.status = el("p", { class: "status", role: "status", id: "status" }, t("lab.connecting"));
  place.bar = el("progress", { max: 1, value: 0, "aria-label": t("lab.pairs") });
  place.headline = el("h1", { id: "headline" }, lab.bench.name);
  place.detail = el("p", { class: "detail", id: "detail" });
  place.choices = el("div", { class: "looks", id: "looks" });
  const unfold = picture("unfold", LEVELS_TALL);
  place.unfold.second = el("div", { class: "plot", id: "unfold-change-plot" });
  place.unfold.second.style.minHeight = `${CHANGES_TALL}px`;
  place.unfold.drawnIn.after(place.unfold.second);
  unfold.append(timeControls());
  return [el("div", { class: "sticky" }, place.choices, el("div", { class: "progress" }, place.status, place.bar)),
    place.headline, place.detail, unfold, el("div", { class: "two" }, picture("change", 240), picture("levels", 160)),
    el("section", { id: "outcomes" }), picture("cost", 300), el("section", { id: "between" }), el("p", { class: "note" }, t("lab.drop"))];
}

/** What is looked at, to be chosen. */
function lookChoices() {
  const { outcomes, lead } = lab.bench;
  const order = outcomes.map((_, at) => at).sort((a, b) => rank(outcomes[a], lead) - rank(outcomes[b], lead) || a - b);
  const all = [0, ...policies().map((_, at) => at + 1)];
  const letter = (at) => (at ? `${LETTERS[at - 1]} ` : "") + nameOf(at);
  const outcome = choice(t("lab.outcome"), order.map((at) => named("outcome", outcomes[at].name)), order.indexOf(looking.outcome), (at) => { look({ outcome: order[at] }); lookChoices(); });
  const policy = choice(t("lab.policy"), all.map(letter), looking.policy, (at) => { if (at) lab.tab = at - 1; look({ policy: at }); refresh(); });
  const against = choice(t("lab.against"), all.map(letter), looking.against, (at) => { look({ against: at }); lookChoices(); });
  const ids = [[outcome, "look-outcome"], [policy, "look-policy"], [against, "look-against"]];
  for (const [made, id] of ids) made.querySelector("select").id = id;
  keepingFocus(() => place.choices.replaceChildren(outcome, policy, against));
}

const rank = (outcome, lead) => (lead.includes(outcome.name) ? lead.indexOf(outcome.name) : outcome.main ? 100 : 200);

/** A number with its places. */
const rounded = (value, half) => fixed(value, placesOf(value, half));

/** Says what is known. */
function sayHeadline({ headline, band }) {
  const { before, after, difference, half, how, points } = headline;
  const gaps = { policy: nameOf(looking.policy), outcome: inside(outcomeTitle(headline.outcome)) };
  const same = looking.policy === looking.against;
  const key = same ? "lab.same" : how === "provisional" ? "lab.provisional" : how === "unclear" ? (band === "final" ? "lab.unclear.final" : "lab.unclear") : difference > 0 ? "lab.raises" : "lab.lowers";
  const size = how === "provisional" ? fixed(difference, placesOf(difference, half), true) : rounded(Math.abs(difference), half);
  place.headline.textContent = t(key, { ...gaps, difference: size, unit: points ? t("lab.points") : "" }).trim();
  const known = half !== null && isKnown(before);
  const places = placesOf(Math.max(Math.abs(before), Math.abs(after)), half);
  place.detail.textContent = same || !isKnown(after) ? "" : t(known ? "lab.from" : "lab.open-end", { before: fixed(before, places), after: fixed(after, places), half: known ? fixed(half, Math.max(placesOf(difference, half), half < 0.01 ? 3 : 1)) : "" });
  place.detail.className = `detail ${how}`;
}

/** Says how far it is. */
function sayProgress({ pairs: [cohorts, agents, wanted], actors, band, failed, done }) {
  const key = actors === "none" ? (done && lab.bench.read_only ? "lab.nothing_finished" : "lab.waiting") : band === "final" ? "lab.final" : actors === "agents" ? "lab.agents" : "lab.cohorts";
  place.status.textContent = failed ?? (lab.hold ? t("lab.held") : t(key, { cohorts, pairs: agents, wanted }));
  place.status.dataset.band = band;
  place.bar.value = band === "final" ? 1 : wanted ? agents / wanted : 0;
  document.documentElement.dataset.done = String(done);
}

/** Heights of the two pictures of time: levels above, differences below. */
const LEVELS_TALL = 232;
const CHANGES_TALL = 198;

/** The part of a picture of time on one of its axes, as a picture of its own: each is drawn in a task of its own. */
function halfOf({ data: traces, layout }, axis, height) {
  const { yaxis, yaxis2, ...rest } = layout;
  const shown = { ...(axis === "y" ? yaxis : yaxis2), domain: [0, 1] };
  const own = traces.filter((trace) => trace.yaxis === axis).map((trace) => ({ ...trace, yaxis: "y" }));
  return lineEnds({ data: own, layout: { ...rest, xaxis: { ...layout.xaxis, anchor: "y" }, yaxis: shown, height } }, axis === "y2");
}

/** Names at the ends of lines, one above another; the axis reaches from the least to the most, and to nothing where it must. */
function lineEnds(figure, nothing) {
  const { data: traces, layout } = figure;
  layout.annotations = [];
  layout.margin = { l: 8, r: 28, t: 8, b: 24 };
  const values = traces.flatMap(({ y, meta }) => (meta.part === "mean" ? y : y.filter((value) => isKnown(value) && Math.abs(value) < 10))).filter(isKnown);
  if (!values.length) return figure;
  const [low, high] = [Math.min(...values, nothing ? 0 : Infinity), Math.max(...values, nothing ? 0 : -Infinity)];
  const room = Math.max((high - low) * 0.05, 1e-4);
  layout.yaxis.range = [low - room, high + room];
  const means = traces.filter((trace) => trace.meta.part === "mean" && isKnown(trace.y.at(-1)));
  const tall = layout.height - 32;
  const at = means.map((trace) => tall * (1 - (trace.y.at(-1) - low + room) / (high - low + 2 * room)));
  const moved = apart(at, 14, 4, tall - 4);
  layout.annotations = means.map((trace, i) => ({
    text: `<b>${trace.meta.policy ? LETTERS[trace.meta.policy - 1] : "0"}</b>`, x: 1, xref: "paper", xanchor: "left", xshift: 4, showarrow: false,
    y: 1 - moved[i] / tall, yref: "paper", yanchor: "middle", font: { size: 12, color: trace.line.color },
  }));
  return figure;
}

/** The line through all months at the one that is chosen. */
function crossLine() {
  for (const plotted of [place.unfold.drawnIn, place.unfold.second]) {
    if (!plotted._fullLayout) continue;
    plotted.classList.add("time");
    let line = plotted.querySelector(".cross");
    if (!line) {
      line = el("div", { class: "cross", "aria-hidden": "true" });
      plotted.append(line);
    }
    const { xaxis, _size: size } = plotted._fullLayout;
    line.hidden = lab.month === null;
    line.style.left = `${size.l + xaxis.d2p(lab.month ?? 0)}px`;
    line.style.top = `${size.t}px`;
    line.style.height = `${size.h}px`;
  }
}

/** Waits for the next free moment, so that no task is long. */
const breath = () => new Promise((free) => setTimeout(free, 0));

let drawing = false;
let waiting = null;

/** Milliseconds between drawings of what is not looked at most, while runs go on. */
const SELDOM = 700;
const whole = { at: 0, of: "" };

/** Whether all pictures are due: something else is looked at, all is done, or it has been a while. */
function isWholeDue({ done, looking: seen }) {
  const of = `${JSON.stringify(seen)} ${language.now} ${dark.matches} ${place.change.drawnIn.clientWidth}`;
  if (!done && of === whole.of && performance.now() - whole.at < SELDOM) return false;
  Object.assign(whole, { at: performance.now(), of });
  return true;
}

/** Draws numbers; those that come meanwhile wait, and only the last of them. */
async function draw(numbers) {
  if (drawing) {
    waiting = numbers;
    return;
  }
  drawing = true;
  lab.numbers = numbers;
  try {
    sayProgress(numbers);
    sayHeadline(numbers);
    if (window.Plotly) await drawPictures(numbers);
    await breath();
    fillOutcomes(numbers);
    fillBetween(numbers);
  } finally {
    drawing = false;
  }
  document.documentElement.dataset.drawn = String(Number(document.documentElement.dataset.drawn ?? 0) + 1);
  const again = document.getElementById("replay");
  if (again) again.disabled = !canReplay();
  ask({ ask: "ready" });
  drawWaiting();
}

function drawWaiting() {
  if (!waiting) return;
  const next = waiting;
  waiting = null;
  draw(next);
}

/** Pictures that were not seen when they were due. */
const missed = new Set();

/** Whether a picture is on the screen, or nearly. */
function isSeen(id) {
  const { top, bottom } = place[id].drawnIn.getBoundingClientRect();
  return bottom > -200 && top < innerHeight + 200;
}

/** Draws what has come on the screen since it was due. */
function drawMissed() {
  if (!lab.numbers || ![...missed].some(isSeen)) return;
  whole.at = 0;
  draw(lab.numbers);
}

/** Draws a figure in its frame, in a task of its own. */
async function drawIn(id, title, figure, where = place[id].drawnIn) {
  place[id].title.textContent = title;
  await plot(where, figure, title);
  for (const svg of where.querySelectorAll(".main-svg")) svg.setAttribute("aria-hidden", "true");
  await breath();
}

/** Levels, and the differences below them. */
async function drawUnfold(unfold) {
  const title = t("lab.unfold", { outcome: outcomeTitle() });
  const { drawnIn, second } = place.unfold;
  await drawIn("unfold", title, halfOf(unfold, "y", LEVELS_TALL));
  await drawIn("unfold", title, halfOf(unfold, "y2", CHANGES_TALL), second);
  for (const plotted of [drawnIn, second]) {
    plotted.removeAllListeners?.("plotly_hover");
    plotted.on?.("plotly_hover", ({ points }) => toMonth(points[0].x));
  }
  crossLine();
}

async function drawPictures(numbers) {
  const { unfold, maps, cost } = numbers;
  const outcome = outcomeTitle();
  await drawUnfold(unfold);
  const { marks } = unfold.layout.meta;
  place.unfold.below.replaceChildren(el("ul", { class: "letters" }, [0, ...policies().map((_, at) => at + 1)].map((at) => el("li", {}, el("b", {}, at ? LETTERS[at - 1] : "0"), ` ${nameOf(at)}`))),
    el("p", { class: "note" }, marks.map(([month, label]) => `${monthName(monthAfter(month))}: ${label}`).join("; ")));
  if (!isWholeDue(numbers)) return;
  const period = periodTitle();
  const rest = {
    change: [t("lab.maps", { outcome: `${t("lab.difference")}: ${inside(outcome)}`, period }), maps.change],
    levels: [t("lab.maps", { outcome: `${t("map.levels")}: ${inside(outcome)}`, period }), maps.levels],
    cost: [t("lab.cost"), cost],
  };
  place.change.below.replaceChildren(el("p", { class: "note" }, t("lab.grey")));
  for (const [id, [title, figure]] of Object.entries(rest)) {
    // while runs go on only what is seen is drawn; when all is done, everything
    if (!numbers.done && !isSeen(id)) {
      missed.add(id);
      continue;
    }
    missed.delete(id);
    await drawIn(id, title, figure);
  }
}

/** Other outcomes, as a table. */
function fillOutcomes({ effects }) {
  const title = t("lab.outcomes", { policy: nameOf(looking.policy), against: nameOf(looking.against) });
  const verdictSaid = (how) => t(`lab.how.${how}`);
  const made = table(title, [
    column(t("lab.outcome"), (row) => named("outcome", lab.bench.outcomes[row.outcome].name)),
    numeric(t("lab.before"), (row) => rounded(row.before, row.half)), numeric(t("lab.after"), (row) => rounded(row.after, row.half)),
    numeric(t("lab.difference"), (row) => fixed(row.difference, placesOf(row.difference, row.half), true)), numeric(t("lab.band"), (row) => (row.half === null ? "–" : fixed(row.half, Math.max(3, placesOf(row.difference, row.half))))),
    column(t("lab.verdict"), (row) => el("span", { class: `tone ${row.how}` }, verdictSaid(row.how))),
  ], effects);
  document.getElementById("outcomes").replaceChildren(el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": title }, made));
}

/** Every policy against every other, and what each costs. */
function fillBetween({ between, money: spent }) {
  const title = t("lab.between", { outcome: inside(outcomeTitle()) });
  const all = between.map((_, at) => at);
  const cell = (policy, against) => (policy === against ? "" : el("span", { class: `tone ${between[policy][against][2]}` }, fixed(between[policy][against][0], placesOf(...between[policy][against]), true)));
  const short = (at) => (at ? LETTERS[at - 1] : "0");
  const made = table(title, [column(t("lab.policy"), (at) => `${short(at)} ${nameOf(at)}`), ...all.map((against) => numeric(`− ${short(against)}`, (at) => cell(at, against))), numeric(t("lab.money"), (at) => money(spent[at]))], all);
  document.getElementById("between").replaceChildren(el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": title }, made));
}
