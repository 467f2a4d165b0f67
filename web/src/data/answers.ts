/** Answers as people read them: names in one language, columns under their headings. */
import type { Answer, Index } from "./types";

const base = (column: string) => /^(.*)_([a-z]{2})$/.exec(column);

/** Of `x_en` and `x_zh` one column `x`, with another language's name where the wanted one has none. */
export function inLanguage({ columns, rows }: Answer, language: string): Answer {
  const tags = columns.map(base);
  const several = (name: string) => tags.filter((tag) => tag?.[1] === name).length > 1;
  const shown: { name: string; from: number[] }[] = [];
  columns.forEach((column, at) => {
    const tag = tags[at];
    if (!tag || !several(tag[1]!)) return void shown.push({ name: column, from: [at] });
    const known = shown.find(({ name }) => name === tag[1]);
    if (!known) shown.push({ name: tag[1]!, from: [at] });
    else if (tag[2] === language) known.from.unshift(at);
    else known.from.push(at);
  });
  const cell = (row: (string | null)[], from: number[]) => from.map((at) => row[at]).find((cell) => cell) ?? null;
  return { columns: shown.map(({ name }) => name), rows: rows.map((row) => shown.map(({ from }) => cell(row, from))) };
}

export function heading(index: Index, column: string, language: string): string {
  return index.headings[column]?.[language] ?? column.replaceAll("_", " ");
}
