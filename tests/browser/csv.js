// CSV files of a result folder as rows of texts by column.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Rows of a file; quoted cells may hold commas, quotes and line breaks. */
export function readCsv(folder, file) {
  const text = readFileSync(join(folder, file), "utf8");
  const rows = text.includes('"') ? quotedRows(text) : text.trimEnd().split("\n").map((line) => line.split(","));
  const [columns, ...cells] = rows;
  return cells.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
}

function quotedRows(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\n") rows.push([]);
    if (end === "") break;
  }
  return rows.filter((row) => row.length > 1);
}

/** A number as the page's tables show it: four significant digits and a true minus sign. */
export function shown(text, signed = false) {
  if (text === "") return "–";
  const value = Number(text);
  if (value === 0) return "0";
  if (Math.abs(value) >= 10000) return (signed && value > 0 ? "+" : "") + Math.round(value).toLocaleString("en").replace("-", "−");
  const places = Math.max(0, Math.min(9, 3 - Math.floor(Math.log10(Math.abs(value)))));
  const digits = Math.abs(value).toFixed(places);
  const before = Number(digits) === 0 ? "" : value < 0 ? "−" : signed ? "+" : "";
  return before + digits;
}

/** Whether two shown numbers are the same up to one unit of the last digit. */
export function close(a, b) {
  if (a === b) return true;
  const number = (text) => Number(text.replace("−", "-").replaceAll(",", ""));
  const digits = (text) => 10 ** -(text.split(".")[1] ?? "").length;
  return Math.abs(number(a) - number(b)) <= 1.01 * Math.max(digits(a), digits(b));
}
