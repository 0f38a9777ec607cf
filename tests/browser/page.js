// A report opened in Chromium as a reader opens it: node page.js FOLDER

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { close, readCsv, shown } from "./csv.js";
import { misplaced } from "./misplaced.js";
import { browser, drawn, open } from "./open.js";

const folder = resolve(process.argv[2]);
const { scenario, replications } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
const effects = readCsv(folder, "effects.csv");
const costs = readCsv(folder, "costs.csv");
const policies = scenario.policies.slice(1).map((policy) => policy.name);
const main = [...new Set(costs.map((row) => row.outcome).filter(Boolean))];
const provinces = scenario.geography.provinces;

const { page, end } = await browser();
const complaints = [];
page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
page.on("request", (request) => {
  if (!/^(file|data):/.test(request.url())) complaints.push(`request: ${request.url()}`);
});

const count = (selector) => page.locator(selector).count();
const figureIs = (id) => page.locator(`figure#${id}`);

/** Texts of a figure's table: opens it if need be; one list per row, the header first. */
async function tableOf(id, which = 0) {
  const details = figureIs(id).locator("details");
  if ((await details.getAttribute("open")) === null) await details.locator("summary").click();
  await details.locator("table").first().waitFor();
  return details.locator("table").nth(which).evaluate((table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent)));
}

/** Chooses every option of a list in a figure in turn. */
async function everyOption(id, which, check) {
  const list = figureIs(id).locator(".controls select").nth(which);
  if ((await list.count()) === 0) return;
  for (let i = 0; i < (await list.locator("option").count()); i += 1) {
    await list.selectOption(String(i));
    await check();
  }
}

const shipped = scenario.name === "Remedies for collaborative governance in 31 provinces";

const checks = {
  async "opens in under 3 seconds"() {
    const begun = Date.now();
    await open(page, folder);
    const took = Date.now() - begun;
    console.log(`     opened in ${took} ms`);
    assert.ok(took < 3000);
  },

  async "every figure is drawn with the right number of marks"() {
    assert.equal(await count("#effects .picture svg"), main.length);
    assert.equal(await count("#effects g[aria-label=dot] circle"), main.length * policies.length);
    assert.equal(await count("#scorecard tbody tr"), policies.length + 1);
    assert.equal(await count("#scorecard tbody tr:first-child td"), main.length + 1);
    assert.equal(await count("#cost g[aria-label=dot] circle"), policies.length);
    assert.equal(await count("#cost .frontier path"), 1);
    assert.equal(await count("#map g[aria-label=cell] rect"), provinces.length);
    assert.equal(await count("#map .beside g[aria-label=dot] circle"), 1 + scenario.geography.regions.length);
    const chosen = Math.min(3, policies.length);
    assert.equal(await count("#unfold .median path"), 1 + 2 * chosen);
    assert.equal(await count("#unfold .band-90 path"), 1 + 2 * chosen);
    assert.equal(await count("#ranks .names text"), policies.length + 1);
    const ranks = await page.locator("#ranks g[aria-label=text]:not(.names) text").allTextContents();
    assert.equal(ranks.map(Number).reduce((a, b) => a + b), replications * (policies.length + 1));
    assert.equal(await count(".sentences li"), policies.length);
    const distinct = new Set(scenario.policies.flatMap((policy) => policy.interventions.map((i) => JSON.stringify([i.name, i.course, i.target]))));
    assert.equal(await count("#timeline tbody tr"), distinct.size);
  },

  async "the network shows every government and tie before and after"() {
    const governments = readCsv(folder, "governments.csv");
    const ties = readCsv(folder, "ties.csv");
    assert.equal(await count("#network .governments circle"), 2 * governments.length);
    assert.equal(await count("#network .idle-ties path, #network .sharing-ties path"), (2 * ties.length) / (policies.length + 1));
    const before = ties.filter((row) => row.policy === "baseline" && row.first_shares + row.second_shares !== "00");
    assert.equal(await page.locator("#network .panel").first().locator(".sharing-ties path").count(), before.length);
  },

  async "files that only some studies have are drawn too"() {
    const rows = (file) => (existsSync(join(folder, file)) ? readCsv(folder, file) : []);
    const first = rows("distribution.csv").filter((row) => row.policy === policies[0]);
    assert.equal(await count("#distribution"), first.length ? 1 : 0);
    if (first.length) assert.equal(await count("#distribution g[aria-label=bar] rect"), 2 * first.length);
    const parts = rows("decomposition.csv").filter((row) => row.outcome === main[0] && /^(shapley|total)$/.test(row.contribution));
    assert.equal(await count("#decomposition g[aria-label=bar] rect"), parts.length);
    const topics = scenario.topics ?? [];
    const language = topics.some((topic) => topic.language === "en") ? "en" : topics[0]?.language;
    assert.equal(await count("#topics .picture svg"), topics.filter((topic) => topic.language === language).length);
  },

  async "tables equal the files"() {
    const table = await tableOf("effects");
    const judged = effects.filter((row) => row.scope === "nation" && row.period === "last_12_months");
    assert.equal(table.length - 1, judged.length);
    const outcomes = [...new Set(judged.map((row) => row.outcome))];
    const order = outcomes.flatMap((outcome) => policies.map((policy) => judged.find((row) => row.outcome === outcome && row.policy === policy)));
    order.forEach((row, i) => {
      const expected = [row.n_pairs, shown(row.baseline_mean), shown(row.policy_mean), shown(row.mean_difference, true), shown(row.ci_low, true), shown(row.ci_high, true)];
      table[i + 1].slice(2, 8).forEach((cell, at) => assert.ok(close(cell, expected[at]), `${row.policy} ${row.outcome}: ${cell} for ${expected[at]}`));
    });
    const cost = await tableOf("cost");
    assert.equal(cost.length - 1, policies.length);
    const series = await tableOf("unfold");
    assert.equal(series.length - 1, scenario.months);
  },

  async "the slider moves the map through the years"() {
    const periods = [...new Set(effects.map((row) => row.period))].filter((period) => period.startsWith("year_"));
    const years = periods.map((period) => period.slice("year_".length)).sort();
    const title = figureIs("map").locator("h3");
    await page.locator("#map input[type=range]").focus();
    await page.keyboard.press("ArrowLeft");
    assert.ok((await title.textContent()).includes(years.at(-1)));
    assert.ok((await page.locator("#map input[type=range]").getAttribute("aria-valuetext")).includes(years.at(-1)));
    const policy = await page.locator("#map select").nth(0).inputValue();
    const table = await tableOf("map");
    for (const row of effects.filter((row) => row.policy === policies[policy] && row.outcome === main[0] && row.period === `year_${years.at(-1)}` && row.scope_kind === "province")) {
      const found = table.find((cells) => cells[0] === row.scope);
      const expected = [shown(row.baseline_mean), shown(row.mean_difference, true)];
      assert.ok(close(found[1], expected[0]) && close(found[3], expected[1]), `${row.scope}: ${found} for ${expected}`);
    }
    await page.locator("#map input[type=range]").focus();
    await page.keyboard.press("Home");
    assert.ok((await title.textContent()).includes(years[0]));
  },

  async "choices change pictures and sentences"() {
    const first = await page.locator(".sentences li").first().textContent();
    await page.locator("#helps > .controls select").selectOption(String(main.length - 1));
    assert.notEqual(await page.locator(".sentences li").first().textContent(), first);
    for (const id of ["cost", "map", "unfold", "ranks"]) {
      const before = await figureIs(id).locator("h3").textContent();
      await figureIs(id).locator("select").nth(id === "map" ? 1 : 0).selectOption(String(main.length - 1));
      assert.notEqual(await figureIs(id).locator("h3").textContent(), before, id);
    }
    for (let view = 0; view < 4; view += 1) {
      await page.locator("#map select").nth(2).selectOption(String(view));
      assert.equal(await count("#map g[aria-label=cell] rect"), provinces.length);
    }
    const box = page.locator("#unfold input[type=checkbox]:checked").first();
    await box.click();
    assert.equal(await count("#unfold .median path"), 1 + 2 * (Math.min(3, policies.length) - 1));
  },

  async "the switch turns the page into Chinese and back"() {
    await page.locator("header button[lang=zh]").click();
    assert.equal(await page.locator("html").getAttribute("lang"), "zh");
    assert.match(await page.locator("#helps h2").textContent(), /什么最有效/);
    assert.match(await page.locator(".sentences li").first().textContent(), /人均每年/);
    assert.match(await page.locator("#cost svg").last().textContent(), /元/);
    const left = await page.locator("h2, h3, summary, .choice > span").allTextContents();
    for (const text of left) assert.match(text, /[\u4e00-\u9fff]/, `left in English: ${text}`);
    await page.locator("header button[lang=en]").click();
    assert.match(await page.locator("#helps h2").textContent(), /What helps most/);
  },

  async "a change of language keeps what was chosen"() {
    const last = String(main.length - 1);
    const lists = ["#helps > .controls select", "#cost select", "#unfold select", "#ranks select"].map((list) => page.locator(list).first());
    for (const list of lists) await list.selectOption(last);
    const ticks = await count("#unfold input:checked");
    await page.locator("header button[lang=zh]").click();
    for (const list of lists) assert.equal(await list.inputValue(), last);
    assert.equal(await count("#unfold input:checked"), ticks);
    await page.locator("header button[lang=en]").click();
  },

  async "no sentence is left in English where all names ship"() {
    if (!shipped) return;
    await page.locator("header button[lang=zh]").click();
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
    const said = await page.locator("h1, h2, h3, h4, .question, .note, .axis, .tick, .sentences li, .policies dt, .policies dd, figure th, figure option, svg text:not(#topics text), svg title").allTextContents();
    // Tiles of the map bear both names of a province.
    const names = provinces.map((province) => province.name);
    const english = said.filter((text) => /[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}/.test(text) && !names.includes(text));
    assert.deepEqual(english, []);
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = false; }));
    await page.locator("header button[lang=en]").click();
  },

  async "texts stay in their pictures and off each other, wide and narrow, in both languages"() {
    for (const language of ["en", "zh"]) {
      await page.locator(`header button[lang=${language}]`).click();
      for (const width of [1440, 400]) {
        await page.setViewportSize({ width, height: 900 });
        await page.waitForTimeout(400);
        const check = async () => assert.deepEqual(await misplaced(page), [], `${language}, ${width} px`);
        await check();
        await everyOption("distribution", 0, check);
        await everyOption("cost", 0, check);
        await everyOption("unfold", 0, check);
        await everyOption("attention", 0, check);
        await everyOption("map", 2, check);
      }
    }
    await page.locator("header button[lang=en]").click();
    await page.setViewportSize({ width: 1280, height: 900 });
  },

  async "provinces where nothing is clear and worth stating are hatched"() {
    for (const list of [0, 1, 2]) await page.locator("#map select").nth(list).selectOption("0");
    await page.locator("#map input[type=range]").focus();
    await page.keyboard.press("End");
    const judged = effects.filter((row) => row.policy === policies[0] && row.outcome === main[0] && row.scope_kind === "province" && row.period === "last_12_months");
    const least = await page.evaluate((name) => JSON.parse(document.getElementById("data").textContent).outcomes.find((one) => one.name === name).least, main[0]);
    const little = (low, high) => (low <= 0 && high >= 0) || (low > -least && high < least);
    const unclear = judged.filter((row) => row.ci_low === "" || little(Number(row.ci_low), Number(row.ci_high)));
    assert.equal(await count("#map g[fill^='url'] rect"), unclear.length);
  },

  async "numbers can be read on the colours of their cells"() {
    const faint = await page.evaluate(() => {
      const light = (colour) => {
        const parts = colour.match(/\d+/g).map((part) => Number(part) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
      };
      const fills = (selector) => [...document.querySelectorAll(selector)].map((one) => light(getComputedStyle(one).fill));
      return ["#attention", "#ranks"].flatMap((id) => {
        const inks = fills(`${id} g[aria-label=text]:not(.names) text`);
        return fills(`${id} g[aria-label=cell] rect`).map((cell, i) => (Math.max(cell, inks[i]) + 0.05) / (Math.min(cell, inks[i]) + 0.05)).filter((contrast) => contrast < 4.5);
      });
    });
    assert.deepEqual(faint, []);
  },

  async "a step has a price only where it is clear that there is one"() {
    const table = await tableOf("cost");
    for (const [name, , , difference, price] of table.slice(1)) {
      const known = effects.filter((row) => row.outcome === main[0] && row.scope === "nation" && row.period === "last_12_months");
      const row = known.find((one) => close(shown(one.mean_difference, true), difference));
      if (row && !(Number(row.ci_low) > 0) && row.direction === "up") assert.equal(price, "–", name);
    }
  },

  async "every picture and control has an accessible name"() {
    const nameless = await page.evaluate(() => {
      const named = (element) => element.getAttribute("aria-hidden") === "true" || element.getAttribute("aria-label") ||
        document.getElementById(element.getAttribute("aria-labelledby") ?? "")?.textContent || element.labels?.[0]?.textContent || (element.tagName === "BUTTON" && element.textContent);
      const all = document.querySelectorAll("svg:not(svg svg), figure, section, nav, input, select, button, [role=group], [tabindex='0']:not(code)");
      return [...all].filter((element) => !named(element)).map((element) => element.outerHTML.slice(0, 120));
    });
    assert.deepEqual(nameless, []);
    assert.equal(await page.locator("h1").count(), 1);
    assert.equal(await page.locator("table:not(:has(caption))").count(), 0);
  },

  async "everything can be reached and used by keyboard"() {
    await page.reload();
    await drawn(page);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    const wanted = await page.evaluate(() => [...document.querySelectorAll("a, button, select, input, summary")].length);
    const reached = new Set();
    for (let i = 0; i < 3 * wanted + 40; i += 1) {
      reached.add(await page.evaluate(() => {
        const all = [...document.querySelectorAll("a, button, select, input, summary")];
        return all.indexOf(document.activeElement);
      }));
      await page.keyboard.press("Tab");
    }
    reached.delete(-1);
    assert.equal(reached.size, wanted);
    await page.locator("#ranks summary").focus();
    await page.keyboard.press("Enter");
    await page.locator("#ranks details table").first().waitFor();
    await page.locator("#unfold input[type=checkbox]").first().focus();
    await page.keyboard.press("Space");
    assert.equal(await page.evaluate(() => document.activeElement.type), "checkbox");
    await page.locator("header button[lang=zh]").focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.lang), "zh");
  },

  async "a narrow screen needs no sideways scrolling"() {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.waitForTimeout(400);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
    assert.equal(await count("#map g[aria-label=cell] rect"), provinces.length);
  },

  async "it prints"() {
    await page.setViewportSize({ width: 1280, height: 900 });
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    assert.ok(pdf.length > 50_000);
  },

  async "no complaint, no request"() {
    assert.equal(await count("script"), 3);
    assert.deepEqual(complaints, []);
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok   ${name}`);
  } catch (fault) {
    failed += 1;
    console.log(`FAIL ${name}\n${fault.stack}`);
  }
}
await end();
process.exit(failed ? 1 : 0);
