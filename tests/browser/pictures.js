// The pictures of a report in docs/pictures, or of a calibration: node pictures.js FOLDER

import { resolve } from "node:path";
import { browser, drawn, open } from "./open.js";

const out = resolve(import.meta.dirname, "../../docs/pictures");
const { page, end } = await browser({ viewport: { width: 1180, height: 900 } });
await open(page, resolve(process.argv[2]));

/** A picture of everything from the first to the last of these elements. */
async function picture(name, first, last) {
  const [from, to] = await Promise.all([first, last].map((selector) => page.locator(selector).first().boundingBox()));
  const y = Math.max(0, from.y - 12);
  await page.screenshot({ path: `${out}/${name}.png`, fullPage: true, clip: { x: 0, y, width: 1180, height: to.y + to.height + 12 - y } });
}

if (await page.locator("[data-figure]").count()) {
  await picture("calibration-targets", "[data-figure=targets]:visible", "[data-figure=targets]:visible");
  await picture("calibration-parameters", "[data-figure=parameters]:visible", "[data-figure=parameters]:visible");
} else {
  await picture("report-helps", "header .screen:visible", ".warning:visible");
  await drawn(page);
  await picture("report-map", "#map", "#map .picture");
}
await end();
