/** A text with its evidence marked; overlapping stretches are cut wherever one begins or ends. */

export interface Mark {
  start: number;
  end: number;
  kind: string;
  note: string;
  /** What to do when somebody chooses it. */
  choose?: () => void;
}

export interface Piece {
  text: string;
  marks: Mark[];
}

/** Positions are code points, which a string of JavaScript does not count in. */
export function pieces(text: string, marks: Mark[]): Piece[] {
  const points = Array.from(text);
  const within = (edge: number) => Math.min(Math.max(edge, 0), points.length);
  const edges = [...new Set([0, points.length, ...marks.flatMap((mark) => [within(mark.start), within(mark.end)])])].sort((a, b) => a - b);
  return edges.slice(1).map((end, number) => {
    const start = edges[number]!;
    return { text: points.slice(start, end).join(""), marks: marks.filter((mark) => mark.start <= start && end <= mark.end) };
  });
}

export function Marked({ text, marks, language }: { text: string; marks: Mark[]; language?: string | null | undefined }) {
  return (
    <span lang={language ?? undefined} class="text">
      {pieces(text, marks).map(({ text, marks }, number) =>
        marks.length ? (
          <mark key={number} class={[...new Set(marks.map((mark) => mark.kind))].join(" ")} title={marks.map((mark) => mark.note).join("\n")}>
            {text}
          </mark>
        ) : (
          text
        ),
      )}
    </span>
  );
}
