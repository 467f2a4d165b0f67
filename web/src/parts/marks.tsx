/** A part of a drawing that can be chosen, with the mouse as with the keyboard. */

interface Props {
  name: string;
  chosen: boolean;
  choose: () => void;
  /** Whether Tab comes here; arrows go on to the others. */
  first: boolean;
  children: preact.ComponentChildren;
  [data: `data-${string}`]: string;
}

export function Mark({ name, chosen, choose, first, children, ...data }: Props) {
  return (
    <g
      {...data}
      role="button"
      // An attribute of SVG, whose names are as they are written.
      tabindex={first ? 0 : -1}
      aria-pressed={chosen}
      aria-label={name}
      class={chosen ? "chosen" : ""}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose();
      }}
    >
      <title>{name}</title>
      {children}
    </g>
  );
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** Goes on to the next mark of the same drawing. */
export function withArrows(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  const marks = [...(event.currentTarget as Element).querySelectorAll<SVGGElement>("[role=button]")];
  const now = marks.findIndex((mark) => mark.contains(event.target as Node));
  const next = marks[Math.min(Math.max(now + step, 0), marks.length - 1)];
  if (now < 0 || !next) return;
  event.preventDefault();
  marks[now]!.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}
