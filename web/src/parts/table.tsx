/** Rows that can be put in order by any column. */
import { useState } from "preact/hooks";
import { change, index, placeOf, text } from "../data/state";

interface Shown {
  columns: string[];
  rows: (string | number | null)[][];
  caption: string;
  /** Rows that are shown at once. */
  most?: number;
  choose?: (row: number) => void;
}

const compare = (a: string | number | null, b: string | number | null) => {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const [x, y] = [Number(a), Number(b)];
  return a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y) ? x - y : String(a).localeCompare(String(b));
};

export function Table({ columns, rows, caption, most = 500, choose }: Shown) {
  const words = text.value;
  const [sorted, setSorted] = useState<[column: number, down: boolean] | undefined>(undefined);
  const [all, setAll] = useState(false);
  const order = rows.map((_, row) => row);
  if (sorted) order.sort((a, b) => compare(rows[a]![sorted[0]]!, rows[b]![sorted[0]]!) * (sorted[1] ? -1 : 1));
  const shown = all ? order : order.slice(0, most);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption} <span class="small">{words.rows(rows.length)}</span></caption>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={at} scope="col" aria-sort={sorted?.[0] === at ? (sorted[1] ? "descending" : "ascending") : "none"}>
                <button type="button" class="plain" title={`${words.sort} ${column}`} onClick={() => setSorted([at, sorted?.[0] === at && !sorted[1]])}>
                  {column} {sorted?.[0] === at ? (sorted[1] ? "↓" : "↑") : ""}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row}>
              {rows[row]!.map((cell, at) =>
                at === 0 && choose ? (
                  <th key={at} scope="row"><button type="button" class="plain row" onClick={() => choose(row)}>{cell}</button></th>
                ) : (
                  <td key={at} class={classOf(cell)}>{shownCell(cell)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > most && !all && <button type="button" onClick={() => setAll(true)}>{words.more} ({rows.length})</button>}
    </div>
  );
}

/** Cells of more characters need room to be read. */
const LONG = 16;

function classOf(cell: string | number | null): string {
  if (typeof cell === "number" || /^-?\d+(\.\d+)?$/.test(cell ?? "")) return "number";
  if (/^\d{4}-\d\d(-\d\d)?$/.test(cell ?? "")) return "date";
  return (cell ?? "").length > LONG ? "long" : "";
}

/** A quotation is opened here; nothing but the web is linked to, whatever the data say. */
function shownCell(cell: string | number | null) {
  const space = index.value.prefixes["quotation"];
  if (typeof cell === "string" && space && cell.startsWith(space) && placeOf(cell.slice(space.length)) >= 0) {
    const id = cell.slice(space.length);
    return <button type="button" class="plain" data-open={id} onClick={() => change({ open: id })}>{id}</button>;
  }
  if (typeof cell === "string" && /^https?:\/\/\S+$/.test(cell)) {
    return <a href={cell} rel="noreferrer noopener">{cell.replace(/^https?:\/\/(w3id\.org\/)?/, "")}</a>;
  }
  return cell;
}
