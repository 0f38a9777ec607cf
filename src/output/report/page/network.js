// Who shares with whom: provinces against provinces before and after a policy; a province that is clicked
// with its neighbours.

const matrixTitle = () => t("matrix.title", { policy: policyName(state.policy) });

/** Provinces of the matrix with the share of ties over which they give data to one of them, and get it. */
function neighbours(drawn, province) {
  const at = drawn.data[0].y.indexOf(province);
  const [before, after] = drawn.data.map((trace) => trace.z);
  const rows = drawn.data[0].y.map((name, i) => ({ name, gives: [before[at][i], after[at][i]], gets: [before[i][at], after[i][at]] }));
  return rows.filter((row) => isKnown(row.gives[0]) || isKnown(row.gets[0]));
}

/** The table of a province's neighbours. */
function neighbourTable(drawn, province) {
  const [base, policy] = [policyName(0), policyName(state.policy)];
  return table(t("matrix.neighbours", { province }), [
    column(t("table.place"), (row) => row.name),
    ...[["gives", "network.from"], ["gets", "network.to"]].flatMap(([key, word]) => [base, policy].map((name, i) => numeric(`${t(word)}, ${name}`, (row) => percent(row[key][i])))),
  ], neighbours(drawn, province));
}

/** A province and its neighbours as nodes and links: the thicker the link, the more of its ties share. */
function egoFigure(drawn, province) {
  const rows = neighbours(drawn, province).filter((row) => row.name !== province);
  const spot = (i) => [Math.cos((2 * Math.PI * i) / rows.length), Math.sin((2 * Math.PI * i) / rows.length)];
  const link = (row, i) => ({ type: "scatter", mode: "lines", x: [0, spot(i)[0]], y: [0, spot(i)[1]], hoverinfo: "skip", line: { color: "#0072b2", width: 0.6 + 5 * (row.gives[1] ?? 0) }, opacity: 0.3 + 0.7 * (row.gives[1] ?? 0) });
  const nodes = { type: "scatter", mode: "markers+text", x: [0, ...rows.map((_, i) => spot(i)[0] * 1.02)], y: [0, ...rows.map((_, i) => spot(i)[1] * 1.02)], text: [province, ...rows.map((row) => row.name)], textposition: ["top center", ...rows.map((_, i) => (spot(i)[1] >= 0 ? "top center" : "bottom center"))], textfont: { size: 11 }, cliponaxis: false, hoverinfo: "text", hovertext: [province, ...rows.map((row) => `${row.name}: ${percent(row.gives[1])}`)], marker: { size: 9, color: "#1b2530" } };
  const axis = { visible: false, range: [-1.35, 1.35], fixedrange: true };
  const layout = { height: 360, showlegend: false, xaxis: axis, yaxis: { ...axis, scaleanchor: "x" }, margin: { l: 4, r: 4, t: 4, b: 4 }, paper_bgcolor: "#00000000", plot_bgcolor: "#00000000", font: { color: "#1b2530" }, dragmode: false };
  return { data: [...rows.map(link), nodes], layout };
}

function matrixNumbers(picture) {
  const drawn = canvas(picture);
  return drawn.data.map((trace) => table(`${matrixTitle()}: ${trace.name}`, [
    column(t("table.place"), (row) => row.name),
    ...trace.y.map((name, i) => numeric(name, (row) => percent(row.cells[i]))),
  ], trace.y.map((name, i) => ({ name, cells: trace.z[i] }))));
}

function network() {
  if (!data.network || !data.national.length) return null;
  const shown = chosenIn("network", { province: null });
  const ego = el("div", { class: "ego" });
  let holder = null;
  const fillEgo = async (drawn) => {
    if (!shown.province || !drawn.data[0].y.includes(shown.province)) return ego.replaceChildren();
    const circle = el("div", { class: "plot" });
    ego.replaceChildren(el("h4", {}, t("matrix.neighbours", { province: shown.province })), el("div", { class: "two" }, circle, el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": shown.province }, neighbourTable(drawn, shown.province))));
    return plot(circle, egoFigure(drawn, shown.province), t("matrix.neighbours", { province: shown.province }));
  };
  const made = figure({
    id: "network", title: matrixTitle, note: () => t("matrix.note"), on: ["policy"], numbers: () => matrixNumbers(holder),
    draw: async (picture) => {
      holder = picture;
      const drawn = canvas(picture);
      picture.replaceChildren(drawn, ego);
      await plot(drawn, figureOf("matrix", state.policy - 1), matrixTitle());
      drawn.removeAllListeners("plotly_click");
      drawn.on("plotly_click", ({ points }) => {
        shown.province = points[0].y;
        pick.querySelector("select").value = 1 + drawn.data[0].y.indexOf(shown.province);
        fillEgo(drawn);
      });
      await fillEgo(drawn);
    },
  });
  const names = figureOf("matrix", 0).data[0].y;
  const pick = choice(t("choose.province"), ["–", ...names], Math.max(0, 1 + names.indexOf(shown.province)), (at) => {
    shown.province = at ? names[at - 1] : null;
    fillEgo(canvas(holder));
  });
  made.controls.append(policyChoice(), pick);
  return section("network", made.frame);
}
