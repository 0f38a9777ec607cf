// The page from top to bottom. It is made again when the language changes; what was chosen stays chosen.

function languageSwitch() {
  const button = (code) => el("button", {
    type: "button", lang: code, "aria-pressed": String(code === language.now),
    onclick: async () => {
      language.now = code;
      history.replaceState(null, "", `#${addressOf()}`);
      await render();
      document.querySelector(`#languages button[lang="${code}"]`).focus();
    },
  }, t(`language.${code}`));
  return el("div", { class: "languages", role: "group", "aria-label": t("page.language") }, LANGUAGES.map(button));
}

function contents(sections) {
  const link = (part) => el("li", {}, el("a", { href: `#${part.id}`, onclick: (event) => goTo(part.id, event) }, part.querySelector("h2").textContent));
  return el("ol", {}, sections.map(link));
}

/** Figures that wait to be drawn. */
const waiting = new Set();
let busy = false;

/** Draws these figures one after the other, each when the page is idle. */
async function draw(some) {
  for (const one of some) waiting.add(one);
  delete document.documentElement.dataset.ready;
  if (busy) return;
  busy = true;
  await (plotly ??= loadPlotly());
  while (waiting.size) {
    const [next] = waiting;
    waiting.delete(next);
    await idle();
    if (figures.includes(next)) await next.redraw();
  }
  busy = false;
  document.documentElement.dataset.ready = "true";
}

async function render() {
  document.documentElement.lang = language.now;
  document.title = told(data.study.scenario.name);
  figures = [];
  followers.length = 0;
  monthFollowers.length = 0;
  timeCharts.clear();
  document.getElementById("languages").replaceChildren(languageSwitch());
  document.getElementById("bar").replaceChildren(bar());
  const sections = [helps(), cost(), gains(), unfolds(), network(), decides(), factors(), asked(), limits(), again()].filter(Boolean);
  const nav = document.getElementById("contents");
  nav.setAttribute("aria-label", t("page.contents"));
  nav.replaceChildren(contents(sections));
  document.getElementById("main").replaceChildren(...sections);
  fillForest();
  follow((changed) => {
    if (changed.some((key) => ["outcome", "period", "against"].includes(key))) fillForest();
    draw(figures.filter(({ on }) => on.some((key) => changed.includes(key))));
  });
  await draw(figures);
}

/** Draws again when the width has changed and settled, and when light turns to dark. */
function watch() {
  const main = document.getElementById("main");
  let width = main.clientWidth;
  let waiting = 0;
  new ResizeObserver(() => {
    if (main.clientWidth === width) return;
    width = main.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(() => draw(figures), 120);
  }).observe(main);
  dark.addEventListener("change", () => draw(figures));
  addEventListener("popstate", async () => {
    const before = language.now;
    const was = { ...state };
    readAddress();
    if (language.now !== before) return render();
    const changed = Object.keys(state).filter((key) => String(state[key]) !== String(was[key]));
    for (const told of followers) told(changed);
    return null;
  });
}

opening.policy = state.policy = mostSpread();
const section0 = readAddress();
await render();
watch();
if (section0) document.getElementById(section0)?.scrollIntoView();
