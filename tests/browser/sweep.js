// The report of a sweep as a reader opens it: node sweep.js FOLDER

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readCsv } from "./csv.js";
import { misplaced } from "./misplaced.js";
import { browser, drawn, open } from "./open.js";

const folder = resolve(process.argv[2]);
const { sweep, scenario } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
const { page, end } = await browser();
const complaints = [];
page.on("console", (message) => complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(error.message));

const inLanguage = async (code) => {
  await page.locator(`#languages button[lang=${code}]`).click();
  await drawn(page);
};

/** What was varied stands in a table, and sentences speak of design points instead of pairs. */
async function words() {
  assert.equal(await page.locator("#design tbody tr").count(), sweep.vary.length);
  for (const { path } of sweep.vary) assert.ok((await page.locator("#design").textContent()).includes(path));
  const said = await page.locator("main").textContent();
  assert.ok(/design points/.test(said) && !/pairs agree|in \d+ replications/.test(said));
  assert.doesNotMatch(await page.locator(".sentences").textContent(), /95 % interval/);
  assert.match(await page.locator(".warning:visible").textContent(), /design points/);
  for (const policy of scenario.policies.slice(1)) {
    assert.equal(await page.locator("#scorecard .key", { hasText: policy.name }).count(), 1, policy.name);
  }
  await inLanguage("zh");
  assert.match(await page.locator("#design h3").textContent(), /变动了什么/);
  assert.match(await page.locator(".sentences li").first().textContent(), /设计点/);
  await inLanguage("en");
}

/** Boxes are drawn for every outcome and policy that has one: a bar in a range for each input of it. */
async function boxes() {
  const rows = readCsv(folder, "robustness.csv");
  const outcomes = [...new Set(rows.map((row) => row.outcome))];
  for (const [i, outcome] of outcomes.entries()) {
    await page.locator("#bar select").first().selectOption(String(i));
    await drawn(page);
    const own = rows.filter((row) => row.outcome === outcome && row.failure_box);
    assert.equal(await page.locator("#robustness .boxes .panel").count(), own.length, outcome);
    const inputs = own.map((row) => new Set(row.failure_box.match(/`[^`]+`/g)).size);
    const bars = await page.locator("#robustness .js-plotly-plot").evaluateAll((plots) => plots.map((plot) => plot.data[1].y.length));
    assert.deepEqual(bars, inputs, outcome);
  }
}

/** Every input stands in the tornado, where the design tells which matter. */
async function tornado() {
  const there = existsSync(join(folder, "sensitivity.csv"));
  assert.equal(await page.locator("#sensitivity").count(), there ? 1 : 0);
  if (!there) return;
  const inputs = await page.locator("#sensitivity .js-plotly-plot").evaluate((plot) => plot.data[0].y.length);
  assert.equal(inputs, sweep.vary.length);
}

/** Texts have room in both languages, wide and narrow. */
async function room() {
  for (const language of ["en", "zh"]) {
    await inLanguage(language);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(400);
      await drawn(page);
      assert.deepEqual(await misplaced(page), [], `${language}, ${width} px`);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
    }
  }
}

try {
  await open(page, folder);
  await words();
  await boxes();
  await tornado();
  await room();
  assert.deepEqual(complaints, []);
} catch (fault) {
  console.log(fault.stack);
  process.exitCode = 1;
}
await end();
