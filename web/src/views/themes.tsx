/** Which themes came up with which country: how many quotations have both. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { counted, index, label, text, view } from "../data/state";
import { Behind } from "../parts/behind";

/** Rows and columns that are shown; more would be a carpet. */
const ROWS = 60;
const COLUMNS = 48;

/** Quotations by place and theme, of those that come up most often. */
function count(at: number[]) {
  const { places, themes } = index.value.quotations;
  const many = index.value.terms.length;
  const [byPlace, byTheme] = [new Int32Array(many), new Int32Array(many)];
  for (const quotation of at) {
    if (!places[quotation]!.length) continue;
    for (const place of places[quotation]!) byPlace[place]!++;
    for (const theme of themes[quotation]!) byTheme[theme]!++;
  }
  const rows = first(byPlace, ROWS);
  const columns = first(byTheme, COLUMNS);
  // Only what is shown is counted, in one array: where each place and theme stands in it, or -1.
  const [row, column] = [ranks(rows, many), ranks(columns, many)];
  const cells = new Int32Array(rows.length * columns.length);
  for (const quotation of at) {
    for (const place of places[quotation]!) {
      const start = row[place]! * columns.length;
      if (start < 0) continue;
      for (const theme of themes[quotation]!) if (column[theme]! >= 0) cells[start + column[theme]!]!++;
    }
  }
  const cell = (place: number, theme: number) => cells[row[place]! * columns.length + column[theme]!]!;
  const some = (counts: Int32Array) => counts.reduce((sum, count) => sum + Number(count > 0), 0);
  return { cell, most: cells.reduce((most, many) => Math.max(most, many), 1), rows, columns, all: [some(byPlace), some(byTheme)] as const };
}

/** The terms that are counted most often, so many at most. */
function first(counts: Int32Array, most: number): number[] {
  const terms: number[] = [];
  counts.forEach((count, term) => count && terms.push(term));
  return terms.sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, most);
}

function ranks(terms: number[], many: number): Int32Array {
  const found = new Int32Array(many).fill(-1);
  terms.forEach((term, rank) => (found[term] = rank));
  return found;
}

export function Themes() {
  const words = text.value;
  const { at } = counted.value;
  const { cell, most, rows, columns, all } = useMemo(() => count(at), [at]);
  const name = (term: number) => label(index.value.terms[term]);
  // Exactly those that were counted: of several values of a facet, a filter would take any.
  const [chosen, setCell] = useState<[place: number, theme: number] | undefined>(undefined);
  useEffect(() => setCell(undefined), [at]);
  const { places, themes } = index.value.quotations;
  const behind = chosen && at.filter((quotation) => places[quotation]!.includes(chosen[0]) && themes[quotation]!.includes(chosen[1]));
  if (!rows.length) return <p>{words.nothing}</p>;
  return (
    <section aria-label={words.themes}>
      <div class="scroll" tabIndex={0} role="region" aria-label={words.themesByPlace}>
        <table class="heat" lang={view.value.language === "zh" ? "zh-Hans" : "en"}>
          <caption>{words.themesByPlace} <span class="small">{words.partOf(rows.length, all[0], columns.length, all[1])}</span></caption>
          <thead>
            <tr>
              <td />
              {columns.map((theme) => <th key={theme} scope="col"><span>{name(theme)}</span></th>)}
            </tr>
          </thead>
          <tbody>
            {rows.map((place) => (
              <tr key={place}>
                <th scope="row">{name(place)}</th>
                {columns.map((theme) => {
                  const many = cell(place, theme);
                  return (
                    <td key={theme} style={{ "--share": many / most }} class={many ? "some" : ""}>
                      {many > 0 && (
                        <button
                          type="button"
                          title={`${name(place)} · ${name(theme)}`}
                          aria-label={`${name(place)}, ${name(theme)}: ${words.quotes(many)}`}
                          onClick={() => setCell([place, theme])}
                        >
                          {many}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {chosen && behind && (
        <Behind title={`${name(chosen[0])} · ${name(chosen[1])}`} quotations={behind} close={() => setCell(undefined)} />
      )}
    </section>
  );
}
