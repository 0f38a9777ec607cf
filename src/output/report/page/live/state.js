// What stands on the page: settings, what is looked at, and their place in the address.

const lab = { bench: null, settings: null, toml: "", prices: [], undo: 0, redo: 0, hold: false, tab: 0, month: null, numbers: null, before: null };
const looking = { outcome: 0, policy: 1, against: 0, period: 0, chinese: false };

const LETTERS = "ABCDEFGH";
const policies = () => lab.settings?.policies ?? [];
const currentPolicy = () => policies()[lab.tab] ?? null;
const nameOf = (position) => (position === 0 ? t("lab.baseline") : named("policy", policies()[position - 1]?.name ?? ""));
const outcomeTitle = (outcome = looking.outcome) => named("outcome", lab.bench.outcomes[outcome].name);
const lastMonth = () => lab.bench.months - 1;
const followers = [];

/** Has `changed` called whenever settings stand anew. */
const follow = (changed) => followers.push(changed);
const refresh = () => followers.forEach((changed) => changed());

/** Changes that are shown and not asked for yet. */
let unsent = 0;
/** Changes a copy of the settings, shows it, and asks for it once the lever rests for a moment. */
function change(act) {
  const settings = structuredClone(lab.settings);
  act(settings);
  lab.settings = settings;
  clearTimeout(unsent);
  unsent = setTimeout(() => {
    unsent = 0;
    ask({ ask: "set", settings: lab.settings });
  }, 60);
  refresh();
}

/** Whether what the server said last is what stands on the page. */
const isSettled = () => unsent === 0 && unanswered === 0;

/** Looks at something else. */
function look(changes) {
  Object.assign(looking, changes, { chinese: language.now === "zh" });
  ask({ ask: "look", looking });
  keepAddress();
}

// --- The address --------------------------------------------------------------------------------------------

const packedText = (value) => btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value)))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const unpackedText = (text) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0))));

/** Keeps what stands in the address, so that a reload or a link shows the same. */
function keepAddress() {
  const { bench, settings, tab, month } = lab;
  const same = JSON.stringify(settings) === JSON.stringify(bench.opening);
  const kept = { looking, tab, month, ...(same ? {} : { settings }) };
  history.replaceState(null, "", `#${packedText(kept)}`);
}

/** What the address says, if it says anything. */
function addressSays() {
  try {
    return location.hash.length > 1 ? unpackedText(location.hash.slice(1)) : {};
  } catch {
    return {};
  }
}
