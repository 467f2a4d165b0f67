/** When the quotations were said, by month and by day; what is not known to the day is told apart. */
import { useMemo } from "preact/hooks";
import { month } from "../data/facets";
import { change, choose, otherDates, otherMonths, text, toggle, view } from "../data/state";
import { byDate, Days, type Dates } from "../parts/days";
import { Mark, withArrows } from "../parts/marks";
import { Table } from "../parts/table";

interface Bar {
  key: string;
  exact: number;
  vague: number;
}

/** More months in a row without any quotation are left out, and so are all where years alone are known. */
const EMPTY = 24;

/** Quotations by month: those with a day, and those without; months between them are there, though empty. */
function byMonth(dates: Dates): Bar[] {
  const bars = new Map<string, Bar>();
  for (const [date, many] of dates) {
    const key = month(date);
    const bar = bars.get(key) ?? { key, exact: 0, vague: 0 };
    bar[date.length === 10 ? "exact" : "vague"] += many;
    bars.set(key, bar);
  }
  const known = [...bars.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  return known.flatMap((bar, at) => (at ? [...between(known[at - 1]!.key, bar.key), bar] : [bar]));
}

function between(before: string, after: string): Bar[] {
  const ordinal = (key: string) => Number(key.slice(0, 4)) * 12 + Number(key.slice(5)) - 1;
  const from = ordinal(before) + 1;
  const many = ordinal(after) - from;
  if (before.length < 7 || after.length < 7 || many > EMPTY) return [];
  return Array.from({ length: Math.max(0, many) }, (_, step) => {
    const at = from + step;
    return { key: `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`, exact: 0, vague: 0 };
  });
}

const HEIGHT = 180;
/** A month with its figures, and one of more than `MANY`, of which only the years have theirs. */
const WIDTH = 60;
const NARROW = 14;
const MANY = 72;

export function Timeline() {
  const words = text.value;
  // What is chosen is marked among the others.
  const [inMonths, inDays] = [otherMonths.value, otherDates.value];
  const dates = useMemo(() => byDate(inMonths), [inMonths]);
  const bars = useMemo(() => byMonth(dates), [dates]);
  const days = useMemo(() => (inDays === inMonths ? dates : byDate(inDays)), [inDays, dates]);
  const without = dates.reduce((rest, [, many]) => rest - many, inMonths.length);
  if (!bars.length) return <p>{without ? words.undated(without) : words.nothing}</p>;
  return (
    <section aria-label={words.timeline}>
      <div class="bar">
        <p>{words.monthBar} {without > 0 && words.undated(without)}</p>
        <button type="button" id="as" onClick={() => change({ tables: !view.value.tables })}>{view.value.tables ? words.asPicture : words.asTable}</button>
      </div>
      {view.value.tables ? (
        <>
          <Table
            caption={words.months}
            columns={[words.month, words.quotations, words.dayUnknown]}
            rows={bars.map((bar) => [bar.key, bar.exact + bar.vague, bar.vague])}
            choose={(row) => choose({ month: [bars[row]!.key] }, { tab: "quotations" })}
          />
          <Table
            caption={words.days}
            columns={[words.date, words.quotations]}
            rows={days}
            choose={(row) => choose({ date: [days[row]![0]] }, { tab: "quotations" })}
          />
        </>
      ) : (
        <>
          <h2>{words.months}</h2>
          <Months bars={bars} />
          <h2>{words.days}</h2>
          {days.length > 0 && <Days dates={days} />}
        </>
      )}
    </section>
  );
}

function Months({ bars }: { bars: Bar[] }) {
  const most = Math.max(...bars.map((bar) => bar.exact + bar.vague));
  const full = bars.filter((bar) => bar.exact + bar.vague > 0);
  const narrow = bars.length > MANY;
  const width = narrow ? NARROW : WIDTH;
  const year = (at: number) => bars[at]?.key.slice(0, 4);
  const caption = (at: number) => (!narrow ? bars[at]!.key : year(at) === year(at - 1) ? undefined : year(at));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={text.value.months}>
      <svg class="bars" width={bars.length * width + (narrow ? WIDTH : 0)} height={HEIGHT + 40} role="group" aria-label={text.value.months} onKeyDown={withArrows}>
        <defs>
          <pattern id="vague" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="3" height="6" class="stripe" />
          </pattern>
        </defs>
        {bars.map((bar, number) => (
          <Month key={bar.key} bar={bar} x={number * width} {...{ width, narrow }} caption={caption(number)} unit={HEIGHT / most} first={bar === full[0]} />
        ))}
      </svg>
    </div>
  );
}

interface MonthShown {
  bar: Bar;
  x: number;
  width: number;
  narrow: boolean;
  /** What stands under it. */
  caption: string | undefined;
  /** Pixels of one quotation. */
  unit: number;
  first: boolean;
}

function Month({ bar, x, width, narrow, caption, unit, first }: MonthShown) {
  const words = text.value;
  const all = bar.exact + bar.vague;
  const name = `${bar.key}: ${words.quotes(all)}${bar.vague ? `, ${bar.vague} ${words.dayUnknown}` : ""}`;
  return (
    <>
      {all > 0 && (
        <Mark name={name} chosen={!!view.value.chosen.month?.includes(bar.key)} first={first} choose={() => toggle("month", bar.key)} data-month={bar.key}>
          <rect x={x} y={0} width={width} height={HEIGHT + 40} class="back" />
          <rect x={x + width / 10} y={20 + HEIGHT - bar.exact * unit} width={0.8 * width} height={bar.exact * unit} class="exact" />
          <rect x={x + width / 10} y={20 + HEIGHT - all * unit} width={0.8 * width} height={bar.vague * unit} class="vague" />
        </Mark>
      )}
      <g aria-hidden="true" class="figures" text-anchor={narrow ? "start" : "middle"}>
        {!narrow && <text x={x + width / 2} y={14 + HEIGHT - all * unit}>{all}</text>}
        {caption && <text x={narrow ? x : x + width / 2} y={HEIGHT + 35}>{caption}</text>}
      </g>
    </>
  );
}
