/** Who spoke with whom: drawn, or as a table; what is chosen in it filters everything. */
import Graphology from "graphology";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import Sigma from "sigma";
import { COLOURS, colour, kindOf, network, positions, type Link } from "../data/links";
import { change, counted, index, label, text, view } from "../data/state";
import { Card } from "../parts/card";
import { useLater } from "../parts/later";
import { Table } from "../parts/table";
import { place } from "../data/state";

type Chosen = { title: string; quotations: number[] };

/** Whether this browser can draw with WebGL at all. */
function canDraw(): boolean {
  try {
    return !!document.createElement("canvas").getContext("webgl2");
  } catch {
    return false;
  }
}

export function Graph() {
  const words = text.value;
  const [hidden, setHidden] = useState<Set<string>>(new Set());
  const [chosen, setChosen] = useState<Chosen | undefined>(undefined);
  const { at } = counted.value;
  const shown = useMemo(() => {
    const all = network(index.value, at);
    const visible = (term: number) => !hidden.has(kindOf(index.value.terms[term]!.kind));
    return {
      nodes: new Map([...all.nodes].filter(([term]) => visible(term))),
      links: all.links.filter((link) => visible(link.from) && visible(link.to)),
    };
  }, [at, hidden]);
  useEffect(() => setChosen(undefined), [at]);
  const drawable = useMemo(canDraw, []);
  const asTable = view.value.tables || !drawable;
  const name = (term: number) => label(index.value.terms[term]);
  const linkName = (link: Link) => (link.type < 0 ? words.standsFor : name(link.type));
  const chooseLink = (link: Link) => setChosen({ title: `${name(link.from)} → ${name(link.to)} (${linkName(link)})`, quotations: link.quotations });
  const chooseNode = (term: number) => {
    const { speaker, counterparts, represents } = index.value.quotations;
    const has = (place: number) => speaker[place] === term || counterparts[place]!.includes(term) || represents[place]!.includes(term);
    setChosen({ title: name(term), quotations: at.filter(has) });
  };
  if (!shown.nodes.size && !hidden.size) return <p>{words.graphNone}</p>;
  return (
    <section aria-label={words.graph}>
      <div class="bar">
        <p>{words.graphHelp}</p>
        {drawable ? (
          <button type="button" id="as" onClick={() => change({ tables: !view.value.tables })}>{asTable ? words.asPicture : words.asTable}</button>
        ) : <p>{words.noPicture}</p>}
      </div>
      <fieldset class="legend">
        <legend>{words.legend}</legend>
        {Object.keys(COLOURS).map((kind) => (
          <label key={kind}>
            <input type="checkbox" checked={!hidden.has(kind)} onChange={() => setHidden(flipped(hidden, kind))} />
            <span class="dot" style={{ background: colour(kind) }} /> {words.kinds[kind]}
          </label>
        ))}
      </fieldset>
      {asTable ? (
        <>
          <Table
            caption={words.links}
            columns={[words.from, words.to, words.kind, words.quotations]}
            rows={shown.links.map((link) => [name(link.from), name(link.to), linkName(link), link.quotations.length])}
            choose={(row) => chooseLink(shown.links[row]!)}
          />
          <Table
            caption={words.nodes}
            columns={[words.nodes, words.kind, words.quotations]}
            rows={[...shown.nodes].map(([term, many]) => [name(term), words.kinds[kindOf(index.value.terms[term]!.kind)] ?? "", many])}
            choose={(row) => chooseNode([...shown.nodes.keys()][row]!)}
          />
        </>
      ) : (
        <Drawing shown={shown} chooseLink={chooseLink} chooseNode={chooseNode} />
      )}
      {chosen && <Behind chosen={chosen} close={() => setChosen(undefined)} />}
    </section>
  );
}

function flipped<T>(set: Set<T>, one: T): Set<T> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}

interface Drawn {
  shown: ReturnType<typeof network>;
  chooseLink: (link: Link) => void;
  chooseNode: (term: number) => void;
}

function Drawing({ shown, chooseLink, chooseNode }: Drawn) {
  const box = useRef<HTMLDivElement>(null);
  const { language } = view.value;
  useEffect(() => {
    const graph = new Graphology({ multi: true, type: "directed" });
    const where = positions(index.value);
    const most = Math.max(1, ...shown.nodes.values());
    for (const [term, many] of shown.nodes) {
      const { x, y } = where(term);
      const { kind } = index.value.terms[term]!;
      // The picture's y grows downwards, sigma's upwards.
      graph.addNode(String(term), { x, y: -y, size: 4 + 14 * Math.sqrt(many / most), label: label(index.value.terms[term]), color: colour(kind) });
    }
    shown.links.forEach((link, number) => {
      const size = 1 + Math.log2(link.quotations.length);
      graph.addDirectedEdgeWithKey(String(number), String(link.from), String(link.to), { size, color: link.type < 0 ? "#b9c6bf" : "#9bb0c4" });
    });
    let near: Set<string> | undefined;
    const style = getComputedStyle(document.body);
    const sigma = new Sigma(graph, box.current!, {
      enableEdgeEvents: true,
      // Room for the names of what stands at the edge.
      stagePadding: Math.min(90, box.current!.clientWidth / 8),
      labelColor: { color: style.color },
      labelFont: style.fontFamily,
      labelRenderedSizeThreshold: graph.order > 300 ? 9 : 4,
      defaultDrawNodeHover: () => undefined,
      nodeReducer: (node, data) => (near && !near.has(node) ? { ...data, color: "#8884", label: "" } : data),
      edgeReducer: (edge, data) => (near && !graph.extremities(edge).every((end) => near!.has(end)) ? { ...data, hidden: true } : data),
    });
    const light = (node: string | undefined) => {
      near = node === undefined ? undefined : new Set([node, ...graph.neighbors(node)]);
      sigma.refresh({ skipIndexation: true });
    };
    const point = (cursor: string) => (box.current!.style.cursor = cursor);
    sigma.on("enterNode", ({ node }) => (light(node), point("pointer")));
    sigma.on("leaveNode", () => (light(undefined), point("")));
    sigma.on("enterEdge", () => point("pointer"));
    sigma.on("leaveEdge", () => point(""));
    sigma.on("clickNode", ({ node }) => chooseNode(Number(node)));
    sigma.on("clickEdge", ({ edge }) => chooseLink(shown.links[Number(edge)]!));
    return () => sigma.kill();
  }, [shown, language]);
  return <div ref={box} class="graph" id="drawing" role="img" aria-label={`${text.value.graph}: ${shown.nodes.size} ${text.value.nodes}, ${shown.links.length} ${text.value.links}`} />;
}

/** The quotations behind a node or a link. */
function Behind({ chosen, close }: { chosen: Chosen; close: () => void }) {
  const words = text.value;
  const records = useLater(() => place.value.records(chosen.quotations.slice(0, 20)), [chosen]);
  return (
    <section class="behind" aria-live="polite">
      <h2>{chosen.title}</h2>
      <p>
        {words.quotes(chosen.quotations.length)} <button type="button" onClick={close}>{words.close} ×</button>
      </p>
      {records?.map((record) => <Card key={record.id} record={record} />)}
    </section>
  );
}

