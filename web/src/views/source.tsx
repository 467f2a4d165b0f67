/** A source as it is printed, every stretch coloured by what it became: the proof, to be seen. */
import { useEffect, useMemo, useRef } from "preact/hooks";
import { change, index, label, place, placeOf, text, view } from "../data/state";
import type { SourceView } from "../data/types";
import { useLater } from "../parts/later";

const PLAIN = ["blank", "mark"];

export function Source() {
  const words = text.value;
  const names = index.value.pages;
  const name = names.includes(view.value.source) ? view.value.source : names[0] ?? "";
  const source = useLater(() => place.value.source(name), [name]);
  return (
    <section aria-label={words.source}>
      {names.length > 1 && (
        <p>
          <label>
            {words.source_}{" "}
            <select value={name} onChange={(event) => change({ source: event.currentTarget.value, mark: "" })}>
              {names.map((name) => <option key={name}>{name}</option>)}
            </select>
          </label>
        </p>
      )}
      {!source ? <p>{words.loading}</p> : source.text === null ? <p>{words.noPage}</p> : <Page source={source} text={source.text} />}
    </section>
  );
}

function Page({ source, text: printed }: { source: SourceView; text: string }) {
  const words = text.value;
  const box = useRef<HTMLDivElement>(null);
  const points = useMemo(() => Array.from(printed), [printed]);
  const found = placeOf(view.value.mark);
  useEffect(() => {
    const place = box.current?.querySelector<HTMLElement>(".found");
    place?.scrollIntoView({ block: "center" });
    place?.focus({ preventScroll: true });
  }, [found, source]);
  const kinds = [...new Set(source.spans.map(([, , kind]) => kind))].filter((kind) => !PLAIN.includes(kind));
  return (
    <>
      {source.term !== null && <h2>{label(index.value.terms[source.term])}</h2>}
      <p class="small">{words.sourceHelp}</p>
      <ul class="legend" aria-label={words.legend}>
        {kinds.map((kind) => <li key={kind}><span class={`span ${kind}`}>{words.spans[kind] ?? kind}</span></li>)}
      </ul>
      <div class="page" lang={source.language || undefined} id="page" ref={box}>
        {source.spans.map(([start, end, kind, quotation], at) => {
          const words = slips(points, start, end, source);
          if (quotation < 0) return PLAIN.includes(kind) ? <span key={at}>{words}</span> : <span key={at} class={`span ${kind}`}>{words}</span>;
          const id = index.value.quotations.id[quotation]!;
          return (
            <span
              key={at}
              class={`span ${kind}${quotation === found ? " found" : ""}`}
              role="button"
              tabIndex={0}
              data-id={id}
              onClick={() => change({ open: id })}
              onKeyDown={(event) => {
                if (event.key !== "Enter" && event.key !== " ") return;
                event.preventDefault();
                change({ open: id });
              }}
            >
              {words}
            </span>
          );
        })}
      </div>
    </>
  );
}

/** The characters of a stretch, with its misprints marked and what they ought to be. */
function slips(points: string[], start: number, end: number, source: SourceView) {
  const within = source.emendations.filter((slip) => start <= slip.start && slip.end <= end);
  if (!within.length) return points.slice(start, end).join("");
  const parts: preact.ComponentChildren[] = [];
  let at = start;
  for (const slip of within) {
    parts.push(points.slice(at, slip.start).join(""));
    const note = `${text.value.misprint} ${slip.reading}${slip.note ? `: ${slip.note}` : ""}`;
    parts.push(<span class="slip" title={note}>{points.slice(slip.start, slip.end).join("")}<ins title={note}> [{slip.reading}]</ins></span>);
    at = slip.end;
  }
  parts.push(points.slice(at, end).join(""));
  return parts;
}
