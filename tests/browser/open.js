// Chromium as the tests need it: headless, with a profile of its own that is gone afterwards.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** A new page, and what ends it. */
export async function browser(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), "chromium-"));
  const executablePath = execFileSync("which", ["chromium"], { encoding: "utf8" }).trim();
  const context = await chromium.launchPersistentContext(profile, { executablePath, args, headless: true, viewport: { width: 1280, height: 900 }, ...options });
  const end = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { page: await context.newPage(), end };
}

/** Opens the report of a folder and waits until all is drawn. */
export async function open(page, folder) {
  await page.goto(pathToFileURL(join(folder, "report.html")).href);
  await drawn(page);
}

/** Waits until all is drawn. */
export async function drawn(page) {
  await page.waitForFunction(() => document.documentElement.dataset.ready === "true", null, { timeout: 60000 });
}
