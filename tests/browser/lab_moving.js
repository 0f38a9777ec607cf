// Frames of the live page for the moving picture in docs/pictures: node lab_moving.js ADDRESS FOLDER
//
// ADDRESS is what `cogov lab scenarios/china31.toml --no-open` prints. `moving_picture.py FOLDER OUT` joins them.

import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { browser } from "./open.js";

const [address, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const { page, end } = await browser({ viewport: { width: 960, height: 620 } });
const times = [];
/** Keeps how the page looks, to be seen for so many milliseconds. */
const frame = async (time) => {
  await page.screenshot({ path: join(resolve(folder), `${String(times.length).padStart(3, "0")}.png`) });
  times.push(time);
};
const flag = (name) => page.evaluate((key) => document.documentElement.dataset[key], name);
const stood = async (act) => {
  const before = Number(await flag("stood"));
  await act();
  await page.waitForFunction((count) => Number(document.documentElement.dataset.stood) > count, before);
};
const lever = (rest) => page.locator(`#lever-sharing-mandate-0${rest}`);

await page.goto(address);
await page.waitForFunction(() => document.documentElement.dataset.stood);
for (let i = 0; i < 3; i += 1) await stood(() => page.locator("#remove").click());
await stood(() => page.locator("#new").click());
// the scenario's own world alone, so that it takes seconds
await page.locator("#assumptions > summary").click();
await stood(() => page.locator("#worlds").fill("0"));
await stood(() => page.locator("#pairs").fill("30"));
await page.locator("#assumptions > summary").click();
await page.locator("#find").fill("mandate");
await page.evaluate(() => scrollTo(0, 0));
await page.waitForTimeout(600);
await frame(1200);
await stood(() => lever(" input[role=switch]").click());
await frame(1000);
await stood(() => lever("-start").fill("2016-01"));
await lever("-where > summary").click();
await stood(() => page.locator("#lever-sharing-mandate-0 fieldset label", { hasText: "East" }).first().click());
await frame(1400);
await page.waitForFunction(() => document.documentElement.dataset.done === "true", null, { timeout: 600000 });
await page.waitForTimeout(1200);
await frame(2600);
await page.locator("#month").fill("149");
await page.waitForTimeout(1200);
await frame(3200);
writeFileSync(join(folder, "times.json"), JSON.stringify(times));
await end();
