// Time: one month for the whole page. A cross-line over every time chart, the values of all policies read
// out, arrow keys, play.

const timeCharts = new Set();
const lastMonth = data.study.scenario.months - 1;

/** Makes a drawn chart follow the month. */
function timeChart(element) {
  if (timeCharts.has(element)) return placeLine(element);
  timeCharts.add(element);
  element.classList.add("time");
  element.append(el("div", { class: "cross", hidden: true, "aria-hidden": "true" }));
  element.on("plotly_hover", ({ points }) => toMonth(Math.round(points[0].x)));
  return placeLine(element);
}

/** Puts the cross-line of a chart at the month. */
function placeLine(element) {
  if (!element.querySelector(".cross")) element.append(el("div", { class: "cross", hidden: true, "aria-hidden": "true" }));
  const line = element.querySelector(".cross");
  const { xaxis, _size: size } = element._fullLayout;
  line.hidden = state.month === null;
  if (state.month === null) return;
  line.style.left = `${size.l + xaxis.d2p(state.month)}px`;
  line.style.top = `${size.t}px`;
  line.style.height = `${size.h}px`;
}

/** What policies have in the month, as one line. */
function readout() {
  if (state.month === null) return t("time.help");
  const chart = [...timeCharts].find((element) => element.isConnected && element.data);
  if (!chart) return "";
  const means = chart.data.filter((trace) => trace.meta.part === "mean" && trace.yaxis === "y");
  const values = means.map((trace) => `${data.letters[trace.meta.policy] || policyName(trace.meta.policy)} ${exact(trace.y[state.month])}`);
  return t("time.readout", { month: monthName(monthAfter(state.month)), values: values.join(t("list.comma")) });
}

/** Moves to a month; the address keeps it once the moving has come to rest. */
let resting = 0;
function toMonth(month) {
  const next = Math.max(0, Math.min(lastMonth, month));
  if (next === state.month) return;
  state.month = next;
  for (const element of timeCharts) {
    if (element.isConnected) placeLine(element);
    else timeCharts.delete(element);
  }
  for (const said of document.querySelectorAll(".readout")) said.textContent = readout();
  for (const input of document.querySelectorAll(".month input")) input.value = next;
  for (const moved of monthFollowers) moved();
  clearTimeout(resting);
  resting = setTimeout(() => history.replaceState(null, "", `#${addressOf()}`), 400);
}

const monthFollowers = [];
const followMonth = (moved) => monthFollowers.push(moved);

/** Slider, play and readout. */
function timeControls() {
  let playing = 0;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const stop = () => {
    cancelAnimationFrame(playing);
    playing = 0;
    button.textContent = t("time.play");
  };
  const begin = () => {
    const from = (state.month ?? lastMonth) >= lastMonth ? 0 : state.month;
    const start = performance.now();
    const step = (now) => {
      const month = from + Math.floor((now - start) / (calm ? 400 : 66)) * (calm ? 12 : 1);
      toMonth(month);
      if (month >= lastMonth || !button.isConnected) return stop();
      playing = requestAnimationFrame(step);
      return null;
    };
    button.textContent = t("time.pause");
    playing = requestAnimationFrame(step);
  };
  const button = el("button", { type: "button", class: "play", onclick: () => (playing ? stop() : begin()) }, t("time.play"));
  const input = el("input", { type: "range", min: 0, max: lastMonth, step: 1, value: state.month ?? lastMonth, "aria-label": t("time.month"), oninput: () => toMonth(Number(input.value)) });
  return el("div", { class: "month" }, button, input, el("p", { class: "readout", role: "status" }, readout()));
}
