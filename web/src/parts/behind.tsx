/** The quotations behind what is picked in a picture. */
import { useEffect, useRef } from "preact/hooks";
import { facetOf } from "../data/pick";
import { choose, index, place, text } from "../data/state";
import { Card } from "./card";
import { useLater } from "./later";

/** Quotations that are read here; the list has the rest. */
const MOST = 20;

interface Shown {
  title: string;
  quotations: number[];
  /** The one thing that is behind them, if it is one. */
  node?: number | undefined;
  close: () => void;
}

export function Behind({ title, quotations, node, close }: Shown) {
  const words = text.value;
  const head = useRef<HTMLHeadingElement>(null);
  const records = useLater(() => place.value.records(quotations.slice(0, MOST)), [quotations]);
  const facet = node === undefined ? undefined : facetOf(node);
  useEffect(() => head.current?.scrollIntoView({ block: "nearest" }), [title]);
  return (
    <section class="behind" aria-live="polite">
      <h2 ref={head}>{title}</h2>
      <p class="bar">
        {words.quotes(quotations.length)}
        {facet && (
          <button type="button" onClick={() => choose({ [facet]: [index.value.terms[node!]!.key] }, { pick: [] })}>{words.filterByThis}</button>
        )}
        <button type="button" onClick={close}>{words.close} ×</button>
      </p>
      {records?.map((record) => <Card key={record.id} record={record} />)}
      {quotations.length > MOST && <p class="small">{words.firstOf(MOST, quotations.length)}</p>}
    </section>
  );
}
