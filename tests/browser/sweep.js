// The report of a sweep opened in Chromium: node sweep.js FOLDER

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { browser, open } from "./open.js";

const folder = resolve(process.argv[2]);
const { scenario, sweep } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
const { page, end } = await browser();
const complaints = [];
page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));

try {
  await open(page, folder);
  assert.equal(await page.locator("#design tbody tr").count(), sweep.vary.length);
  for (const { path } of sweep.vary) assert.ok((await page.locator("#design").textContent()).includes(path));
  const said = await page.locator("main").textContent();
  assert.ok(/design points/.test(said) && !/pairs agree|in \d+ replications/.test(said));
  assert.doesNotMatch(await page.locator("#helps").textContent(), /95 % interval/);
  for (const policy of scenario.policies.slice(1)) {
    assert.equal(await page.locator("#scorecard .key", { hasText: policy.name }).count(), 1, policy.name);
  }
  await page.locator("header button[lang=zh]").click();
  assert.match(await page.locator("#design h3").textContent(), /变动了什么/);
  assert.match(await page.locator(".sentences li").first().textContent(), /设计点/);
  assert.deepEqual(complaints, []);
} finally {
  await end();
}
