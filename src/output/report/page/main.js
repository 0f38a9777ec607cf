// The page from top to bottom; everything is drawn again when the language or the width
// changes; what was chosen stays chosen.

function languageSwitch() {
  const button = (code) => el("button", {
    type: "button", lang: code, "aria-pressed": String(code === state.language),
    onclick: () => {
      state.language = code;
      render();
      document.querySelector(`header button[lang="${code}"]`).focus();
    },
  }, t(`language.${code}`));
  return el("div", { class: "languages", role: "group", "aria-label": t("page.language") }, Object.keys(data.texts).map(button));
}

function header() {
  const { name, question } = data.study.scenario;
  document.title = told(name);
  return [languageSwitch(), el("p", { class: "kind" }, t("page.kind")), el("h1", {}, told(name)), question ? el("p", { class: "question" }, told(question)) : ""];
}

function contents(sections) {
  const links = sections.map((part) => el("li", {}, el("a", { href: `#${part.id}` }, part.querySelector("h2").textContent)));
  return el("ol", {}, links);
}

function render() {
  document.documentElement.lang = state.language;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  figures.length = 0;
  const sections = [asked(), helps(), gains(), unfolds(), network(), robust(), limits(), again()].filter(Boolean);
  document.getElementById("top").replaceChildren(...header());
  const nav = document.getElementById("contents");
  nav.setAttribute("aria-label", t("page.contents"));
  nav.replaceChildren(contents(sections));
  document.getElementById("main").replaceChildren(...sections);
  for (const redraw of figures) redraw();
}

/** Draws again when the width has changed and settled. */
function watchWidth() {
  const main = document.getElementById("main");
  let width = main.clientWidth;
  let waiting = 0;
  new ResizeObserver(() => {
    if (main.clientWidth === width) return;
    width = main.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(() => figures.forEach((redraw) => redraw()), 120);
  }).observe(main);
}

render();
watchWidth();
document.documentElement.dataset.ready = "true";
