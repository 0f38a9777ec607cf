// How it unfolds: levels and differences of the chosen policies, with names at the ends of their lines.

const TOP = 18;

/** The figure with the chosen policies alone, their names on their lines, events numbered. */
function chosenLines(width) {
  const figure = figureOf("unfold", state.outcome);
  if (!figure) return null;
  const kept = new Set([0, data.against, ...state.policies]);
  figure.data = figure.data.filter((trace) => kept.has(trace.meta.policy));
  const { layout } = figure;
  layout.height = Math.round(Math.max(420, Math.min(560, width * 0.6)));
  const names = width >= NARROW;
  const texts = figure.data.filter((trace) => trace.meta.part === "mean").map((trace) => `A ${trace.name}`);
  layout.margin = { l: 8, r: names ? Math.min(0.36 * width, 16 + 1.08 * linesWidth(texts)) : 26, t: TOP, b: 24 };
  const wide = width - layout.margin.r - 66;
  const places = apart(layout.meta.marks.map(([month]) => (wide * month) / lastMonth), 13, 0, wide);
  layout.annotations = [...["y", "y2"].flatMap((axis) => endNames(figure, axis, names)), ...layout.meta.marks.map((_, i) => ({
    text: String(i + 1), x: (places[i] * lastMonth) / wide, xref: "x", y: 1, yref: "paper", yanchor: "bottom", showarrow: false, font: { size: 11, color: "#56616c" },
  }))];
  return figure;
}

/** Ends of an axis over the lines and bands on it. */
function rangeOf(traces, zero) {
  let [low, high] = zero ? [0, 0] : [Infinity, -Infinity];
  for (const { y } of traces) for (const value of y) if (isKnown(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const room = Math.max((high - low) * 0.05, 1e-4);
  return [low - room, high + room];
}

/** A policy's letter and name at the end of its line, moved apart from the others. */
function endNames(figure, axis, names) {
  const traces = figure.data.filter((trace) => trace.yaxis === axis);
  const means = traces.filter((trace) => trace.meta.part === "mean" && isKnown(trace.y.at(-1)));
  const shown = figure.layout[`yaxis${axis.slice(1)}`];
  shown.range = rangeOf(traces, axis === "y2");
  const [from, to] = shown.domain;
  const high = (figure.layout.height - TOP - 24) * (to - from);
  const [low, top] = shown.range;
  const at = means.map((trace) => high * (1 - (trace.y.at(-1) - low) / (top - low)));
  const moved = apart(at, 14, 2, high - 2);
  return means.map((trace, i) => {
    const letter = data.letters[trace.meta.policy];
    const text = trace.name.replaceAll("<", "&lt;");
    return {
      text: names ? `${letter ? `<b>${letter}</b> ` : ""}${text}` : `<b>${letter || "0"}</b>`, x: 1, xref: "paper", xanchor: "left", xshift: 4, showarrow: false,
      y: to - ((to - from) * moved[i]) / high, yref: "paper", yanchor: "middle", font: { size: 12, color: trace.line.color }, align: "left",
    };
  });
}

/** What the numbers of the marks are. */
const markList = (marks) => el("ol", { class: "marks" }, marks.map(([month, label]) => el("li", {}, `${monthName(monthAfter(month))}: ${label}`)));

function unfoldNumbers() {
  const figure = chosenLines(NARROW);
  const means = figure.data.filter((trace) => trace.meta.part === "mean");
  return ["y", "y2"].map((axis) => {
    const own = means.filter((trace) => trace.yaxis === axis);
    const bands = (trace) => figure.data.filter((other) => other.yaxis === axis && other.meta.policy === trace.meta.policy && other.meta.part === "band");
    const columns = own.flatMap((trace) => [
      numeric(trace.name, (month) => exact(trace.y[month])),
      ...bands(trace).map((band, i) => numeric(t("unfold.quantile", { share: [5, 95][i] }), (month) => exact(band.y[month]))),
    ]);
    const months = Array.from({ length: lastMonth + 1 }, (_, month) => month);
    return table(figure.layout[`yaxis${axis.slice(1)}`].title.text, [column(t("table.month"), (month) => monthName(monthAfter(month))), ...columns], months);
  });
}

/** Months until a lead outcome is back, for each policy. */
function recoveries() {
  return (data.recoveries ?? []).flatMap((event) => [...new Set(event.rows.map((row) => row.main))].map((main) => {
    const label = language.now === "zh" && event.label_zh ? event.label_zh : told(event.label);
    const rows = event.rows.filter((row) => row.main === main);
    return el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": label }, table(t("recovery.title", { outcome: inside(outcomeName(main)), event: label }), [
      column(t("table.policy"), (row) => policyCell(row.policy)),
      numeric(t("recovery.months"), (row) => (isKnown(row.mean) ? row.mean.toFixed(1) : "–")),
      numeric(t("table.low"), (row) => (isKnown(row.low) ? Math.max(0, row.low).toFixed(1) : "–")),
      numeric(t("table.high"), (row) => (isKnown(row.high) ? row.high.toFixed(1) : "–")),
      numeric(t("recovery.back"), (row) => `${row.back} / ${row.of}`),
    ], rows));
  }));
}

function unfolds() {
  if (!figureOf("unfold", 0)) return null;
  const title = () => t("unfold.title", { outcome: outcomeName(state.outcome) });
  const made = figure({
    id: "unfold", title, note: () => t("unfold.mean_note"), on: ["outcome", "policies"], numbers: unfoldNumbers,
    draw: async (picture) => {
      const drawn = canvas(picture);
      const width = picture.clientWidth || 720;
      const chosen = chosenLines(width);
      picture.replaceChildren(drawn, width < NARROW ? letterKey() : "", markList(chosen.layout.meta.marks));
      await plot(drawn, chosen, title());
      drawn.tabIndex = 0;
      timeChart(drawn);
    },
  });
  made.frame.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12 }[event.key];
    if (!step || event.target.tagName === "INPUT") return;
    event.preventDefault();
    toMonth((state.month ?? lastMonth) + step);
  });
  made.controls.append(timeControls());
  return section("unfolds", made.frame, recoveries());
}
