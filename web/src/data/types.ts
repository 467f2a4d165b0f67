/** What the program gives the page; see `src/explorer/` of Dictum. All positions are code points, end-exclusive. */

export type Labels = Record<string, string>;

export interface Term {
  key: string;
  iri: string;
  kind: string;
  labels: Labels;
  broader?: number[];
  note?: Labels;
  same?: string[];
}

/** Of each quotation, in order of source and place; -1 where there is none. */
export interface Columns {
  id: string[];
  source: number[];
  section: number[];
  speaker: number[];
  type: number[];
  main: number[];
  date: string[];
  event: number[];
  counterparts: number[][];
  represents: number[][];
  places: number[][];
  themes: number[][];
}

export interface Parameter {
  name: string;
  kind: "thing" | "date" | "number" | "text";
  description: string;
}

export interface Answer {
  columns: string[];
  rows: (string | null)[][];
}

export interface Query {
  name: string;
  summary: string;
  description: string;
  question: Labels;
  tags: string[];
  view: string;
  chart: Record<string, string>;
  parameters: Parameter[];
  columns: string[];
  sparql: string;
  answer?: Answer;
  /** SVG, where the answer is here and its question says how it is drawn. */
  picture?: string;
}

export interface Index {
  format: 1;
  version: string;
  title: Labels;
  description: Labels;
  prefixes: Record<string, string>;
  dataset: { rights: Labels; license: string | null };
  terms: Term[];
  quotations: Columns;
  layout: { at: number[]; x: number[]; y: number[] };
  queries: Query[];
  headings: Record<string, Labels>;
  /** Sources that have a page, by name. */
  pages: string[];
  /** Groups of questions, in order. */
  groups: [name: string, labels: Labels][];
}

export interface Counterpart {
  name: string;
  kind: string;
  office: string | null;
  represents: string | null;
  id?: string | null;
  basis?: string | null;
  key?: string | null;
}

export interface Evidence {
  concept: string;
  start: number;
  end: number;
  exact: string;
  cue?: string;
  rule?: string | null;
}

export interface Mention {
  key: string;
  basis?: string | null;
  start: number;
  end: number;
  exact: string;
}

/** A line of `records.jsonl`. */
export interface Rec {
  id: string;
  source: string;
  n: number;
  section?: string | null;
  text: string;
  text_emended?: string | null;
  language?: string | null;
  text_mode?: string | null;
  speaker: string;
  speaker_id?: string | null;
  speaker_office?: string | null;
  date?: string | null;
  earliest?: string | null;
  latest?: string | null;
  event?: { id?: string | null; type: string; title?: string | null; occasion?: string | null } | null;
  citation?: string | null;
  continued?: string | null;
  counterparts: Counterpart[];
  themes: Evidence[];
  main_theme?: string | null;
  mentions?: Mention[] | null;
  spans?: { text: [number, number][]; citation?: [number, number] | null } | null;
  checked_by?: string | null;
  withdrawn?: { reason: string; by?: string | null } | null;
}

export type Span = [start: number, end: number, kind: string, quotation: number];

export interface SourceView {
  name: string;
  term: number | null;
  language: string;
  text: string | null;
  spans: Span[];
  emendations: { start: number; end: number; reading: string; note: string }[];
}

export interface Bundle {
  index: Index;
  records: Rec[];
  sources: SourceView[];
  /** Statements about each quotation, in N-Triples, where there are not too many. */
  statements?: string[];
}
