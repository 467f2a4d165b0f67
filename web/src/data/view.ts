/** What is seen, as the part of the address after `#`: a link shows a colleague the same. */
import { FACETS, type Chosen } from "./facets";

export const TABS = ["quotations", "graph", "timeline", "themes", "source", "queries"] as const;
export type Tab = (typeof TABS)[number];

/** The name of the question that somebody writes. */
export const OWN = "*";

export interface View {
  tab: Tab;
  language: string;
  chosen: Chosen;
  words: string;
  /** The quotation that is read, by its id. */
  open: string;
  source: string;
  query: string;
  parameters: [string, string][];
  /** Whether pictures are shown as tables. */
  tables: boolean;
  /** Whether the answer to a question is drawn. */
  chart: boolean;
  /** What is picked in the graph: a key, or two and a kind between them. */
  pick: string[];
  /** The quotation that is looked for on the page, by its id. */
  mark: string;
  /** Which part of a long list is read, from 0. */
  part: number;
}

export function read(hash: string, fallback: string): View {
  const all = new URLSearchParams(hash.replace(/^#/, ""));
  const tab = TABS.find((tab) => tab === all.get("tab")) ?? "quotations";
  const chosen: Chosen = {};
  for (const name of FACETS) {
    const keys = all.getAll(name);
    if (keys.length) chosen[name] = keys;
  }
  const parameters = [...all].filter(([name]) => name.startsWith("set.")).map(([name, value]): [string, string] => [name.slice(4), value]);
  return {
    tab,
    language: all.get("lang") ?? fallback,
    chosen,
    words: all.get("q") ?? "",
    open: all.get("open") ?? "",
    source: all.get("page") ?? "",
    query: all.get("query") ?? "",
    parameters,
    tables: all.get("as") === "table",
    chart: all.get("chart") === "yes",
    pick: all.getAll("pick"),
    mark: all.get("at") ?? "",
    part: Math.max(0, Math.floor(Number(all.get("part")) || 1) - 1),
  };
}

export function write(view: View): string {
  const all = new URLSearchParams();
  all.set("tab", view.tab);
  all.set("lang", view.language);
  for (const name of FACETS) for (const key of view.chosen[name] ?? []) all.append(name, key);
  for (const key of view.pick) all.append("pick", key);
  const rest = {
    q: view.words,
    open: view.open,
    page: view.source,
    at: view.mark,
    query: view.query,
    as: view.tables ? "table" : "",
    chart: view.chart ? "yes" : "",
    part: view.part ? String(view.part + 1) : "",
  };
  for (const [name, value] of Object.entries(rest)) if (value) all.set(name, value);
  for (const [name, value] of view.parameters) if (value) all.append(`set.${name}`, value);
  return `#${all}`;
}
