/** The days on one line of time, and under it, as wide as they are uncertain, the dates without a day. */
import { allFacets, text, toggle, view } from "../data/state";
import { Mark, withArrows } from "./marks";

const DAY = 86_400_000;
/** Where the line is, and how high the highest bar. */
const LINE = 96;
const HIGH = 74;
/** Room for a date without a day. */
const ROW = 22;
/** More would be neither told apart nor hit. */
const MOST = 800;

export type Dates = [date: string, many: number][];

/** How many of the quotations have each date, in the order of the dates. */
export function byDate(at: number[]): Dates {
  const { keys, start, values } = allFacets.value.find((facet) => facet.name === "date")!;
  const many = new Int32Array(keys.length);
  for (const place of at) if (start[place]! < start[place + 1]!) many[values[start[place]!]!]!++;
  const dates = keys.map((date, value): [string, number] => [date, many[value]!]);
  return dates.filter(([, many]) => many > 0).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** First and last day that a date may mean, as numbers of days. */
export function bounds(date: string): [first: number, last: number] {
  const [from, to] = date.split("/") as [string, string | undefined];
  const parts = (text: string) => text.split("-").map(Number) as [number, number | undefined, number | undefined];
  const [year, month = 1, day = 1] = parts(from);
  const [lastYear, lastMonth = 12, lastDay] = parts(to ?? from);
  const last = lastDay ? Date.UTC(lastYear, lastMonth - 1, lastDay) : Date.UTC(lastYear, lastMonth, 0);
  return [Date.UTC(year, month - 1, day) / DAY, last / DAY];
}

/** Where months begin on a line of days. */
function months(first: number, days: number): [day: number, name: string][] {
  const found: [number, string][] = [];
  for (let day = first; day < first + days; day++) {
    const name = new Date(day * DAY).toISOString();
    if (day === first || name.slice(8, 10) === "01") found.push([day, name.slice(0, 7)]);
  }
  return found;
}

export function Days({ dates }: { dates: Dates }) {
  const words = text.value;
  if (dates.length > MOST) return <p>{words.manyDays}</p>;
  const vague = dates.filter(([date]) => bounds(date)[0] !== bounds(date)[1]);
  const days = dates.filter(([date]) => bounds(date)[0] === bounds(date)[1]);
  const first = Math.min(...dates.map(([date]) => bounds(date)[0]));
  const span = Math.max(...dates.map(([date]) => bounds(date)[1])) - first + 1;
  const unit = Math.max(5, Math.min(24, 1000 / span));
  const most = Math.max(1, ...days.map(([, many]) => many));
  const x = (day: number) => (day - first) * unit;
  // With room for the name of a month that has just begun.
  const width = span * unit + 56;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={words.days}>
      <svg class="bars" width={width} height={LINE + 24 + vague.length * ROW} role="group" aria-label={words.days} onKeyDown={withArrows}>
        <line x1="0" y1={LINE} x2={width} y2={LINE} class="axis" />
        {months(first, span).map(([day, name], at, all) => (
          <g key={name} aria-hidden="true" class="figures">
            <line x1={x(day)} x2={x(day)} y1={LINE} y2={LINE + 18} class="axis" />
            {(all[at + 1] === undefined || x(all[at + 1]![0]) - x(day) > 52) && <text x={x(day) + 4} y={LINE + 15}>{name}</text>}
          </g>
        ))}
        {days.map(([date, many], at) => {
          const high = (HIGH * many) / most;
          const left = x(bounds(date)[0]);
          return (
            <Stretch key={date} date={date} many={many} first={at === 0}>
              <rect x={left} y="0" width={unit} height={LINE} class="back" />
              <rect x={left + 0.5} y={LINE - high} width={unit - 1} height={high} class="exact" />
            </Stretch>
          );
        })}
        {vague.map(([date, many], at) => {
          const [from, to] = bounds(date);
          const top = LINE + 22 + at * ROW;
          return (
            <Stretch key={date} date={date} many={many} first={!days.length && at === 0}>
              <rect x={x(from)} y={top} width={(to - from + 1) * unit} height={ROW - 6} class="vague" />
              <text x={x(from) + 6} y={top + 13} class="over" aria-hidden="true">{many}</text>
            </Stretch>
          );
        })}
      </svg>
    </div>
  );
}

interface Shown {
  date: string;
  many: number;
  first: boolean;
  children: preact.ComponentChildren;
}

function Stretch({ date, many, first, children }: Shown) {
  const words = text.value;
  const name = `${date}: ${words.quotes(many)}${date.length === 10 ? "" : `, ${words.dayUnknown}`}`;
  return (
    <Mark name={name} chosen={!!view.value.chosen.date?.includes(date)} first={first} choose={() => toggle("date", date)} data-date={date}>
      {children}
    </Mark>
  );
}
