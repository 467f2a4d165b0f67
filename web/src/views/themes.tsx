/** Which themes came up with which country: how many quotations have both. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { counted, index, label, text, view } from "../data/state";
import { Behind } from "../parts/behind";

/** Rows and columns that are shown; more would be a carpet. */
const ROWS = 60;
const COLUMNS = 48;

/** Two terms as one number, which is looked up faster than a text. */
const cell = (place: number, theme: number) => place * index.peek().terms.length + theme;

function count(at: number[]) {
  const { places, themes } = index.value.quotations;
  const cells = new Map<number, number>();
  const [byPlace, byTheme] = [new Map<number, number>(), new Map<number, number>()];
  const add = <K,>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const quotation of at) {
    if (!places[quotation]!.length) continue;
    places[quotation]!.forEach((place) => add(byPlace, place));
    for (const theme of themes[quotation]!) {
      add(byTheme, theme);
      places[quotation]!.forEach((place) => add(cells, cell(place, theme)));
    }
  }
  const first = (map: Map<number, number>, most: number) =>
    [...map].sort(([a, x], [b, y]) => y - x || a - b).slice(0, most).map(([term]) => term);
  return { cells, rows: first(byPlace, ROWS), columns: first(byTheme, COLUMNS), all: [byPlace.size, byTheme.size] as const };
}

export function Themes() {
  const words = text.value;
  const { at } = counted.value;
  const { cells, rows, columns, all } = useMemo(() => count(at), [at]);
  const name = (term: number) => label(index.value.terms[term]);
  const most = Math.max(1, ...cells.values());
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
                  const many = cells.get(cell(place, theme)) ?? 0;
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
