// The pictures of a report in docs/pictures: node pictures.js FOLDER

import { resolve } from "node:path";
import { browser, open } from "./open.js";

const out = resolve(import.meta.dirname, "../../docs/pictures");
const { page, end } = await browser({ viewport: { width: 1180, height: 900 } });
await open(page, resolve(process.argv[2]));

/** A picture of everything from the first to the last of these elements. */
async function picture(name, first, last) {
  const [from, to] = await Promise.all([first, last].map((selector) => page.locator(selector).first().boundingBox()));
  const y = Math.max(0, from.y - 12);
  await page.screenshot({ path: `${out}/${name}.png`, fullPage: true, clip: { x: 0, y, width: 1180, height: to.y + to.height + 12 - y } });
}

await picture("report-helps", "#helps h2", "#scorecard");
await page.locator("#map select").first().selectOption("4");
await picture("report-map", "#gains h2", "#map .picture");
await end();
