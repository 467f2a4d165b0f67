/** What is shown, to be taken along. */
import { useState } from "preact/hooks";
import { colour, network, positions } from "../data/links";
import { counted, failure, index, label, place, text } from "../data/state";
import type { Rec } from "../data/types";
import { csv, gexf, save, xlsx, type Cell } from "../export/files";

const COLUMNS = ["id", "event", "date", "earliest", "latest", "speaker", "counterparts", "represents", "type", "themes", "text", "citation", "source", "n"];

function rows(at: number[], records: Rec[]): Cell[][] {
  const { speaker, counterparts, represents, type, themes } = index.value.quotations;
  const names = (terms: number[]) => terms.filter((term) => term >= 0).map((term) => label(index.value.terms[term])).join("; ");
  return at.map((place, number) => {
    const record = records[number]!;
    const terms = [names([speaker[place]!]), names(counterparts[place]!), names(represents[place]!), names([type[place]!]), names(themes[place]!)];
    const dates = [record.date ?? null, record.earliest ?? null, record.latest ?? null];
    return [record.id, record.event?.id ?? null, ...dates, ...terms, record.text, record.citation ?? null, record.source, record.n];
  });
}

const FORMS: Record<string, (at: number[]) => Promise<void>> = {
  CSV: async (at) => save("quotations.csv", "text/csv", csv(COLUMNS, rows(at, await place.value.records(at)))),
  XLSX: async (at) => {
    const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    save("quotations.xlsx", type, xlsx(COLUMNS, rows(at, await place.value.records(at))));
  },
  JSONL: async (at) => {
    const lines = (await place.value.records(at)).map((record) => JSON.stringify(record));
    save("quotations.jsonl", "application/x-ndjson", `${lines.join("\n")}\n`);
  },
  Turtle: async (at) => save("quotations.ttl", "text/turtle", await place.value.turtle(at)),
  GEXF: async (at) => {
    const { terms } = index.value;
    const content = gexf(network(index.value, at), {
      id: (term) => terms[term]!.key,
      label: (term) => label(terms[term]),
      kind: (term) => terms[term]!.kind,
      place: positions(index.value),
      colour: (term) => colour(terms[term]!.kind),
      link: (type) => (type < 0 ? "represents" : terms[type]!.key),
    });
    save("quotations.gexf", "application/xml", content);
  },
};

export function Downloads() {
  const words = text.value;
  const [busy, setBusy] = useState(false);
  const fetchIt = async (form: string) => {
    setBusy(true);
    try {
      await FORMS[form]!(counted.value.at);
    } catch (error) {
      failure.value = (error as Error).message;
    }
    setBusy(false);
  };
  return (
    <details class="menu">
      <summary>{busy ? words.loading : words.download}</summary>
      <ul>
        {Object.keys(FORMS).filter((form) => form !== "Turtle" || place.value.hasTurtle).map((form) => (
          <li key={form}><button type="button" data-form={form} disabled={busy} onClick={() => void fetchIt(form)}>{form}</button></li>
        ))}
      </ul>
    </details>
  );
}
