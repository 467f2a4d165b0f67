/** Which themes came up with which country: how many quotations have both. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { counted, index, label, text, view } from "../data/state";
import { Behind } from "../parts/behind";

/** Rows and columns that are shown; more would be a carpet. */
const ROWS = 60;
const COLUMNS = 48;
/** Shades of a cell; the style sheet has as many. */
const SHADES = 10;

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
  const pairOf = (cell: HTMLTableCellElement) => [rows[rowOf(cell).rowIndex - 1]!, columns[cell.cellIndex - 1]!] as [number, number];
  const open = (target: Element) => {
    const cell = target.closest<HTMLTableCellElement>("td.some");
    if (cell) setCell(pairOf(cell));
  };
  const tell = (target: Element) => {
    const cell = target.closest<HTMLTableCellElement>("td.some");
    if (cell) cell.title = pairOf(cell).map(name).join(" · ");
  };
  if (!rows.length) return <p>{words.nothing}</p>;
  return (
    <section aria-label={words.themes}>
      <div class="scroll" tabIndex={0} role="region" aria-label={words.themesByPlace}>
        <table
          class="heat"
          role="grid"
          lang={view.value.language === "zh" ? "zh-Hans" : "en"}
          onClick={(event) => open(event.target as Element)}
          onPointerOver={(event) => tell(event.target as Element)}
          onKeyDown={(event) => (event.key === "Enter" || event.key === " " ? (event.preventDefault(), open(event.target as Element)) : walk(event))}
        >
          <caption>{words.themesByPlace} <span class="small">{words.partOf(rows.length, all[0], columns.length, all[1])}</span></caption>
          <thead>
            <tr>
              <td />
              {columns.map((theme, at) => <th key={at} scope="col"><span>{name(theme)}</span></th>)}
            </tr>
          </thead>
          <tbody>
            {/* Known by where they are: to write other figures into cells is faster than to move the cells about. */}
            {rows.map((place, down) => (
              <tr key={down}>
                <th scope="row">{name(place)}</th>
                {columns.map((theme, right) => {
                  const many = cell(place, theme);
                  const reached = down || right ? -1 : 0;
                  return <td key={right} tabIndex={reached} class={many ? `some share-${Math.ceil((SHADES * many) / most)}` : ""}>{many || ""}</td>;
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

const rowOf = (cell: HTMLTableCellElement) => cell.parentElement as HTMLTableRowElement;

/** To the cell beside or above, of which only one is reached by Tab; thousands of buttons would be in the way. */
const STEPS: Record<string, [down: number, right: number]> = {
  ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -Infinity], End: [0, Infinity],
};

function walk(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const cell = (event.target as Element).closest("td");
  if (!step || !cell) return;
  event.preventDefault();
  const row = rowOf(cell);
  const { rows } = row.parentElement as HTMLTableSectionElement;
  const within = (at: number, first: number, many: number) => Math.min(Math.max(at, first), many - 1);
  const cells = rows[within(row.sectionRowIndex + step[0], 0, rows.length)]!.cells;
  const next = cells[within(cell.cellIndex + step[1], 1, cells.length)]!;
  cell.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
