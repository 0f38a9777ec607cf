// Pictures of a report to be looked at: node look.js FOLDER OUT

import { resolve } from "node:path";
import { browser, drawn, open } from "./open.js";

const [folder, out] = process.argv.slice(2).map((path) => resolve(path));
const { page, end } = await browser();
page.on("console", (message) => console.log(message.text()));
page.on("pageerror", (error) => console.log(error.stack));
await open(page, folder);
for (const language of ["en", "zh"]) {
  const button = page.locator(`#languages button[lang=${language}]`);
  await button.click();
  for (const width of [320, 390, 768, 1280, 1440]) {
    const height = width < 700 ? 844 : 720;
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(300);
    await drawn(page);
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: `${out}/${language}-${width}-first.png` });
    await page.screenshot({ path: `${out}/${language}-${width}.png`, fullPage: true });
  }
}
await page.locator("#languages button[lang=en]").click();
await page.setViewportSize({ width: 1280, height: 720 });
await page.emulateMedia({ colorScheme: "dark" });
await page.waitForTimeout(300);
await drawn(page);
await page.screenshot({ path: `${out}/dark.png`, fullPage: true });
await page.emulateMedia({ colorScheme: "light" });
await drawn(page);
await page.pdf({ path: `${out}/print.pdf`, preferCSSPageSize: true, printBackground: true });
await end();
