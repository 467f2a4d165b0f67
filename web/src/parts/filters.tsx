import { useState } from "preact/hooks";
import { allFacets, counted, index, label, text, toggle, view } from "../data/state";
import type { Facet, FacetName } from "../data/facets";

/** Values that are shown before somebody asks for all. */
const FIRST = 8;

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
      {allFacets.value.filter((facet) => facet.keys.length > 1).map((facet) => <Values key={facet.name} facet={facet} />)}
    </div>
  );
}

function Values({ facet }: { facet: Facet }) {
  const [all, setAll] = useState(false);
  const words = text.value;
  const counts = counted.value.counts[facet.name];
  const chosen = view.value.chosen[facet.name] ?? [];
  const groups = new Set(index.value.terms.flatMap((term) => term.broader ?? []));
  const order = facet.keys.map((_, value) => value).filter((value) => counts[value]! > 0 || chosen.includes(facet.keys[value]!));
  if (facet.name === "month") order.sort((a, b) => (facet.keys[a]! < facet.keys[b]! ? -1 : 1));
  else order.sort((a, b) => counts[b]! - counts[a]! || valueName(facet, a).localeCompare(valueName(facet, b), view.value.language));
  const shown = all ? order : order.filter((value, rank) => rank < FIRST || chosen.includes(facet.keys[value]!));
  return (
    <details open={chosen.length > 0 || facet.name === "place" || facet.name === "theme" || facet.name === "type"}>
      <summary>{nameOf(facet.name)}</summary>
      <ul>
        {shown.map((value) => {
          const key = facet.keys[value]!;
          return (
            <li key={key} class={groups.has(facet.terms[value]!) ? "group" : ""}>
              <label>
                <input type="checkbox" data-facet={facet.name} data-key={key} checked={chosen.includes(key)} onChange={() => toggle(facet.name, key)} />
                <span>{valueName(facet, value)}</span>
                <span class="count">{counts[value]}</span>
              </label>
            </li>
          );
        })}
      </ul>
      {order.length > FIRST && (
        <button type="button" class="plain" onClick={() => setAll(!all)}>
          {all ? words.less : `${words.more} (${order.length})`}
        </button>
      )}
    </details>
  );
}
