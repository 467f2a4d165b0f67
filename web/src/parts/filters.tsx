import { computed } from "@preact/signals";
import { useState } from "preact/hooks";
import { allFacets, collator, counted, index, label, text, toggle, view } from "../data/state";
import type { Facet, FacetName } from "../data/facets";

/** Values that are shown before somebody asks for all. */
const FIRST = 8;
/** Of more, one may look for some by their names. */
const MANY = 15;

export function nameOf(facet: FacetName): string {
  const words = text.value;
  return facet === "theme" ? words.theme_ : facet === "source" ? words.source_ : words[facet];
}

/** What a value of a facet is called. */
export function valueName(facet: Facet, value: number): string {
  const term = facet.terms[value]!;
  return term < 0 ? facet.keys[value]! : label(index.value.terms[term]);
}

export function Filters() {
  return (
    <div class="filters">
      {allFacets.value.filter((facet) => facet.keys.length > 1 && facet.name !== "date").map((facet) => <Values key={facet.name} facet={facet} />)}
    </div>
  );
}

function Values({ facet }: { facet: Facet }) {
  const [all, setAll] = useState(false);
  const [wanted, setWanted] = useState("");
  const words = text.value;
  const counts = counted.value.counts[facet.name];
  const chosen = view.value.chosen[facet.name] ?? [];
  const open = chosen.length > 0 || OPEN.includes(facet.name);
  const { order, depth } = ordered(facet, counts, chosen, all && !wanted);
  const fits = (value: number) => valueName(facet, value).toLowerCase().includes(wanted.toLowerCase());
  const shown = order.filter((value, rank) => (wanted ? fits(value) : all || rank < FIRST || chosen.includes(facet.keys[value]!)));
  return (
    <details open={open}>
      <summary>{nameOf(facet.name)}{chosen.length > 0 && <span class="count"> ({chosen.length})</span>}</summary>
      {order.length > MANY && (
        <input
          type="search"
          class="find"
          placeholder={words.find}
          aria-label={`${words.find}: ${nameOf(facet.name)}`}
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      <ul>
        {shown.map((value) => {
          const key = facet.keys[value]!;
          return (
            <li key={key} class={isGroup.value.has(facet.terms[value]!) ? "group" : ""} style={{ "--depth": depth.get(value) ?? 0 }}>
              <label>
                <input type="checkbox" data-facet={facet.name} data-key={key} checked={chosen.includes(key)} onChange={() => toggle(facet.name, key)} />
                <span>{valueName(facet, value)}</span>
                <span class="count">{counts[value]}</span>
              </label>
            </li>
          );
        })}
      </ul>
      {order.length > FIRST && !wanted && (
        <button type="button" class="plain" onClick={() => setAll(!all)}>
          {all ? words.less : `${words.more} (${order.length})`}
        </button>
      )}
    </details>
  );
}

/** Facets that are open from the start. */
const OPEN: FacetName[] = ["place", "theme", "type"];
const isGroup = computed(() => new Set(index.value.terms.flatMap((term) => term.broader ?? [])));

/** Of each facet the rank of each value by its name: comparing names is slow, and they stay what they are. */
const ranks = computed(() => {
  const { compare } = collator.value;
  return new Map(
    allFacets.value.map((facet) => {
      const names = facet.keys.map((_, value) => valueName(facet, value));
      const rank = new Int32Array(names.length);
      names.map((_, value) => value).sort((a, b) => compare(names[a]!, names[b]!)).forEach((value, at) => (rank[value] = at));
      return [facet, rank];
    }),
  );
});

/** Values that can be chosen, the most frequent first; of all of them, narrower ones under their group. */
function ordered(facet: Facet, counts: Int32Array, chosen: string[], nested: boolean) {
  const depth = new Map<number, number>();
  const order = facet.keys.map((_, value) => value).filter((value) => counts[value]! > 0 || chosen.includes(facet.keys[value]!));
  const rank = ranks.value.get(facet)!;
  if (facet.name === "month") order.sort((a, b) => (facet.keys[a]! < facet.keys[b]! ? -1 : 1));
  else order.sort((a, b) => counts[b]! - counts[a]! || rank[a]! - rank[b]!);
  if (!nested || facet.name === "month") return { order, depth };
  const valueOf = new Map(order.map((value) => [facet.terms[value]!, value]));
  const under = new Map<number | undefined, number[]>();
  for (const value of order) {
    const group = index.value.terms[facet.terms[value]!]?.broader?.find((term) => valueOf.has(term));
    under.set(group, [...(under.get(group) ?? []), value]);
  }
  const tree: number[] = [];
  const walk = (group: number | undefined, level: number) => {
    for (const value of under.get(group) ?? []) {
      // Whatever is wider than itself is not walked for ever.
      if (depth.has(value)) continue;
      depth.set(value, level);
      tree.push(value);
      walk(facet.terms[value]!, level + 1);
    }
  };
  walk(undefined, 0);
  return { order: tree, depth };
}
