/** The questions of the catalogue with their answers, and one's own in SPARQL. */
import { useMemo, useState } from "preact/hooks";
import { heading, inLanguage } from "../data/answers";
import { sparql } from "../data/sparql";
import { change, counted, index, label, place, text, view } from "../data/state";
import type { Answer, Query } from "../data/types";
import { OWN } from "../data/view";
import { csv, save } from "../export/files";
import { Editor } from "../parts/editor";
import { Copy } from "../parts/copy";
import { useLater } from "../parts/later";
import { Table } from "../parts/table";

export function Queries() {
  const words = text.value;
  const { language, query: name } = view.value;
  const groups = useMemo(() => {
    const found = new Map<string, Query[]>();
    for (const query of index.value.queries) {
      const group = query.tags[0] ?? "";
      found.set(group, [...(found.get(group) ?? []), query]);
    }
    const rank = (name: string) => (index.value.groups.findIndex(([group]) => group === name) + 1 || Infinity);
    return [...found].sort(([a], [b]) => rank(a) - rank(b));
  }, [index.value]);
  const groupName = (name: string) => index.value.groups.find(([group]) => group === name)?.[1][language] ?? name;
  const query = index.value.queries.find((query) => query.name === name);
  const own = name === OWN;
  return (
    <div class="questions">
      <nav aria-label={words.catalogue}>
        <button type="button" aria-current={own} onClick={() => change({ query: OWN, parameters: [] })}>{words.ownQuery}</button>
        {groups.map(([group, queries]) => (
          <details key={group} data-group={group} open={queries.some((query) => query.name === name)}>
            <summary>{groupName(group)}</summary>
            <ul>
              {queries.map((query) => (
                <li key={query.name}>
                  <button type="button" data-query={query.name} aria-current={query.name === name} onClick={() => change({ query: query.name, parameters: [] })}>
                    {query.question[language] ?? query.question["en"] ?? query.summary}
                  </button>
                </li>
              ))}
            </ul>
          </details>
        ))}
      </nav>
      <div>{own ? <Own /> : query ? <Asked key={query.name} query={query} /> : <p>{words.catalogue}</p>}</div>
    </div>
  );
}

function Asked({ query }: { query: Query }) {
  const words = text.value;
  const { language, parameters } = view.value;
  const asked = JSON.stringify(parameters);
  const answer = useLater(() => place.value.answer(query.name, parameters), [query.name, asked]);
  // With the values that are set, so that it gives this answer.
  const sparqlText = useLater(() => place.value.asked(query, parameters), [query.name, asked]) ?? query.sparql;
  return (
    <section aria-label={query.name}>
      <h2>{query.question[language] ?? query.question["en"] ?? query.summary}</h2>
      <p class="small" lang="en">{withCode(query.description)}</p>
      <Parameters query={query} />
      {answer ? <Shown query={query} answer={answer} /> : <p>{words.loading}</p>}
      <details>
        <summary>{words.sparql}</summary>
        <Editor value={sparqlText} name={words.sparql} fixed />
        {place.value.served && <p><button type="button" onClick={() => change({ query: OWN, parameters: [["text", sparqlText]] })}>{words.ownQuery}</button></p>}
      </details>
    </section>
  );
}

/** What is set in backticks, as the name that it is. */
const withCode = (text: string) => text.split("`").map((part, at) => (at % 2 ? <code>{part}</code> : part));

const parameterName = (name: string) => heading(index.value, name, view.value.language);

function Parameters({ query }: { query: Query }) {
  const words = text.value;
  const known = new Map(view.value.parameters);
  if (!query.parameters.length) return null;
  if (!place.value.served) return <p class="small">{withCode(words.noServer)}</p>;
  const set = (event: Event) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    change({ parameters: [...fields].map(([name, value]): [string, string] => [name, String(value)]).filter(([, value]) => value) });
  };
  return (
    <form class="parameters" onSubmit={set} aria-label={words.parameters}>
      {query.parameters.map(({ name, kind, description }) => (
        <label key={name} title={description}>
          <span>{parameterName(name)}</span>
          <input name={name} type={kind === "date" ? "date" : kind === "number" ? "number" : "text"} value={known.get(name) ?? ""} list={kind === "thing" ? `set-${name}` : undefined} />
          {kind === "thing" && <Things name={name} />}
        </label>
      ))}
      <button type="submit">{words.ask}</button>
    </form>
  );
}

/** Kinds of things that a parameter is about; others may be about any. */
const KINDS: Record<string, string[]> = {
  channel: ["event-type"],
  theme: ["theme"],
  country: ["place", "region"],
  region: ["region"],
  section: ["section"],
  counterpart: ["person", "body"],
  speaker: ["person", "body"],
  person: ["person", "body"],
};
/** Things that are offered for one parameter. */
const OFFERED = 500;

function Things({ name }: { name: string }) {
  const kinds = KINDS[name] ?? ["place", "person", "body", "theme", "region"];
  const things = index.value.terms.filter((term) => kinds.includes(term.kind)).slice(0, OFFERED);
  return (
    <datalist id={`set-${name}`}>
      {things.map((term) => <option key={term.key} value={label(term)} />)}
    </datalist>
  );
}

function Shown({ query, answer }: { query: Query; answer: Answer }) {
  const words = text.value;
  const { language } = view.value;
  const shown = useMemo(() => inLanguage(answer, language), [answer, language]);
  const picture = pictureOf(query);
  const drawn = view.value.chart;
  const question = query.question[language] ?? query.summary;
  return (
    <>
      <p class="bar">
        <button type="button" data-form="answer" onClick={() => save(`${query.name}.csv`, "text/csv", csv(answer.columns, answer.rows))}>CSV</button>
        {picture && <button type="button" aria-pressed={drawn} onClick={() => change({ chart: !drawn })}>{drawn ? words.table : words.chart}</button>}
      </p>
      {drawn && picture ? (
        <div class="scroll" tabIndex={0} role="region" aria-label={question}><img class="chart" src={picture} alt={question} /></div>
      ) : (
        <Table caption={question} columns={shown.columns.map((column) => heading(index.value, column, language))} rows={shown.rows} />
      )}
    </>
  );
}

/** The picture of an answer, which the program draws, here as on the command line. */
function pictureOf(query: Query): string | undefined {
  if (!Object.keys(query.chart).length) return undefined;
  if (place.value.served) return `api/${query.name}.svg?${new URLSearchParams(view.value.parameters)}`;
  return query.picture && `data:image/svg+xml;charset=utf-8,${encodeURIComponent(query.picture)}`;
}

function Own() {
  const words = text.value;
  const given = new Map(view.value.parameters).get("text");
  const first = useMemo(() => given ?? sparql(index.value, view.value.chosen, view.value.words, counted.value.at), []);
  const [typed, setTyped] = useState(first);
  const [answer, setAnswer] = useState<Answer | undefined>(undefined);
  const [wrong, setWrong] = useState("");
  const run = async () => {
    setWrong("");
    try {
      setAnswer(await place.value.sparql(typed));
      change({ parameters: [["text", typed]] }, true);
    } catch (error) {
      setWrong((error as Error).message);
    }
  };
  const shown = answer && inLanguage(answer, view.value.language);
  return (
    <section aria-label={words.ownQuery}>
      <h2>{given ? words.ownQuery : words.behind}</h2>
      <p class="small">{words.behindHelp}</p>
      {!place.value.served && <p class="small">{withCode(words.noServer)}</p>}
      <Editor value={first} name={words.sparql} fixed={!place.value.served} change={setTyped} run={() => void run()} />
      <p class="bar">
        {place.value.served && <button type="button" id="run" onClick={() => void run()}>{words.ask}</button>}
        <Copy words={typed} />
        {place.value.served && <span class="small"><kbd>Ctrl</kbd>+<kbd>Enter</kbd></span>}
      </p>
      {wrong && <p role="alert" class="failure">{wrong}</p>}
      {answer && shown && (
        <>
          <p><button type="button" onClick={() => save("answer.csv", "text/csv", csv(answer.columns, answer.rows))}>CSV</button></p>
          <Table caption={words.ownQuery} columns={shown.columns.map((column) => heading(index.value, column, view.value.language))} rows={shown.rows} />
        </>
      )}
    </section>
  );
}
