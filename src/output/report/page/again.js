// What the model cannot say, and everything needed to run it again.

/** A text with `code` between backticks. */
function withCode(text) {
  return text.split("`").map((part, i) => (i % 2 ? el("code", {}, part) : part));
}

function limits() {
  const said = data.limits.map((english, i) => (language.now === "en" ? english : t(`limit.${i + 1}`)));
  return section("limits", el("p", {}, t("limits.lead")), el("ul", {}, said.map((text) => el("li", {}, withCode(text)))));
}

/** A word of a command line as a shell reads it. */
const quoted = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`);

function again() {
  const { study } = data;
  const command = ["cogov", ...study.command_line.map(quoted)].join(" ");
  const facts = [
    ["again.command", el("code", { class: "command", tabindex: 0 }, command)],
    ["again.version", `cogov ${study.version}, ${t("again.model", { version: study.model_version })}`],
    ["again.seed", study.seed],
    ["again.replications", String(study.replications)],
    ["again.study", el("code", {}, study.study)],
    ["again.result", el("code", {}, study.result_sha256 ?? "–")],
  ];
  const list = facts.map(([key, value]) => [el("dt", {}, t(key)), el("dd", {}, value)]);
  const inputs = table(t("again.inputs"), [
    column(t("again.file"), (row) => row.path), column("SHA-256", (row) => el("code", {}, row.sha256)),
  ], study.inputs);
  return section("again", el("p", {}, t("again.lead")), el("dl", { class: "facts" }, list),
    el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("again.inputs") }, inputs), el("p", { class: "note" }, t("again.files")));
}
