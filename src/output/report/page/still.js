// A page that was written whole: its figures are drawn into their places, the language can be switched.

const drawn = () => [...document.querySelectorAll(`.screen[lang="${language.now}"] [data-figure]`)];

async function drawAll() {
  document.documentElement.lang = language.now;
  for (const place of drawn()) await plot(place, figureOf(place.dataset.figure), place.dataset.title);
  document.documentElement.dataset.ready = "true";
}

const names = { en: "English", zh: "中文" };
const buttons = data.languages.map((code) => el("button", {
  type: "button", lang: code, "aria-pressed": String(code === language.now),
  onclick: () => {
    language.now = code;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.lang === code));
    delete document.documentElement.dataset.ready;
    drawAll();
  },
}, names[code]));
document.getElementById("languages").replaceChildren(el("div", { class: "languages", role: "group", "aria-label": "Language 语言" }, buttons));

await loadPlotly();
await drawAll();
dark.addEventListener("change", drawAll);
let settled = 0;
addEventListener("resize", () => {
  clearTimeout(settled);
  settled = setTimeout(drawAll, 120);
});
