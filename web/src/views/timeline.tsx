/** When the quotations were said: a bar a month, and of some months a mark a day. */
import { useMemo } from "preact/hooks";
import { month } from "../data/facets";
import { change, choose, index, otherMonths, text, toggle, view } from "../data/state";
import { Table } from "../parts/table";

interface Bar {
  key: string;
  exact: number;
  vague: number;
}

/** Quotations by month: those with a day, and those of which the month alone is known. */
function byMonth(dates: string[]): Bar[] {
  const bars = new Map<string, Bar>();
  for (const date of dates) {
    const key = month(date);
    if (!key) continue;
    const bar = bars.get(key) ?? { key, exact: 0, vague: 0 };
    if (date.length === 10) bar.exact += 1;
    else bar.vague += 1;
    bars.set(key, bar);
  }
  return [...bars.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function byDay(dates: string[]): [string, number][] {
  const days = new Map<string, number>();
  for (const date of dates) if (date.length === 10) days.set(date, (days.get(date) ?? 0) + 1);
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1));
}

const HEIGHT = 180;
const WIDTH = 56;

export function Timeline() {
  const words = text.value;
  // The months that are chosen are marked among the others.
  const at = otherMonths.value;
  const dates = useMemo(() => at.map((place) => index.value.quotations.date[place]!), [at]);
  const bars = useMemo(() => byMonth(dates), [dates]);
  const days = useMemo(() => byDay(dates), [dates]);
  if (!bars.length) return <p>{words.nothing}</p>;
  const most = Math.max(...bars.map((bar) => bar.exact + bar.vague));
  return (
    <section aria-label={words.timeline}>
      <div class="bar">
        <p>{words.monthBar}</p>
        <button type="button" id="as" onClick={() => change({ tables: !view.value.tables })}>{view.value.tables ? words.asPicture : words.asTable}</button>
      </div>
      {view.value.tables ? (
        <>
          <Table
            caption={words.months}
            columns={[words.month, words.quotations, words.monthOnly]}
            rows={bars.map((bar) => [bar.key, bar.exact + bar.vague, bar.vague])}
            choose={(row) => choose({ month: [bars[row]!.key] }, { tab: "quotations" })}
          />
          <Table caption={words.days} columns={[words.date, words.quotations]} rows={days} />
        </>
      ) : (
        <>
          <h2>{words.months}</h2>
          <div class="scroll" tabIndex={0} role="region" aria-label={words.months}>
            <svg class="bars" width={bars.length * WIDTH} height={HEIGHT + 40} role="group" aria-label={words.months}>
              <defs>
                <pattern id="vague" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                  <rect width="3" height="6" class="stripe" />
                </pattern>
              </defs>
              {bars.map((bar, number) => (
                <Month key={bar.key} bar={bar} x={number * WIDTH} unit={HEIGHT / most} />
              ))}
            </svg>
          </div>
          <h2>{words.days}</h2>
          <Days days={days} />
        </>
      )}
    </section>
  );
}

function Month({ bar, x, unit }: { bar: Bar; x: number; unit: number }) {
  const chosen = view.value.chosen.month?.includes(bar.key);
  const all = bar.exact + bar.vague;
  const choose = () => toggle("month", bar.key);
  const name = `${bar.key}: ${text.value.quotes(all)}${bar.vague ? `, ${bar.vague} ${text.value.monthOnly}` : ""}`;
  return (
    <>
      <g
        role="button"
        // An attribute of SVG, whose names are as they are written.
        tabindex={0}
        aria-pressed={!!chosen}
        aria-label={name}
        data-month={bar.key}
        class={chosen ? "chosen" : ""}
        onClick={choose}
        onKeyDown={(event) => (event.key === "Enter" || event.key === " ") && (event.preventDefault(), choose())}
      >
        <title>{name}</title>
        <rect x={x} y={0} width={WIDTH} height={HEIGHT + 40} class="back" />
        <rect x={x + 6} y={20 + HEIGHT - bar.exact * unit} width={WIDTH - 12} height={bar.exact * unit} class="exact" />
        <rect x={x + 6} y={20 + HEIGHT - all * unit} width={WIDTH - 12} height={bar.vague * unit} class="vague" />
      </g>
      <g aria-hidden="true" class="figures" text-anchor="middle">
        <text x={x + WIDTH / 2} y={14 + HEIGHT - all * unit}>{all}</text>
        <text x={x + WIDTH / 2} y={HEIGHT + 35}>{bar.key}</text>
      </g>
    </>
  );
}

const DAY = 86_400_000;
const SPACE = 900;

/** A mark for each day on one line of time, as high as there are quotations. */
function Days({ days }: { days: [string, number][] }) {
  if (!days.length) return null;
  const time = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY;
  const first = time(days[0]![0]);
  const span = Math.max(1, time(days.at(-1)![0]) - first);
  const most = Math.max(...days.map(([, many]) => many));
  return (
    <svg class="days" viewBox={`-10 0 ${SPACE + 20} 110`} role="img" aria-label={`${text.value.days}: ${days[0]![0]} – ${days.at(-1)![0]}`}>
      <line x1="0" y1="85" x2={SPACE} y2="85" class="axis" />
      {days.map(([day, many]) => {
        const x = ((time(day) - first) / span) * SPACE;
        return (
          <line key={day} x1={x} x2={x} y1="85" y2={85 - (70 * many) / most} class="day">
            <title>{day}: {text.value.quotes(many)}</title>
          </line>
        );
      })}
      <text x="0" y="104">{days[0]![0]}</text>
      <text x={SPACE} y="104" text-anchor="end">{days.at(-1)![0]}</text>
    </svg>
  );
}
