// The report of a sweep as a reader opens it: node sweep.js FOLDER

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readCsv } from "./csv.js";
import { misplaced } from "./misplaced.js";
import { browser, open } from "./open.js";

const folder = resolve(process.argv[2]);
const { sweep, scenario } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
const { page, end } = await browser();
const complaints = [];
page.on("console", (message) => complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(error.message));

/** Boxes are drawn for every outcome and policy that has one: a bar in a range for each input of it. */
async function boxes() {
  const rows = readCsv(folder, "robustness.csv");
  const outcomes = [...new Set(rows.map((row) => row.outcome))];
  for (const [i, outcome] of outcomes.entries()) {
    await page.locator("#robustness select").selectOption(String(i));
    const own = rows.filter((row) => row.outcome === outcome && row.failure_box);
    assert.equal(await page.locator("#robustness .boxes .panel").count(), own.length, outcome);
    const inputs = own.map((row) => new Set(row.failure_box.match(/`[^`]+`/g)).size);
    assert.equal(await page.locator("#robustness .boxes .names text").count(), inputs.reduce((a, b) => a + b, 0), outcome);
  }
}

/** Every input stands in the tornado, where the design tells which matter. */
async function tornado() {
  const there = existsSync(join(folder, "sensitivity.csv"));
  assert.equal(await page.locator("#sensitivity").count(), there ? 1 : 0);
  if (there) assert.equal(await page.locator("#sensitivity .names text").count(), sweep.vary.length);
}

/** Texts have room in both languages, wide and narrow. */
async function room() {
  for (const language of ["en", "zh"]) {
    await page.locator(`header button[lang=${language}]`).click();
    for (const width of [1440, 400]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(400);
      assert.deepEqual(await misplaced(page), [], `${language}, ${width} px`);
    }
  }
}

try {
  await open(page, folder);
  assert.equal(await page.locator("#effects g[aria-label=dot] circle").count() % (scenario.policies.length - 1), 0);
  await boxes();
  await tornado();
  await room();
  assert.deepEqual(complaints, []);
} catch (fault) {
  console.log(fault.stack);
  process.exitCode = 1;
}
await end();
