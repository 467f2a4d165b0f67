/** Who spoke to whom, and for what, among the quotations that are shown. */
import type { Index } from "./types";

export interface Link {
  from: number;
  to: number;
  /** The type of event, or -1 where one stands for the other. */
  type: number;
  quotations: number[];
}

export interface Network {
  /** Terms, each with the number of quotations that it has a part in. */
  nodes: Map<number, number>;
  links: Link[];
}

export function network(index: Index, at: number[]): Network {
  const { speaker, type, counterparts, represents } = index.quotations;
  const links = new Map<number, Link>();
  const many = index.terms.length;
  const nodes = new Map<number, number>();
  const add = (from: number, to: number, type: number, place: number) => {
    if (from < 0 || to < 0) return;
    // One number is looked up faster than a text.
    const key = (from * many + to) * (many + 1) + type + 1;
    const link = links.get(key);
    if (!link) links.set(key, { from, to, type, quotations: [place] });
    else if (link.quotations.at(-1) !== place) link.quotations.push(place);
  };
  for (const place of at) {
    const parts = new Set<number>();
    counterparts[place]!.forEach((one, number) => {
      const side = represents[place]![number]!;
      add(speaker[place]!, one, type[place]!, place);
      add(one, side, -1, place);
      [speaker[place]!, one, side].forEach((part) => part >= 0 && parts.add(part));
    });
    for (const part of parts) nodes.set(part, (nodes.get(part) ?? 0) + 1);
  }
  return { nodes, links: [...links.values()] };
}

/** Colours that people who see few colours can tell apart (Okabe and Ito), by kind of thing. */
export const COLOURS: Record<string, string> = { person: "#0072b2", place: "#009e73", body: "#e69f00", other: "#8a8a8a" };
export const colour = (kind: string) => COLOURS[kind] ?? COLOURS["other"]!;
export const kindOf = (kind: string) => (kind in COLOURS ? kind : "other");

/** Colours of lines, to be seen on white as on black. */
export const LINES = { said: "#5c82ab", standsFor: "#8a7a62" };
export const lineColour = (link: Link) => (link.type < 0 ? LINES.standsFor : LINES.said);

/** Where a term stands: as it was laid out, or, of what was not, on a circle around the others. */
export function positions(index: Index): (term: number) => { x: number; y: number } {
  const { at, x, y } = index.layout;
  const known = new Map(at.map((term, number) => [term, { x: x[number]!, y: y[number]! }]));
  const middle = (values: number[]) => (Math.min(...values, Infinity) + Math.max(...values, -Infinity)) / 2 || 0;
  const [centreX, centreY] = [middle(x), middle(y)];
  const radius = 1.1 * Math.max(100, ...x.map((x, at) => Math.hypot(x - centreX, y[at]! - centreY)));
  return (term) => known.get(term) ?? { x: centreX + radius * Math.cos(term), y: centreY + radius * Math.sin(term) };
}
