// Files: save the scenario, open one, write results.

const FILES = ["report.html", "effects.csv", "runs.csv", "series.csv", "between_policies.csv", "costs.csv", "distribution.csv", "policies.csv", "manifest.json"];

let saveAsked = false;

/** Saves what stands on the page, once the server has understood it. */
function saveScenario() {
  saveAsked = true;
  saveIfAsked();
}

function saveIfAsked() {
  if (!saveAsked || !isSettled()) return;
  saveAsked = false;
  const name = `${lab.settings.name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "scenario"}-lab.toml`;
  save(name, lab.toml, "application/toml");
  say(t("lab.saved", { name }));
}

/** Tells something that is no fault. */
function say(...what) {
  const box = document.getElementById("refused");
  box.className = "said";
  box.replaceChildren(...what);
}

/** Tells what was refused; the settings that stood before stand again. */
function refuse({ why }) {
  const box = document.getElementById("refused");
  box.className = "faults";
  box.replaceChildren(...why.map((text) => el("pre", {}, text)));
}

const hush = () => document.getElementById("refused").replaceChildren();

async function openFile(file) {
  if (file.size > 900000) return refuse({ why: ["error: a scenario file of this size is not opened here (at most 900 kB)"] });
  return ask({ ask: "open", text: await file.text() });
}

function tellWritten() {
  const links = FILES.map((name) => el("a", { href: `files/${name}`, ...(name === "report.html" ? { target: "_blank", rel: "noopener" } : { download: name }) }, name));
  say(t("lab.written"), " ", ...links.flatMap((link) => [link, " "]));
}

addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  if (file) openFile(file);
});
