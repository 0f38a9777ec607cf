// The picture of the live page in docs/pictures: node lab_picture.js ADDRESS
//
// ADDRESS is what `cogov lab scenarios/china31.toml --no-open` prints.

import { resolve } from "node:path";
import { browser } from "./open.js";

const { page, end } = await browser({ viewport: { width: 1180, height: 760 } });
await page.goto(process.argv[2]);
await page.waitForFunction(() => document.documentElement.dataset.stood);
await page.locator("#new").click();
await page.locator("#find").fill("mandate");
await page.locator("#lever-sharing-mandate-0 input[role=switch]").click();
await page.locator("#lever-sharing-mandate-0-start").fill("2016-01");
await page.locator("#policy-name").fill("Mandate in the east from 2016");
await page.locator("#lever-sharing-mandate-0-where > summary").click();
await page.locator("#lever-sharing-mandate-0 fieldset label", { hasText: "East" }).first().click();
// first of all the runs of what was asked last have to begin
await page.waitForFunction(() => /East/.test(document.querySelector("#lever-sharing-mandate-0-where > summary").textContent));
await page.waitForTimeout(2000);
await page.waitForFunction(() => document.documentElement.dataset.done === "true", null, { timeout: 600000 });
await page.waitForTimeout(1000);
await page.screenshot({ path: resolve(import.meta.dirname, "../../docs/pictures/lab.png") });
await end();
