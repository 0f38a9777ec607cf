// How long tasks of the live page are: node lab_tasks.js ADDRESS [SECONDS]
//
// Tells, after each step, the longest tasks of the page's own thread in milliseconds, by processor time (what a free
// machine would need) and by the clock. Judges nothing. ADDRESS is that of `cogov lab scenarios/china31.toml --no-open`.

import { browser } from "./open.js";

const [address, seconds = "10"] = process.argv.slice(2);
const { page, end } = await browser();
const devtools = await page.context().newCDPSession(page);
const events = [];
devtools.on("Tracing.dataCollected", ({ value }) => events.push(...value));
const includedCategories = ["disabled-by-default-devtools.timeline", "devtools.timeline", "blink.user_timing"];
await devtools.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories } });

/** Notes that a step begins, takes it and lets the page go on. */
const step = async (name, act) => {
  await page.evaluate((mark) => performance.mark(mark), `step ${name}`);
  await act();
  await page.waitForTimeout(1000 * Number(seconds));
};
await page.goto(address);
await page.waitForFunction(() => document.querySelector("#unfold-plot .main-svg"));
await step("runs go on", () => {});
await step("a dose is changed", () => page.locator("#lever-sharing-mandate-0-dose-number").fill("0.5"));
await step("a lever is switched", () => page.locator("#lever-sharing-mandate-0 input[role=switch]").click());
await step("another outcome is looked at", () => page.locator("#look-outcome").selectOption("3"));
await step("end", () => {});
const ended = new Promise((told) => devtools.once("Tracing.tracingComplete", told));
await devtools.send("Tracing.end");
await ended;

const marks = events.filter(({ name }) => name.startsWith("step ")).sort((a, b) => a.ts - b.ts);
const own = ({ pid, tid, name, ph }) => pid === marks[0].pid && tid === marks[0].tid && name === "RunTask" && ph === "X";
const tasks = events.filter(own);
const longest = (some, key) => some.map((task) => Math.round((task[key] ?? 0) / 1000)).sort((a, b) => b - a).slice(0, 6).join(" ");
for (const [at, { name, ts }] of [{ name: "step it opens", ts: 0 }, ...marks].entries()) {
  const until = marks[at]?.ts ?? Infinity;
  const some = tasks.filter((task) => task.ts >= ts && task.ts < until);
  if (name !== "step end") console.log(`${name.slice(5)}: processor ${longest(some, "tdur")}; clock ${longest(some, "dur")}`);
}
await end();
