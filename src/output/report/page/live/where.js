// Where a lever acts: level, regions, alliances, provinces on their tiles, the lowest, a random share.

const MEASURES = ["institution", "platform", "capacity", "openness", "fiscal"];
const EVERYWHERE = { levels: [], frontline: false, provinces: [], regions: [], alliances: [], lowest: null, random_share: null };

/** A target in words. */
function targetSaid(target) {
  const { bench } = lab;
  const some = [
    target.frontline ? t("lab.frontline") : null,
    ...target.levels.map((level) => bench.levels.find(([key]) => key === level)?.[1] ?? level),
    ...target.regions.map((at) => named("region", bench.regions[at])),
    ...target.alliances.map((at) => named("alliance", bench.alliances[at])),
    ...target.provinces.map((at) => provinceName(bench.provinces[at])),
    target.lowest ? `${t("lab.lowest")} ${spoken(typeof target.lowest.by === "string" ? target.lowest.by : "attention")} ${percent(target.lowest.share)}` : null,
    target.random_share !== null ? `${percent(target.random_share)}` : null,
  ].filter(Boolean);
  return some.length > 6 ? `${some.slice(0, 6).join(", ")} …` : some.join(", ") || t("lab.everywhere");
}

/** `list` with or without `item`, in the order of the country. */
const toggled = (list, item) => (list.includes(item) ? list.filter((other) => other !== item) : [...list, item].sort((a, b) => a - b));

/** The controls of a target; `edit` changes it. */
function whereControls(id, target, edit) {
  const { bench } = lab;
  const group = (title, names, key) => (names.length ? el("fieldset", {}, el("legend", {}, title), names.map((name, at) =>
    tick(name, target[key].includes(at), () => edit((of) => { of[key] = toggled(of[key], at); })))) : null);
  const level = target.frontline ? "frontline" : target.levels[0] ?? "";
  const levels = el("select", { onchange: () => edit((of) => {
    of.frontline = levels.value === "frontline";
    of.levels = ["", "frontline"].includes(levels.value) ? [] : [levels.value];
  }) }, [["", t("lab.any")], ["frontline", t("lab.frontline")], ...bench.levels].map(([key, name]) => el("option", { value: key, selected: key === level }, name)));
  const by = target.lowest ? String(target.lowest.by) : "";
  const lowest = el("select", { onchange: () => edit((of) => { of.lowest = lowest.value ? { by: lowest.value, share: of.lowest?.share ?? 0.25 } : null; }) },
    [["", t("lab.nothing")], ...MEASURES.map((name) => [name, spoken(name)])].map(([key, name]) => el("option", { value: key, selected: key === by }, name)));
  const labelled = (title, control) => el("label", { class: "choice" }, el("span", {}, title), control);
  const share = numberField(t("lab.share"), target.lowest?.share ?? 1, { min: 0.01, max: 1, step: 0.01 }, (value) => edit((of) => { if (of.lowest) of.lowest.share = value; }));
  const random = numberField(t("lab.random"), target.random_share ?? 1, { min: 0.01, max: 1, step: 0.01 }, (value) => edit((of) => { of.random_share = value < 1 ? value : null; }));
  return el("div", { class: "where" },
    group(t("lab.regions"), bench.regions.map((name) => named("region", name)), "regions"),
    tiles(id, target, edit),
    group(t("lab.alliances"), bench.alliances.map((name) => named("alliance", name)), "alliances"),
    el("div", { class: "row-wrap" }, labelled(t("lab.level"), levels), labelled(t("lab.lowest"), lowest), target.lowest ? share : null, random));
}

/** Provinces as tiles to press. */
function tiles(id, target, edit) {
  const { provinces } = lab.bench;
  const [left, top] = [0, 1].map((axis) => Math.min(...provinces.map(({ tile }) => tile[axis])));
  const buttons = provinces.map((province, at) => {
    const on = target.provinces.includes(at);
    const button = el("button", {
      type: "button", class: "tile", "aria-pressed": String(on), title: provinceName(province), "aria-label": provinceName(province),
      onclick: () => edit((of) => { of.provinces = toggled(of.provinces, at); }),
    }, isSecond() && province.second_name ? province.second_name : province.iso.split("-").at(-1));
    button.style.gridColumn = province.tile[0] - left + 1;
    button.style.gridRow = province.tile[1] - top + 1;
    return button;
  });
  return el("fieldset", { class: "tiles-field" }, el("legend", {}, t("lab.provinces")), el("div", { class: "tiles" }, buttons));
}
