// Memory while levers are moved: node lab_changes.js ADDRESS PID [CHANGES]
//
// PID is that of the server. Tells the memory of both and the long tasks of the page; judges nothing.

import { readFileSync } from "node:fs";
import { browser } from "./open.js";

const [address, pid, changes = "200"] = process.argv.slice(2);
const { page, end } = await browser();
const resident = () => Math.round(Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]) / 1024);
const devtools = await page.context().newCDPSession(page);
const heap = async () => {
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  return Math.round(usedSize / 2 ** 20);
};
await page.goto(address);
await page.waitForFunction(() => document.documentElement.dataset.stood);
await page.locator("#new").click();
await page.locator("#lever-sharing-mandate-0 input[role=switch]").click();
const dose = page.locator("#lever-sharing-mandate-0-dose-number");
const change = async (at) => {
  const before = Number(await page.evaluate(() => document.documentElement.dataset.stood));
  await dose.fill(String(0.5 + 0.005 * at));
  await page.waitForFunction((count) => Number(document.documentElement.dataset.stood) > count, before);
};
// what is kept for good is there after the first changes
for (let at = 0; at < 10; at += 1) await change(at);
await page.waitForTimeout(3000);
const before = [resident(), await heap()];
for (let at = 10; at < 10 + Number(changes); at += 1) {
  await change(at);
  await page.waitForTimeout(100);
}
await page.waitForTimeout(3000);
const after = [resident(), await heap()];
console.log(`${changes} changes: server ${before[0]} to ${after[0]} MB, page ${before[1]} to ${after[1]} MB`);
await end();
