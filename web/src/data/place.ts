/** Where the data are: in the page itself, or at the server that it came from. */
import type { Answer, Bundle, Index, Query, Rec, SourceView } from "./types";

export interface Place {
  index: Index;
  /** Whether there is a server, which can be asked more than what is here. */
  served: boolean;
  records(at: number[]): Promise<Rec[]>;
  /** Places of the quotations that have every one of the words. */
  search(words: string): Promise<number[]>;
  source(name: string): Promise<SourceView | undefined>;
  /** Whether statements can be had, and those about some quotations. */
  hasTurtle: boolean;
  turtle(at: number[]): Promise<string>;
  answer(query: string, parameters: [string, string][]): Promise<Answer>;
  /** A question as SPARQL, with the values that are set. */
  asked(query: Query, parameters: [string, string][]): Promise<string>;
  sparql(text: string): Promise<Answer>;
}

/** Records that are asked for at once. */
const AT_ONCE = 200;

export async function find(): Promise<Place> {
  const inside = document.getElementById("dictum-data")?.textContent?.trim();
  return inside ? inFile(JSON.parse(inside) as Bundle) : await atServer();
}

function inFile({ index, records, sources, statements }: Bundle): Place {
  let words: string[] | undefined;
  return {
    index,
    served: false,
    records: async (at) => at.map((place) => records[place]!),
    search: async (text) => {
      words ??= records.map((record, place) => searched(index, record, place));
      const wanted = split(text);
      const found: number[] = [];
      words.forEach((words, place) => wanted.every((word) => words.includes(word)) && found.push(place));
      return found;
    },
    hasTurtle: !!statements,
    turtle: async (at) => at.map((place) => statements?.[place] ?? "").join(""),
    source: async (name) => sources.find((source) => source.name === name),
    answer: async (name) => {
      const answer = index.queries.find((query) => query.name === name)?.answer;
      if (!answer) throw new Error(name);
      return answer;
    },
    asked: async (query) => query.sparql,
    sparql: () => Promise.reject(new Error("no server")),
  };
}

const split = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean);

/** Everything that somebody would look for a quotation by. */
function searched(index: Index, record: Rec, place: number): string {
  const { source, section, speaker, type, counterparts, represents, places, themes } = index.quotations;
  const terms = [source[place], section[place], speaker[place], type[place]]
    .concat(counterparts[place], represents[place], places[place], themes[place])
    .map((term) => index.terms[term ?? -1]);
  const labels = terms.flatMap((term) => (term ? Object.values(term.labels) : []));
  return [record.text, record.text_emended, record.citation, record.continued, ...labels].join("\n").toLowerCase();
}

async function get(address: string, init?: RequestInit): Promise<Response> {
  const reply = await fetch(address, init);
  if (reply.ok) return reply;
  const told = (await reply.json().catch(() => ({}))) as { detail?: string; help?: string };
  throw new Error([told.detail ?? `${reply.status} ${reply.statusText}`, told.help].filter(Boolean).join("\n"));
}

const json = async <T>(address: string) => (await (await get(address)).json()) as T;

async function atServer(): Promise<Place> {
  const index = await json<Index>("api/explorer");
  const known = new Map<number, Rec>();
  /** The data have changed: the places of old ones mean nothing any more. */
  const check = (version: string) => version === index.version || location.reload();
  return {
    index,
    served: true,
    records: async (at) => {
      const missing = at.filter((place) => !known.has(place)).sort((a, b) => a - b);
      for (let first = 0; first < missing.length; first += AT_ONCE) {
        const some = missing.slice(first, first + AT_ONCE);
        const reply = await json<{ version: string; records: Rec[] }>(`api/explorer/records?at=${some.join(",")}`);
        check(reply.version);
        some.forEach((place, number) => known.set(place, reply.records[number]!));
      }
      return at.map((place) => known.get(place)!);
    },
    search: async (text) => {
      const reply = await json<{ version: string; at: number[] }>(`api/explorer/search?q=${encodeURIComponent(text)}`);
      check(reply.version);
      return reply.at;
    },
    hasTurtle: true,
    turtle: async (at) => {
      const form = new URLSearchParams({ format: "turtle", at: at.join(",") });
      return (await get("api/explorer/download", { method: "POST", body: form })).text();
    },
    source: (name) => json<SourceView>(`api/explorer/source?name=${encodeURIComponent(name)}`),
    answer: async (name, parameters) => {
      const set = new URLSearchParams(parameters.filter(([, value]) => value));
      return table(await get(`api/${encodeURIComponent(name)}?${set}`, accept()));
    },
    asked: async (query, parameters) => {
      const set = parameters.filter(([, value]) => value);
      return set.length ? (await get(`api/${encodeURIComponent(query.name)}.rq?${new URLSearchParams(set)}`)).text() : query.sparql;
    },
    sparql: async (text) =>
      table(await get("query", { method: "POST", body: text, headers: { ...accept().headers, "content-type": "application/sparql-query" } })),
  };
}

const accept = () => ({ headers: { accept: "application/sparql-results+json, text/turtle;q=0.5" } });

interface Results {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, { value: string }>[] };
}

/** Cells as CSV has them; statements are one cell of Turtle. */
async function table(reply: Response): Promise<Answer> {
  if (!reply.headers.get("content-type")?.includes("json")) return { columns: ["Turtle"], rows: [[await reply.text()]] };
  const { head, boolean, results } = (await reply.json()) as Results;
  if (boolean !== undefined) return { columns: ["ASK"], rows: [[String(boolean)]] };
  const columns = head.vars ?? [];
  const rows = (results?.bindings ?? []).map((row) => columns.map((column) => row[column]?.value ?? null));
  return { columns, rows };
}
