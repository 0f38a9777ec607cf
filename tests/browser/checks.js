// Named checks, one after the other: each says whether it held, and the program fails if one did not.

/** Carries out `checks`; `failed` may look at what is there when the one of this number fails. */
export async function carryOut(checks, end, failed = () => {}) {
  let failures = 0;
  for (const [name, check] of Object.entries(checks)) {
    const begun = Date.now();
    try {
      await check();
      console.log(`ok   ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
    } catch (fault) {
      failures += 1;
      console.log(`FAIL ${name}\n${fault.stack}`);
      await failed(failures);
    }
  }
  await end();
  process.exit(failures ? 1 : 0);
}
