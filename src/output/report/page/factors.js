// What policy documents speak of: the words of each factor, and the factors of each province.

/** Topics in the language of the reader where there are some, else in the first. */
function topicsToShow() {
  const all = data.study.scenario.topics ?? [];
  const own = all.filter((topic) => topic.language === state.language);
  return own.length ? own : all.filter((topic) => topic.language === all[0].language);
}

/** The likeliest words of one factor. */
function wordPlot({ factor, words }, width, high) {
  const first = words.slice(0, 8).map(([word, share], i) => ({ word, share, i }));
  const frame = rowFrame(first.map(({ word }) => word), width, 19);
  const picture = Plot.plot({
    width, height: 12 + frame.height, marginLeft: frame.marginLeft, marginRight: 44, marginTop: 4, marginBottom: 8, style: STYLE,
    x: { axis: null, domain: [0, high] }, y: frame.y,
    marks: [
      frame.names,
      Plot.barX(first, { x: "share", y: "i", fill: COLOURS.better, ...frame.inset }),
      Plot.text(first, { x: "share", y: "i", dy: frame.dy, text: ({ share }) => percent(share), textAnchor: "start", dx: 5, fill: INK }),
    ],
  });
  name(picture, `${named("factor", factor)}: ${first.map(({ word }) => word).join(t("list.comma"))}`);
  return picture;
}

/** The words by which each factor is told: a small picture for each. */
function topicsFigure() {
  if (!data.study.scenario.topics?.length) return [];
  const draw = (width) => {
    const high = d3.max(topicsToShow(), (topic) => d3.max(topic.words, ([, share]) => share));
    const each = width > 900 ? Math.floor((width - 60) / 3) : Math.min(width, 340);
    return el("div", { class: "panels" }, topicsToShow().map((topic) => el("div", { class: "panel" }, el("h4", {}, named("factor", topic.factor)), wordPlot(topic, each, high))));
  };
  const numbers = () => table(t("topics.title"), [
    column(t("topics.factor"), (row) => named("factor", row.factor)), column(t("topics.word"), (row) => row.word), numeric(t("topics.share"), (row) => exact(row.share)),
  ], topicsToShow().flatMap(({ factor, words }) => words.map(([word, share]) => ({ factor, word, share }))));
  return [figure({ id: "topics", title: () => t("topics.title"), note: () => t("topics.note"), draw, numbers }).frame];
}

const attentionColours = () => ({
  type: "linear", scheme: "viridis", reverse: true, domain: [0, d3.max(data.study.scenario.geography.provinces, (province) => d3.max(province.attention))],
});

/** Every province and factor in one table of colours; headings are turned where they have no room. */
function heatTable(factors, width) {
  const { provinces } = data.study.scenario.geography;
  const names = provinces.map(provinceName);
  const wide = Math.min(width, 860);
  const color = attentionColours();
  const scale = Plot.scale({ color });
  const cells = provinces.flatMap(({ attention }, i) => attention.map((share, f) => ({ i, f, share })));
  const mean = factors.map((_, f) => d3.mean(provinces, ({ attention }) => attention[f]));
  const marginLeft = widest(names) + 14;
  const turned = widest(factors) + 6 > (wide - marginLeft) / factors.length;
  const at = { x: "f", y: "i" };
  return Plot.plot({
    width: wide, height: 20 + (turned ? widest(factors) : 16) + 17 * names.length, marginLeft, marginTop: turned ? widest(factors) + 14 : 26, marginRight: 4, marginBottom: 4, style: STYLE,
    x: { type: "band", domain: d3.range(factors.length), axis: null, padding: 0.04 }, y: { type: "band", domain: d3.range(names.length), label: null, tickSize: 0, tickFormat: (i) => names[i], padding: 0.06 },
    color,
    marks: [
      Plot.text(factors, { x: (_, f) => f, frameAnchor: "top", text: (name) => name, rotate: turned ? -90 : 0, textAnchor: turned ? "start" : "middle", lineAnchor: turned ? "middle" : "bottom", dy: -8, className: "names" }),
      Plot.cell(cells, { ...at, fill: "share", rx: 2, title: ({ i, f, share }) => `${names[i]}, ${factors[f]}: ${percent(share)} (${t("factors.mean")} ${percent(mean[f])})` }),
      Plot.text(cells, { ...at, text: ({ share }) => percent(share), fontSize: 10, fill: ({ share }) => inkOn(scale.apply(share)) }),
    ],
  });
}

/** One factor on the map. */
function factorMap(f, factor, width) {
  const tiles = data.study.scenario.geography.provinces.map((province) => {
    const value = province.attention[f];
    return { province, value, text: percent(value), title: `${provinceName(province)}, ${factor}: ${percent(value)}` };
  });
  return [colourLegend(attentionColours(), t("factors.legend", { factor }), width, "percent"), tilePlot(tiles, width, attentionColours())];
}

/** What the policy documents of each province speak of: all factors as a table, or one on the map. */
function attentionFigure() {
  const { provinces } = data.study.scenario.geography;
  if (!provinces.every((province) => province.attention.length === data.factors.length)) return [];
  const factors = data.factors.map((factor) => named("factor", factor));
  const numbers = () => table(t("factors.title"), [
    column(t("table.place"), provinceName),
    ...factors.map((factor, f) => numeric(factor, (province) => exact(province.attention[f]))),
  ], provinces);
  const draw = ({ factor }, width) => (factor === 0 ? heatTable(factors, width) : factorMap(factor - 1, factors[factor - 1], Math.min(width, 760)));
  return [chooser({ id: "attention", title: () => t("factors.title"), note: t("factors.note"), draw, numbers }, [{ key: "factor", label: t("topics.factor"), options: [t("factors.all"), ...factors] }])];
}
