/** Who spoke with whom: drawn, or as a table. What is picked is read beside it. */
import { useMemo, useState } from "preact/hooks";
import { COLOURS, colour, kindOf, LINES, network, type Link, type Network } from "../data/links";
import { picked, pickOf } from "../data/pick";
import { change, counted, index, label, text, view } from "../data/state";
import { Behind } from "../parts/behind";
import { Drawing } from "../parts/drawing";
import { Table } from "../parts/table";

/** Whether this browser can draw with WebGL at all. */
function canDraw(): boolean {
  try {
    return !!document.createElement("canvas").getContext("webgl2");
  } catch {
    return false;
  }
}

const name = (term: number) => label(index.value.terms[term]);
const linkName = (link: Link) => (link.type < 0 ? text.value.standsFor : name(link.type));

export function Graph() {
  const words = text.value;
  const [hidden, setHidden] = useState<Set<string>>(new Set());
  const { at } = counted.value;
  const all = useMemo(() => network(index.value, at), [at]);
  const shown = useMemo(() => without(all, hidden), [all, hidden]);
  const { pick, tables } = view.value;
  const chosen = useMemo(() => picked(pick, shown, at), [pick, shown]);
  const drawable = useMemo(canDraw, []);
  const asTable = tables || !drawable;
  const kinds = new Set([...all.nodes.keys()].map((term) => kindOf(index.value.terms[term]!.kind)));
  const chooseLink = (link: Link) => change({ pick: pickOf(link) });
  const chooseNode = (term: number) => change({ pick: [index.value.terms[term]!.key] });
  if (!all.nodes.size) return <p>{words.graphNone}</p>;
  return (
    <section aria-label={words.graph}>
      <div class="bar">
        <p>{words.graphHelp}</p>
        {drawable ? (
          <button type="button" id="as" onClick={() => change({ tables: !tables })}>{asTable ? words.asPicture : words.asTable}</button>
        ) : <p>{words.noPicture}</p>}
      </div>
      <fieldset class="legend">
        <legend>{words.legend}</legend>
        {Object.keys(COLOURS).filter((kind) => kinds.has(kind)).map((kind) => (
          <label key={kind}>
            <input type="checkbox" checked={!hidden.has(kind)} onChange={() => setHidden(flipped(hidden, kind))} />
            <span class="dot" style={{ background: colour(kind) }} /> {words.kinds[kind]}
          </label>
        ))}
        <span class="key"><span class="line" style={{ background: LINES.said }} /> {words.saidTo}</span>
        <span class="key"><span class="line" style={{ background: LINES.standsFor }} /> {words.standsFor}</span>
      </fieldset>
      <div class={chosen ? "drawn with" : "drawn"}>
        {asTable ? (
          <Tables shown={shown} chooseLink={chooseLink} chooseNode={chooseNode} />
        ) : (
          <Drawing shown={shown} picked={chosen} linkName={linkName} chooseLink={chooseLink} chooseNode={chooseNode} />
        )}
        {chosen && <Behind quotations={chosen.quotations} node={chosen.node} close={() => change({ pick: [] })} title={chosen.link ? `${name(chosen.link.from)} → ${name(chosen.link.to)} (${linkName(chosen.link)})` : name(chosen.node!)} />}
      </div>
    </section>
  );
}

interface Choosing {
  shown: Network;
  chooseLink: (link: Link) => void;
  chooseNode: (term: number) => void;
}

function Tables({ shown, chooseLink, chooseNode }: Choosing) {
  const words = text.value;
  const nodes = [...shown.nodes];
  return (
    <div>
      <Table
        caption={words.links}
        columns={[words.from, words.to, words.kind, words.quotations]}
        rows={shown.links.map((link) => [name(link.from), name(link.to), linkName(link), link.quotations.length])}
        choose={(row) => chooseLink(shown.links[row]!)}
      />
      <Table
        caption={words.nodes}
        columns={[words.nodes, words.kind, words.quotations]}
        rows={nodes.map(([term, many]) => [name(term), words.kinds[kindOf(index.value.terms[term]!.kind)] ?? "", many])}
        choose={(row) => chooseNode(nodes[row]![0])}
      />
    </div>
  );
}

function without(all: Network, hidden: Set<string>): Network {
  const visible = (term: number) => !hidden.has(kindOf(index.value.terms[term]!.kind));
  return {
    nodes: new Map([...all.nodes].filter(([term]) => visible(term))),
    links: all.links.filter((link) => visible(link.from) && visible(link.to)),
  };
}

function flipped<T>(set: Set<T>, one: T): Set<T> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}
