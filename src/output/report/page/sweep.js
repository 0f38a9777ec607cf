// What a sweep varied; and policies as tables name them: title and the key that the files use.

/** Whether the study is a sweep: it counts design points where a comparison counts pairs. */
const isSweep = () => Boolean(data.sweep);

/** A policy with the key by which the CSVs call it. */
function policyCell(index) {
  const key = data.study.scenario.policies[index].name;
  const title = policyName(index);
  return title === key ? title : el("span", {}, title, " ", el("code", { class: "key" }, key));
}

/** The path of an input, which breaks after its dots and dashes alone. */
const pathCode = (path) => el("code", { class: "path" }, path.split(/(?<=[._])/).map((part) => [part, el("wbr")]));

/** Values that an input took. */
function inputRange({ range: [low, high], values }) {
  return values.length ? values.join(t("list.comma")) : t("sweep.span", { low, high });
}

function designTable() {
  const term = ({ path, term }) => (path.startsWith("policy.") && term ? term : null);
  const known = (kind, row) => (term(row) ? t(`${kind}.${term(row)}`) : null);
  return table(t("sweep.title"), [
    column(t("sweep.input"), (row) => pathCode(row.path)),
    column(t("sweep.range"), inputRange),
    column(t("sweep.unit"), (row) => known("term_unit", row) ?? data.texts[language.now][`measured.${row.unit}`] ?? el("span", { lang: "en" }, row.unit)),
    column(t("sweep.meaning"), (row) => known("term", row) ?? el("span", { lang: "en" }, row.meaning)),
  ], data.sweep.inputs);
}

/** Inputs, ranges, method and number of points of a sweep; nothing in a comparison. */
function design() {
  if (!isSweep()) return null;
  const { method, points, inputs } = data.sweep;
  const words = t("sweep.words", { method: t(`method.${method}`), points, inputs: inputs.length });
  return figure({
    id: "design", title: () => t("sweep.title"), note: () => words,
    draw: (picture) => picture.replaceChildren(el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("sweep.title") }, designTable())),
  }).frame;
}
