// The live page in Chromium as a modeller meets it: node lab.js ADDRESS [OUT]
//
// OUT takes pictures to be looked at. Numbers that depend on the machine are told, never judged.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { carryOut } from "./checks.js";
import { faint, misplaced } from "./misplaced.js";
import { browser } from "./open.js";

const [address, out] = process.argv.slice(2);
if (out) mkdirSync(out, { recursive: true });
const { page, end } = await browser();
const complaints = [];
page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
page.on("pageerror", (error) => complaints.push(`error: ${error.stack}`));
page.on("request", (request) => {
  const url = request.url().replace(/^ws/, "http");
  if (!url.startsWith(new URL(address).origin) && !/^(data|blob):/.test(url)) complaints.push(`request: ${url}`);
});
await page.addInitScript(() => {
  window.long = [];
  new PerformanceObserver((list) => window.long.push(...list.getEntries().map((entry) => Math.round(entry.duration)))).observe({ type: "longtask", buffered: true });
});

const flag = (name) => page.evaluate((key) => document.documentElement.dataset[key], name);
const picture = async (name, options = {}) => out && page.screenshot({ path: join(out, `${name}.png`), ...options });
/** Waits until all runs are finished and drawn. */
const done = async () => {
  await page.waitForFunction(() => document.documentElement.dataset.done === "true", null, { timeout: 120000 });
  await page.waitForFunction(() => document.querySelector("#cost-plot .main-svg"));
};
/** Does something and waits until the server has said how everything stands. */
const stood = async (act) => {
  const before = Number(await flag("stood"));
  await act();
  await page.waitForFunction((count) => Number(document.documentElement.dataset.stood) > count, before);
};
const open = async (where = address) => {
  await page.goto("about:blank");
  await page.goto(where);
  await page.waitForFunction(() => document.documentElement.dataset.stood);
};
const saved = async (act) => {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return readFileSync(await download.path(), "utf8");
};

const checks = {
  async "the page can be used at once"() {
    const begun = Date.now();
    await page.goto(address);
    await page.waitForFunction(() => document.documentElement.dataset.usable === "true");
    const usable = Date.now() - begun;
    await page.waitForFunction(() => document.documentElement.dataset.drawn);
    const drawn = Date.now() - begun;
    await done();
    console.log(`     usable after ${usable} ms, first numbers after ${drawn} ms, all pairs after ${Date.now() - begun} ms; long tasks ${await page.evaluate(() => window.long)}`);
    await picture("first");
    await picture("whole", { fullPage: true });
    assert.match(await page.locator("#headline").textContent(), /\S/);
  },

  async "a lever that is switched on has a price, is run, and is said"() {
    const lever = page.locator("#lever-data-bureau-0");
    await stood(() => lever.locator("input[role=switch]").click());
    await done();
    assert.match(await lever.locator(".price").textContent(), /\d/);
    assert.match(await page.locator("#status").textContent(), /All \d+ pairs/);
    await stood(() => page.locator("#undo").click());
    assert.equal(await lever.locator("input[role=switch]").isChecked(), false);
    await stood(() => page.locator("#redo").click());
    assert.equal(await lever.locator("input[role=switch]").isChecked(), true);
    const kept = page.url();
    await open(kept);
    assert.equal(await lever.locator("input[role=switch]").isChecked(), true);
    await stood(() => page.locator("#reset").click());
    assert.equal(await lever.locator("input[role=switch]").isChecked(), false);
  },

  async "what makes no sense is refused, and what stood before stands"() {
    await stood(() => page.locator("#lever-data-bureau-0 input[role=switch]").click());
    const dose = page.locator("#lever-data-bureau-0-dose-number");
    await dose.fill("-1");
    await page.waitForSelector("#refused.faults");
    assert.match(await page.locator("#refused").textContent(), /dose/);
    await picture("refused");
    await stood(() => dose.fill("0.5"));
    assert.equal(await page.locator("#refused").textContent(), "");
  },

  async "while it is held levers move and nothing is run"() {
    await open();
    await done();
    await stood(() => page.locator("#hold").click());
    await stood(() => page.locator("#lever-top-level-design-0 input[role=switch]").click());
    assert.equal(await page.locator("#hold").getAttribute("aria-pressed"), "true");
    assert.match(await page.locator("#lever-top-level-design-0 .price").textContent(), /\d/);
    assert.match(await page.locator("#status").textContent(), /Held/);
    await stood(() => page.locator("#hold").click());
    await done();
    await stood(() => page.locator("#reset").click());
  },

  async "a file is opened in place of the scenario, or its faults are named with line and column"() {
    const give = (text) => page.locator("input[type=file]").setInputFiles({ name: "mine.toml", mimeType: "application/toml", buffer: Buffer.from(text) });
    await give('extends = "bench.toml"\nname = "Mine"\n[run]\nmonhts = 3\n');
    await page.waitForSelector("#refused.faults");
    assert.match(await page.locator("#refused").textContent(), /:4:1/);
    await stood(() => give('extends = "bench.toml"\nname = "Mine"\n'));
    assert.equal(await page.locator("#top .name").textContent(), "Mine");
    await done();
  },

  async "three tiles are a target of three provinces"() {
    await stood(() => page.locator("#new").click());
    await stood(() => page.locator("#lever-sharing-mandate-0 input[role=switch]").click());
    await page.locator("#lever-sharing-mandate-0-where > summary").click();
    for (const at of [0, 1, 2]) await stood(() => page.locator("#lever-sharing-mandate-0 .tile").nth(at).click());
    await picture("tiles");
    const text = await saved(() => page.locator("#save").click());
    const [, list] = text.match(/province = \[([^\]]*)\]/);
    assert.equal(list.split(",").filter((one) => one.trim()).length, 3, text);
  },

  async "by keyboard alone: a mandate in one region from a month on, saved"() {
    await open();
    let presses = 0;
    const press = async (...keys) => {
      for (const key of keys) {
        await page.keyboard.press(key);
        presses += 1;
      }
    };
    const at = () => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);
    await press("Tab", "Enter", "Tab");
    if ((await at()) !== "find") await page.evaluate(() => document.getElementById("find").focus());
    await press(..."mandate", "Tab", "Tab");
    assert.equal(await at(), "lever-sharing-mandate-0-on");
    await stood(() => press("Space"));
    assert.equal(await at(), "lever-sharing-mandate-0-on");
    for (let i = 0; i < 4 && (await at()) !== "lever-sharing-mandate-0-start"; i += 1) await press("Tab");
    await stood(() => press(..."062013"));
    const where = () => page.evaluate(() => document.activeElement.parentElement?.id === "lever-sharing-mandate-0-where");
    while (!(await where())) await press("Tab");
    await press("Enter", "Tab");
    await stood(() => press("Space"));
    const text = await saved(() => press("Control+s"));
    console.log(`     ${presses} presses`);
    assert.ok(presses <= 40, `${presses}`);
    assert.match(text, /use = "sharing-mandate"/);
    assert.match(text, /start = "2013-06"/);
    assert.match(text, /region = \["[^"]+"\]/);
  },

  async "arrow keys move a month, and what is read out is what the files say"() {
    await open();
    await done();
    await page.locator("#write").click();
    await page.waitForSelector("#refused.said a", { timeout: 120000 });
    await page.locator("#month").focus();
    await page.keyboard.press("ArrowLeft");
    const last = await page.locator("#month").inputValue();
    for (const [key, step] of [["ArrowLeft", -1], ["ArrowRight", 1], ["PageUp", -12]]) {
      const before = Number(await page.locator("#month").inputValue());
      await page.keyboard.press(key);
      assert.equal(Number(await page.locator("#month").inputValue()), Math.max(0, before + step));
    }
    const month = Number(await page.locator("#month").inputValue());
    const said = await page.locator("#readout").textContent();
    const outcome = await page.evaluate(() => document.getElementById("look-outcome").value);
    assert.equal(outcome, "0");
    const text = await page.evaluate(async () => (await fetch("files/series.csv")).text());
    const [head, ...rows] = text.trim().split("\n").map((line) => line.split(","));
    const of = (name) => head.indexOf(name);
    const policies = [...new Set(rows.map((row) => row[of("policy")]))];
    const numbers = said.split(": ")[1].split(", ").map((one) => Number(one.match(/[\d.]+$/)[0]));
    for (const [i, policy] of policies.entries()) {
      const own = rows.filter((row) => row[of("policy")] === policy && Number(row[of("month")]) === month && row[of("scope_kind")] === "nation");
      const mean = own.reduce((sum, row) => sum + Number(row[of("data_sharing_rate")]), 0) / own.length;
      assert.ok(Math.abs(mean - numbers[i]) <= 1e-3 * Math.abs(mean) + 1e-9, `${policy} in month ${month}: ${mean}, ${said}`);
    }
    assert.ok(Number(last) > 0);
  },

  async "play goes through all months"() {
    await page.locator("#month").fill("0");
    await page.evaluate(() => {
      window.frames = 0;
      window.begun = performance.now();
      const count = () => { window.frames += 1; window.counting = requestAnimationFrame(count); };
      count();
    });
    await page.locator("#play").click();
    await page.waitForFunction(() => Number(document.getElementById("month").value) === Number(document.getElementById("month").max), null, { timeout: 60000 });
    console.log(`     ${await page.evaluate(() => Math.round((1000 * window.frames) / (performance.now() - window.begun)))} frames a second`);
    await page.evaluate(() => cancelAnimationFrame(window.counting));
  },

  async "any two policies are compared"() {
    await page.locator("#look-policy").selectOption("2");
    await page.locator("#look-against").selectOption("1");
    await page.waitForFunction(() => document.querySelector("#outcomes caption").textContent.startsWith("Nothing against Mandate"));
  },

  async "no text lies on another, and all can be read, light and dark"() {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(600);
      await picture(`whole-${colorScheme}`, { fullPage: true });
      assert.deepEqual(await misplaced(page), [], colorScheme);
      assert.deepEqual(await faint(page), [], colorScheme);
    }
    await page.emulateMedia({ colorScheme: "light" });
  },

  async "axe finds nothing, wide and narrow, in both languages"() {
    const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
    const source = readFileSync(axe, "utf8");
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.waitForTimeout(400);
      for (const sheet of width === 390 ? [false, true] : [false]) {
        if (sheet) await page.locator("#sheet").click();
        await page.evaluate(source);
        const { violations } = await page.evaluate(() => window.axe.run());
        assert.deepEqual(violations.map(({ id, nodes }) => `${width}: ${id}: ${nodes.map((node) => node.html).slice(0, 3)}`), []);
        await picture(`axe-${width}${sheet ? "-sheet" : ""}`);
      }
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(over, 0, `${width}: ${over} pixels too wide`);
    }
    assert.equal(await page.locator("#lever-sharing-mandate-0").isVisible(), true);
    await page.locator("#sheet").click();
    assert.equal(await page.locator("#levers").isVisible(), false);
    await page.locator("#language").click();
    assert.equal(await page.locator("#sheet").textContent(), "杠杆");
    await picture("chinese");
    await page.locator("#language").click();
    await page.setViewportSize({ width: 1280, height: 900 });
  },

  async "baseline and four policies: no label on another"() {
    await open();
    await stood(() => page.locator("#reset").click());
    const levers = ["sharing-mandate", "data-bureau", "top-level-design", "appraisal-reform"];
    for (let at = await page.locator(".tab").count(); at < 4; at += 1) {
      await stood(() => page.locator("#new").click());
      await stood(() => page.locator(`#lever-${levers[at]}-0 input[role=switch]`).click());
    }
    assert.equal(await page.locator(".tab").count(), 4);
    await done();
    await page.waitForTimeout(400);
    await picture("four", { fullPage: true });
    assert.deepEqual(await misplaced(page), []);
    assert.equal(await page.locator("#between tbody tr").count(), 5);
  },

  async "the last change is replayed"() {
    await stood(() => page.locator(".tab").nth(3).click().then(() => page.locator("#lever-fiscal-equalisation-0 input[role=switch]").click()));
    await done();
    await page.waitForFunction(() => !document.getElementById("replay").disabled);
    const now = await page.locator("#headline").textContent();
    await page.locator("#replay").click();
    await page.waitForFunction(() => document.documentElement.dataset.replayed === "1", null, { timeout: 30000 });
    await page.waitForFunction((said) => document.getElementById("headline").textContent === said, now);
  },

  async "eight pages are served at once"() {
    const more = await Promise.all(Array.from({ length: 7 }, () => page.context().newPage()));
    await Promise.all(more.map((one) => one.goto(address)));
    await Promise.all(more.map((one) => one.waitForFunction(() => document.documentElement.dataset.stood)));
    await Promise.all(more.map((one) => one.close()));
  },

  async "months are those of the scenario in every zone"() {
    for (const timezoneId of ["America/Santiago", "Pacific/Kiritimati"]) {
      const far = await browser({ timezoneId });
      await far.page.goto(address);
      await far.page.waitForFunction(() => document.documentElement.dataset.drawn);
      await far.page.locator("#month").fill("0");
      assert.match(await far.page.locator("#readout").textContent(), /^August 2012/, timezoneId);
      await far.page.locator("#new").click();
      await far.page.locator("#lever-sharing-mandate-0 input[role=switch]").click();
      await far.page.waitForSelector("#lever-sharing-mandate-0-start");
      assert.match(await far.page.locator("#lever-sharing-mandate-0-start").inputValue(), /^20\d\d-\d\d$/);
      await far.end();
    }
  },

  async "no complaint, no request"() {
    assert.deepEqual(complaints, []);
  },
};

await carryOut(checks, end, (number) => picture(`failed-${number}`));
