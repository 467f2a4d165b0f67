/** One quotation with everything that is known of it, and what each thing rests on. */
import { useState } from "preact/hooks";
import { bare, change, index, label, placeOf, termOf, text, view } from "../data/state";
import type { Counterpart, Rec } from "../data/types";
import { Copy } from "./copy";
import { Marked, type Mark } from "./marked";

export function marksOf(record: Rec): Mark[] {
  const words = text.value;
  const shown = record.themes.map((theme) => {
    const by = theme.cue ? ` — ${words.cue}: ${theme.cue}${theme.rule ? ` (${theme.rule})` : ""}` : "";
    return { start: theme.start, end: theme.end, kind: isChosen(theme.concept) ? "theme sought" : "theme", note: `${label(termOf(theme.concept)) || theme.concept}${by}` };
  });
  const mentioned = (record.mentions ?? []).map((mention) => ({
    start: mention.start,
    end: mention.end,
    kind: "mention",
    note: `${words.mentioned}: ${label(termOf(mention.key)) || bare(mention.key)}`,
  }));
  return [...shown, ...mentioned];
}

/** Whether somebody filters by this theme, or by one that it is part of. */
function isChosen(theme: string): boolean {
  const keys = view.value.chosen.theme ?? [];
  const walked = new Set<string>();
  const under = (key: string): boolean => {
    if (keys.includes(key)) return true;
    if (walked.has(key)) return false;
    walked.add(key);
    return !!termOf(key)?.broader?.some((wider) => under(index.value.terms[wider]!.key));
  };
  return keys.length > 0 && under(theme);
}

export function Card({ record, whole = false }: { record: Rec; whole?: boolean }) {
  const words = text.value;
  const [emended, setEmended] = useState(false);
  if (record.withdrawn) {
    return (
      <article class="card" id={`card-${record.id}`}>
        <p class="withdrawn">{words.withdrawn}: {record.withdrawn.reason}</p>
        <p class="small">{record.source} {record.n}</p>
      </article>
    );
  }
  const showEmended = emended && record.text_emended;
  return (
    <article class="card" id={`card-${record.id}`}>
      <p class="who">
        <strong>{speaker(record)}</strong> {record.speaker_office && <span class="small" lang={record.language ?? undefined}>{record.speaker_office}</span>}
        <span>{toWhom(record)}</span>
        <span class="when">{when(record)}</span>
      </p>
      <blockquote>
        {showEmended ? (
          <span lang={record.language ?? undefined} class="text">{record.text_emended}</span>
        ) : (
          <Marked text={record.text} marks={marksOf(record)} language={record.language} />
        )}
      </blockquote>
      {record.text_emended && (
        <button type="button" class="plain" aria-pressed={emended} onClick={() => setEmended(!emended)}>
          {emended ? words.asPrinted : words.emended}
        </button>
      )}
      <p class="cited" lang={record.language ?? undefined}>{record.citation ?? record.continued ?? ""}</p>
      {whole ? <Details record={record} /> : (
        <p class="small">
          <Themes record={record} />{" "}
          <button type="button" class="plain open" data-id={record.id} onClick={() => change({ open: record.id })}>
            {words.evidence} · {words.cite}
          </button>
        </p>
      )}
    </article>
  );
}

function speaker(record: Rec): string {
  const term = index.value.terms[index.value.quotations.speaker[placeOf(record.id)] ?? -1];
  return label(term) || record.speaker;
}

/** The title, and the name that addresses and commands have. */
function sourceName({ source }: Rec): string {
  const title = label(termOf(`source:${source}`));
  return title && title !== source ? `${title} (${source})` : source;
}

/** In which event to whom, in the language of the reader. */
function toWhom(record: Rec): string {
  const place = placeOf(record.id);
  const { type, counterparts, represents } = index.value.quotations;
  const name = (term: number | undefined) => label(index.value.terms[term ?? -1]);
  const whom = record.counterparts.map((one, at) => {
    const side = name(represents[place]?.[at]) || one.represents;
    const who = name(counterparts[place]?.[at]) || one.name;
    return side && side !== who ? `${who} (${side})` : who;
  });
  const event = name(type[place]) || record.event?.type;
  return [event, whom.join(", ")].filter(Boolean).join(" · ");
}

function when(record: Rec): string {
  const words = text.value;
  if (!record.date) return words.noDate;
  return record.date.length === 7 ? `${record.date} (${words.monthOnly})` : record.date;
}

function Themes({ record }: { record: Rec }) {
  const themes = [...new Set(record.themes.map((theme) => theme.concept))];
  return <>{themes.map((theme) => label(termOf(theme)) || bare(theme)).join(" · ")}</>;
}

/** What a counterpart is, held, stood for, and how it was recognised. */
function Counterparts({ record }: { record: Rec }) {
  const words = text.value;
  const place = placeOf(record.id);
  const { counterparts, represents } = index.value.quotations;
  const terms = index.value.terms;
  const basis = (one: Counterpart) => words.basis[one.basis ?? (one.id ? "given" : "printed")] ?? one.basis;
  return (
    <ul>
      {record.counterparts.map((one, at) => {
        const who = label(terms[counterparts[place]?.[at] ?? -1]) || one.name;
        const side = label(terms[represents[place]?.[at] ?? -1]) || one.represents;
        return (
          <li key={at}>
            {who} {who !== one.name && <span lang={record.language ?? undefined}>({one.name})</span>}
            {one.office && <>, <span lang={record.language ?? undefined}>{one.office}</span></>}
            {side && <> {words.represents} {side}</>}
            <span class="small"> — {words.knownBy}: {basis(one)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Details({ record }: { record: Rec }) {
  const words = text.value;
  const place = placeOf(record.id);
  const type = label(index.value.terms[index.value.quotations.type[place] ?? -1]) || record.event?.type;
  const spans = (record.spans?.text ?? []).map(([start, end]) => `${start}–${end}`).join(", ");
  const language = record.language ?? undefined;
  return (
    <>
      <dl>
        {record.event && (
          <>
            <dt>{words.event}</dt>
            <dd>{type}{record.event.title && <>: <span lang={language}>{record.event.title}</span></>}</dd>
          </>
        )}
        <dt>{words.date}</dt>
        <dd>{when(record)}</dd>
        {record.counterparts.length > 0 && (
          <>
            <dt>{words.with}</dt>
            <dd><Counterparts record={record} /></dd>
          </>
        )}
        {record.main_theme && (
          <>
            <dt>{words.mainTheme}</dt>
            <dd>{label(termOf(record.main_theme)) || bare(record.main_theme)}</dd>
          </>
        )}
        {record.text_mode && (
          <>
            <dt>{words.textMode}</dt>
            <dd>{label(termOf(`text-mode:${record.text_mode}`)) || record.text_mode}</dd>
          </>
        )}
        <dt>{words.where}</dt>
        <dd>
          {words.whereText(sourceName(record), record.n, spans)}{" "}
          {spans && (
            <button type="button" class="plain" onClick={() => change({ tab: "source", source: record.source, mark: record.id, open: "" })}>{words.seePage}</button>
          )}
        </dd>
        {record.checked_by && <dd>{words.checked(record.checked_by)}</dd>}
      </dl>
      <h3>{words.evidence}</h3>
      {record.themes.length + (record.mentions?.length ?? 0) === 0 ? <p>{words.noEvidence}</p> : (
        <table class="evidence">
          <caption class="small">{words.evidencePlaces}</caption>
          <tbody>
            {record.themes.map((theme, at) => (
              <tr key={at}>
                <td><mark class="theme" lang={language}>{theme.exact}</mark></td>
                <td>{label(termOf(theme.concept)) || bare(theme.concept)}</td>
                <td class="small">{theme.cue && <>{words.cue}: <span lang={language}>{theme.cue}</span></>}</td>
                <td class="small">{theme.start}–{theme.end}</td>
              </tr>
            ))}
            {(record.mentions ?? []).map((mention, at) => (
              <tr key={`m${at}`}>
                <td><mark class="mention" lang={language}>{mention.exact}</mark></td>
                <td>{label(termOf(mention.key)) || bare(mention.key)}</td>
                <td class="small">{words.mentioned}</td>
                <td class="small">{mention.start}–{mention.end}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Cite record={record} />
    </>
  );
}

function Cite({ record }: { record: Rec }) {
  const words = text.value;
  const iri = `${index.value.prefixes["quotation"] ?? ""}${record.id}`;
  const source = label(termOf(`source:${record.source}`)) || record.source;
  const cited = `${speaker(record)}, ${record.citation ?? record.date ?? words.noDate}. ${words.inSource(source, record.n)} ${iri}`;
  const address = `${location.href.replace(/#.*/, "")}#tab=quotations&lang=${view.value.language}&open=${encodeURIComponent(record.id)}`;
  return (
    <section class="cite">
      <h3>{words.cite}</h3>
      <p>{cited}</p>
      <p class="small"><a href={address}>{words.linkHere}</a> <Copy words={`${cited}\n${address}`} /></p>
    </section>
  );
}
