// Time: one month for all pictures, moved by slider, arrow keys and play, and read out.

const monthFollowers = [];

/** Moves to a month. */
function toMonth(month) {
  const next = Math.max(0, Math.min(lastMonth(), Math.round(month)));
  if (next === lab.month) return;
  lab.month = next;
  monthFollowers.forEach((moved) => moved());
  const period = periodOf(next);
  if (period !== looking.period) look({ period });
  else keepSoon();
}

let keeping = 0;
function keepSoon() {
  clearTimeout(keeping);
  keeping = setTimeout(keepAddress, 400);
}

/** The year of a month, by its position among the periods; the last 12 months where none is chosen. */
function periodOf(month) {
  if (month === null) return 0;
  const { periods } = lab.bench;
  const at = periods.findIndex(([name, first, end], i) => i > 0 && first <= month && month < end);
  return Math.max(0, at);
}

const periodTitle = () => {
  const name = lab.bench.periods[looking.period][0];
  return name.startsWith("year_") ? name.slice(5) : t("lab.last");
};

/** What policies have in the month. */
function readout() {
  if (lab.month === null || !lab.numbers) return t("lab.month.help");
  const means = lab.numbers.unfold.data.filter((trace) => trace.meta.part === "mean" && trace.yaxis === "y");
  const said = means.map((trace) => `${trace.meta.policy ? LETTERS[trace.meta.policy - 1] : t("lab.baseline")} ${exact(trace.y[lab.month])}`);
  return `${monthName(monthAfter(lab.month))}: ${said.join(", ")}`;
}

/** Slider, play and what is read out. */
function timeControls() {
  let playing = 0;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const stop = () => {
    cancelAnimationFrame(playing);
    playing = 0;
    button.textContent = t("lab.play");
  };
  const begin = () => {
    const from = (lab.month ?? lastMonth()) >= lastMonth() ? 0 : lab.month;
    const start = performance.now();
    const step = (now) => {
      const month = from + Math.floor((now - start) / (calm.matches ? 400 : 66)) * (calm.matches ? 12 : 1);
      toMonth(month);
      if (month >= lastMonth() || !button.isConnected) return stop();
      playing = requestAnimationFrame(step);
      return null;
    };
    button.textContent = t("lab.pause");
    playing = requestAnimationFrame(step);
  };
  const button = el("button", { type: "button", id: "play", onclick: () => (playing ? stop() : begin()) }, t("lab.play"));
  const input = el("input", { id: "month", type: "range", min: 0, max: lastMonth(), step: 1, value: lab.month ?? lastMonth(), "aria-label": t("lab.month"), oninput: () => toMonth(Number(input.value)), onkeydown: (event) => {
    const step = { PageUp: -12, PageDown: 12 }[event.key];
    if (!step) return;
    event.preventDefault();
    toMonth((lab.month ?? lastMonth()) + step);
  } });
  const said = el("p", { class: "readout", role: "status", id: "readout" }, readout());
  const moved = () => {
    input.value = lab.month ?? lastMonth();
    input.setAttribute("aria-valuetext", lab.month === null ? "" : monthName(monthAfter(lab.month)));
    said.textContent = readout();
  };
  monthFollowers.push(moved);
  moved();
  return el("div", { class: "month" }, button, input, said);
}
