// Words, numbers and dates in the reader's form.

const language = { now: data.language };

/** The text of a key, its gaps filled. */
function t(key, gaps = {}) {
  const texts = data.texts[language.now];
  // A sweep has words of its own where a comparison's would not be true of it.
  const text = (data.sweep && texts[`${key}.sweep`]) || (texts[key] ?? key);
  return text.replace(/\{(\w+)\}/g, (_, gap) => gaps[gap] ?? "");
}

/** The name of something of this kind: from the text file, or as it is written. */
function named(kind, written) {
  return data.texts[language.now][`${kind}.${written}`] ?? spoken(written);
}

function spoken(written) {
  if (!/^[a-z0-9][a-z0-9 _-]*$/.test(written)) return written;
  return written[0].toUpperCase() + written.slice(1).replace(/[-_]/g, " ");
}

/** A text of the scenario: translated where it is one that ships, else as it is written. */
const told = (written) => data.texts[language.now][`said.${written}`] ?? written;

const policyName = (index) => named("policy", data.study.scenario.policies[index].name);
const outcomeName = (main) => named("outcome", data.outcomes[data.main[main]].name);

/** What a main outcome is measured in. */
const unitName = (main) => named("measured", data.outcomes[data.main[main]].unit);

/** A text with the unit of a main outcome. */
const withUnit = (text, main) => t("measured.with", { text, unit: unitName(main) });
const isKnown = (value) => value !== null && value !== undefined && Number.isFinite(value);

/** A name as it stands inside a sentence. */
const inside = (text) => (language.now === "en" ? text[0].toLowerCase() + text.slice(1) : text);

/** Whether the reader's language is the second one of the country's names. */
const isSecond = () => language.now === data.study.scenario.geography.nation.languages[1];

/** A province in the reader's language. */
function provinceName(province) {
  return isSecond() && province.second_name ? province.second_name : province.name;
}

/** A scope (kind and name) in the reader's language. */
function scopeName([kind, name]) {
  if (kind !== "province") return named(kind, name);
  const province = data.study.scenario.geography.provinces.find((p) => p.name === name);
  return province ? provinceName(province) : name;
}

/** A number with so many places; a dash where there is none. */
function fixed(value, places, sign = false) {
  if (!isKnown(value)) return "–";
  const text = Math.abs(value).toFixed(places);
  const nothing = Number(text) === 0;
  const before = nothing ? "" : value < 0 ? "−" : sign ? "+" : "";
  return before + text;
}

/** Places that a value with this half-width of its interval deserves. */
function placesOf(value, half) {
  const size = Math.abs(value);
  const least = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  const most = size < 0.01 ? 4 : 3;
  if (!(half > 0)) return least;
  return Math.min(most, Math.max(least, -Math.floor(Math.log10(half))));
}

/** A number on an axis. */
const mark = (value) => String(Number(value.toFixed(6))).replace("-", "−");

/** A number with four significant digits, for tables. */
function exact(value, sign = false) {
  if (!isKnown(value)) return "–";
  if (value === 0) return "0";
  if (Math.abs(value) >= 10000) return (sign && value > 0 ? "+" : "") + Math.round(value).toLocaleString("en").replace("-", "−");
  const places = Math.max(0, Math.min(9, 3 - Math.floor(Math.log10(Math.abs(value)))));
  return fixed(value, places, sign);
}

/** A share in per cent: what is not quite nothing or not quite all has a decimal more. */
function percent(share) {
  if (!isKnown(share)) return "–";
  const sign = language.now === "zh" ? "%" : "\u00a0%";
  const value = 100 * share;
  if (value > 0 && value < 0.05) return `< 0.1${sign}`;
  if (value < 100 && value >= 99.95) return `> 99.9${sign}`;
  const edge = (value > 0 && value < 1) || (value < 100 && value > 99);
  return value.toFixed(edge ? 1 : 0) + sign;
}

/** An amount of money. */
function money(money) {
  if (!isKnown(money)) return "–";
  for (const key of ["money.scale3", "money.scale2", "money.scale1"]) {
    const [size, unit] = t(key).split(" ");
    const scaled = money / Number(size);
    if (scaled >= 1) return t("money.large", { number: scaled.toFixed(scaled >= 100 ? 0 : 1), unit });
  }
  return t("money.plain", { number: String(Number(money.toFixed(money >= 100 ? 0 : money >= 10 ? 1 : 2))) });
}

/** The date of a month as in "2012-08". */
function dateOf(text) {
  const [year, month] = text.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, 1));
}

/** A month in the reader's form. */
function monthName(date) {
  const form = { year: "numeric", month: "long", timeZone: "UTC" };
  return new Intl.DateTimeFormat(language.now === "zh" ? "zh-CN" : "en-GB", form).format(date);
}

/** The date `months` after the start of the run. */
function monthAfter(months) {
  const start = dateOf(data.study.scenario.start);
  return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1));
}

/** A period of effects.csv in the reader's form. */
const periodName = (period) => (/^\d+$/.test(period) ? t("period.year", { year: period }) : t(`period.${period}`));

/** Whether a change is good, bad, neither as such, or not clear or too little to be worth stating. */
function verdict(difference, low, high, direction, least = 0) {
  if (!isKnown(low) || (low <= 0 && high >= 0) || (low > -least && high < least)) return "unclear";
  if (direction === "neutral") return "changed";
  return (difference > 0) === (direction === "up") ? "better" : "worse";
}

/** The verdict of effects.csv on a policy (counted without the baseline) as an object. */
function judged(policy, outcome) {
  const row = data.national[policy][outcome];
  if (!row) return null;
  const { difference, low, high } = row;
  const { direction, name, least } = data.outcomes[outcome];
  const how = verdict(difference, low, high, direction, least);
  const gain = direction === "down" ? -difference : difference;
  return {
    ...row, policy, outcome: name, gain, how, label: policyName(policy + 1),
  };
}

/** Verdicts of all policies on a main outcome, the best first. */
function ranking(main) {
  const all = data.national.map((_, policy) => judged(policy, data.main[main]));
  return all.filter((row) => row && isKnown(row.difference)).sort((a, b) => b.gain - a.gain);
}
