/** Filtering by facets, with counts, in typed arrays: a hundred thousand quotations in some milliseconds. */
import type { Index } from "./types";

export const FACETS = ["place", "counterpart", "speaker", "type", "theme", "month", "date", "section", "source"] as const;
export type FacetName = (typeof FACETS)[number];
export type Chosen = Partial<Record<FacetName, string[]>>;

/** One thing that quotations can be filtered by. */
export interface Facet {
  name: FacetName;
  /** Values by number: key, and the term behind it, if it is one. */
  keys: string[];
  terms: number[];
  /** Values of each quotation, wider ones too: `values[start[i] .. start[i + 1]]`. */
  start: Int32Array;
  values: Int32Array;
  number: Map<string, number>;
}

export interface Counted {
  /** Quotations that fit, in order. */
  at: number[];
  /** Of each value, how many quotations would fit if it alone were chosen here. */
  counts: Record<FacetName, Int32Array>;
}

export function month(date: string): string {
  return date.slice(0, date[4] === "-" ? 7 : 4);
}

/** What is chosen of dates: whole months, or a date as it is known, be it a day or only a month. */
const PERIODS: Partial<Record<FacetName, (date: string) => string>> = { month, date: (date) => date };

export function facets(index: Index): Facet[] {
  const { quotations, terms } = index;
  const wider = closures(index);
  const one = (column: number[]) => (place: number) => (column[place]! < 0 ? [] : [column[place]!]);
  const of: Record<FacetName, (place: number) => number[]> = {
    place: (place) => quotations.places[place]!,
    counterpart: (place) => quotations.counterparts[place]!,
    speaker: one(quotations.speaker),
    type: one(quotations.type),
    theme: (place) => quotations.themes[place]!,
    month: () => [],
    date: () => [],
    section: one(quotations.section),
    source: one(quotations.source),
  };
  return FACETS.map((name) => {
    const facet = { name, keys: [] as string[], terms: [] as number[], number: new Map<string, number>() };
    const valueOf = (key: string, term: number) => {
      let value = facet.number.get(key);
      if (value === undefined) {
        value = facet.keys.push(key) - 1;
        facet.terms.push(term);
        facet.number.set(key, value);
      }
      return value;
    };
    const start = new Int32Array(quotations.id.length + 1);
    // Of each term its value, and the last quotation that has it.
    const known = new Int32Array(terms.length).fill(-1);
    const seen = new Int32Array(terms.length).fill(-1);
    const values: number[] = [];
    for (let place = 0; place < quotations.id.length; place++) {
      const period = PERIODS[name];
      if (period) {
        const key = period(quotations.date[place]!);
        if (key) values.push(valueOf(key, -1));
      } else {
        for (const term of of[name](place)) {
          for (const wide of term < 0 ? [] : wider[term]!) {
            if (seen[wide] === place) continue;
            seen[wide] = place;
            if (known[wide]! < 0) known[wide] = valueOf(terms[wide]!.key, wide);
            values.push(known[wide]!);
          }
        }
      }
      start[place + 1] = values.length;
    }
    return { ...facet, start, values: Int32Array.from(values) };
  });
}

/** Of each term it and all that is wider. */
function closures(index: Index): number[][] {
  const found: number[][] = [];
  const of = (term: number): number[] => {
    if (found[term]) return found[term]!;
    // Whoever is wider than itself is not followed for ever.
    found[term] = [term];
    const all = new Set([term, ...(index.terms[term]!.broader ?? []).flatMap(of)]);
    return (found[term] = [...all]);
  };
  index.terms.forEach((_, term) => of(term));
  return found;
}

interface Fitting {
  at: number[];
  /** Of each quotation, how many facets it does not fit, and of each facet with something chosen, what does. */
  failing: Uint8Array;
  passes: Map<FacetName, Uint8Array>;
}

/** Quotations that fit all facets (in each any of the chosen values) and are among those `found` by their words. */
export function fitting(all: Facet[], many: number, chosen: Chosen, found: number[] | undefined): Fitting {
  const failing = new Uint8Array(many);
  const passes = new Map<FacetName, Uint8Array>();
  if (found) {
    failing.fill(1);
    for (const place of found) failing[place] = 0;
  }
  for (const facet of all) {
    const keys = chosen[facet.name];
    if (!keys?.length) continue;
    const wanted = new Uint8Array(facet.keys.length);
    for (const key of keys) {
      const value = facet.number.get(key);
      if (value !== undefined) wanted[value] = 1;
    }
    const fits = new Uint8Array(many);
    for (let place = 0; place < many; place++) {
      for (let at = facet.start[place]!; at < facet.start[place + 1]!; at++) fits[place]! |= wanted[facet.values[at]!]!;
      failing[place]! += 1 - fits[place]!;
    }
    passes.set(facet.name, fits);
  }
  const at: number[] = [];
  for (let place = 0; place < many; place++) if (!failing[place]) at.push(place);
  return { at, failing, passes };
}

export function filter(all: Facet[], many: number, chosen: Chosen, found: number[] | undefined): Counted {
  const { at, failing, passes } = fitting(all, many, chosen, found);
  const counts = Object.fromEntries(
    all.map((facet) => {
      const count = new Int32Array(facet.keys.length);
      const add = (place: number) => {
        for (let at = facet.start[place]!; at < facet.start[place + 1]!; at++) count[facet.values[at]!]!++;
      };
      const fits = passes.get(facet.name);
      if (!fits) at.forEach(add);
      else for (let place = 0; place < many; place++) if (failing[place]! + fits[place]! === 1) add(place);
      return [facet.name, count];
    }),
  ) as Record<FacetName, Int32Array>;
  return { at, counts };
}
