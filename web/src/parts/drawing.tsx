/** The graph as a picture; whatever is pointed at or picked stands out with all that it is linked to. */
import { EdgeCurvedArrowProgram } from "@sigma/edge-curve";
import Graphology from "graphology";
import { useEffect, useRef, useState } from "preact/hooks";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeLineProgram, type NodeLabelDrawingFunction } from "sigma/rendering";
import { colour, lineColour, positions, type Link, type Network } from "../data/links";
import type { Picked } from "../data/pick";
import { isDark } from "../data/scheme";
import { index, label, text, view } from "../data/state";

interface Props {
  shown: Network;
  picked: Picked | undefined;
  linkName: (link: Link) => string;
  chooseLink: (link: Link) => void;
  chooseNode: (term: number) => void;
}

/** Up to so many nodes, small ones have their names as well. */
const FEW = 300;
/** Of more links none could be told from the next: they are drawn as hairlines, and chosen by their ends or in the table. */
const MANY = 2000;

export function Drawing(props: Props) {
  const { shown } = props;
  const box = useRef<HTMLDivElement>(null);
  const now = useRef(props);
  now.current = props;
  const painter = useRef<Painter | undefined>(undefined);
  const [hint, setHint] = useState("");
  const { language } = view.value;
  const dark = isDark.value;
  // The canvases are made once for each scheme of colours: making them takes longer than what is drawn on them.
  useEffect(() => {
    painter.current = paint(box.current!, dark, now, setHint);
    return () => painter.current!.end();
  }, [dark]);
  useEffect(() => painter.current!.show(shown), [shown, language, dark]);
  useEffect(() => painter.current!.focus(props.picked), [props.picked]);
  const words = text.value;
  return (
    <div>
      <div ref={box} class="graph" id="drawing" role="img" aria-label={`${words.graph}: ${words.nodes} ${shown.nodes.size}, ${words.links} ${shown.links.length}`} />
      <p class="small hint" aria-hidden="true">{hint || words.graphPoint}</p>
    </div>
  );
}

interface Painter {
  show: (shown: Network) => void;
  /** Lets what is picked stand out. */
  focus: (picked: Picked | undefined) => void;
  end: () => void;
}

function paint(place: HTMLElement, dark: boolean, now: { current: Props }, setHint: (hint: string) => void): Painter {
  const style = getComputedStyle(document.body);
  // Sigma knows no transparency in four digits.
  const faded = dark ? "#3a424c" : "#d3d8de";
  let near: Set<string> | undefined;
  let only: string | undefined;
  const sigma: Sigma = new Sigma(new Graphology({ multi: true, type: "directed" }), place, {
    // Room for the names of what stands at the edge.
    stagePadding: Math.min(70, place.clientWidth / 7),
    labelColor: { color: style.color },
    labelFont: style.fontFamily,
    labelDensity: 2,
    labelGridCellSize: 70,
    edgeProgramClasses: { hair: EdgeLineProgram, straight: EdgeArrowProgram, curved: EdgeCurvedArrowProgram },
    defaultDrawNodeLabel: withHalo(style.color, style.backgroundColor),
    defaultDrawNodeHover: () => undefined,
    nodeReducer: (node, data) => {
      if (!near) return data;
      return near.has(node) ? { ...data, forceLabel: near.size < 12 } : { ...data, color: faded, label: "" };
    },
    edgeReducer: (edge, data) => {
      if (!near) return data;
      const stays = only ? edge === only : sigma.getGraph().extremities(edge).some((end) => end === [...near!][0]);
      return stays ? data : { ...data, hidden: true };
    },
  });
  const light = (node?: string, edge?: string) => {
    only = edge;
    const graph = sigma.getGraph();
    if (edge) near = new Set(graph.extremities(edge));
    else near = node === undefined ? undefined : new Set([node, ...graph.neighbors(node)]);
  };
  const pick = (picked: Picked | undefined) => {
    const edge = picked?.link && now.current.shown.links.indexOf(picked.link);
    light(picked?.node === undefined ? undefined : String(picked.node), edge === undefined || edge < 0 ? undefined : String(edge));
  };
  const again = () => sigma.refresh({ skipIndexation: true });
  const enter = (told: string, node?: string, edge?: string) => {
    place.style.cursor = "pointer";
    setHint(told);
    light(node, edge);
    again();
  };
  const leave = () => {
    place.style.cursor = "";
    setHint("");
    pick(now.current.picked);
    again();
  };
  const link = (edge: string) => now.current.shown.links[Number(edge)]!;
  const name = (term: number) => label(index.value.terms[term]);
  const quotes = (many: number) => text.peek().quotes(many);
  sigma.on("enterNode", ({ node }) => enter(`${name(Number(node))}: ${quotes(now.current.shown.nodes.get(Number(node)) ?? 0)}`, node));
  sigma.on("leaveNode", leave);
  sigma.on("enterEdge", ({ edge }) => {
    const { from, to, quotations } = link(edge);
    enter(`${name(from)} → ${name(to)}, ${now.current.linkName(link(edge))}: ${quotes(quotations.length)}`, undefined, edge);
  });
  sigma.on("leaveEdge", leave);
  sigma.on("clickNode", ({ node }) => now.current.chooseNode(Number(node)));
  sigma.on("clickEdge", ({ edge }) => now.current.chooseLink(link(edge)));
  const resized = new ResizeObserver(() => {
    // What is taken off the page has no size any more.
    if (place.clientWidth && place.clientHeight) sigma.resize().scheduleRender();
  });
  resized.observe(place);
  return {
    show(shown) {
      const graph = graphOf(shown);
      sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
      sigma.setSetting("enableEdgeEvents", shown.links.length <= MANY);
      sigma.setSetting("labelRenderedSizeThreshold", graph.order > FEW ? 9 : 4);
      sigma.setGraph(graph);
      pick(now.current.picked);
    },
    focus(picked) {
      pick(picked);
      again();
    },
    end() {
      resized.disconnect();
      sigma.kill();
    },
  };
}

function graphOf({ nodes, links }: Network): Graphology {
  const graph = new Graphology({ multi: true, type: "directed" });
  const where = positions(index.value);
  const most = Math.max(1, ...nodes.values());
  for (const [term, many] of nodes) {
    const { x, y } = where(term);
    const { kind } = index.value.terms[term]!;
    // The picture's y grows downwards, sigma's upwards.
    graph.addNode(String(term), { x, y: -y, size: 4 + 14 * Math.sqrt(many / most), label: label(index.value.terms[term]), color: colour(kind) });
  }
  // Several links between the same two are drawn beside each other.
  const ways = new Map<string, number>();
  const way = (from: number, to: number) => ways.get(`${from} ${to}`) ?? 0;
  const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1).get(key)!;
  for (const { from, to } of links) add(ways, `${from} ${to}`);
  const ranks = new Map<string, number>();
  links.forEach((link, number) => {
    const { from, to } = link;
    const rank = add(ranks, `${from} ${to}`);
    const alone = way(from, to) === 1 && way(to, from) === 0;
    const beside = alone ? { type: "straight" } : { type: "curved", curvature: 0.2 * rank - 0.1 };
    const shape = links.length > MANY ? { type: "hair" } : beside;
    const size = 1.5 + Math.log2(link.quotations.length);
    graph.addDirectedEdgeWithKey(String(number), String(from), String(to), { size, color: lineColour(link), ...shape });
  });
  return graph;
}

/** Names that stay readable over lines and other names. */
function withHalo(ink: string, back: string): NodeLabelDrawingFunction {
  return (context, data, settings) => {
    if (!data.label) return;
    context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = back;
    context.fillStyle = ink;
    // Away from the middle, where most lines are.
    const left = data.x < context.canvas.clientWidth / 2 - data.size;
    context.textAlign = left ? "right" : "left";
    const [x, y] = [data.x + (left ? -1 : 1) * (data.size + 3), data.y + settings.labelSize / 3];
    context.strokeText(data.label, x, y);
    context.fillText(data.label, x, y);
  };
}
