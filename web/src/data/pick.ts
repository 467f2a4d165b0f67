/** What is picked in the graph, as the address has it: a key, or two with the kind of link between them. */
import { allFacets, index, termOf } from "./state";
import type { FacetName } from "./facets";
import type { Link, Network } from "./links";

export const STANDS_FOR = "represents";

export interface Picked {
  node?: number;
  link?: Link;
  quotations: number[];
}

const key = (term: number) => index.value.terms[term]!.key;
export const pickOf = (link: Link) => [key(link.from), key(link.to), link.type < 0 ? STANDS_FOR : key(link.type)];

/** Nothing, when what is asked for is not among what is shown. */
export function picked(pick: string[], shown: Network, at: number[]): Picked | undefined {
  if (pick.length === 3) {
    const link = shown.links.find((link) => pickOf(link).every((part, number) => part === pick[number]));
    return link && { link, quotations: link.quotations };
  }
  const term = pick.length === 1 ? index.value.terms.indexOf(termOf(pick[0])!) : -1;
  return shown.nodes.has(term) ? { node: term, quotations: quotationsOf(term, at) } : undefined;
}

function quotationsOf(term: number, at: number[]): number[] {
  const { speaker, counterparts, represents } = index.value.quotations;
  return at.filter((place) => speaker[place] === term || counterparts[place]!.includes(term) || represents[place]!.includes(term));
}

/** By which facet a term can be filtered, if by any. */
export function facetOf(term: number): FacetName | undefined {
  const names: FacetName[] = ["place", "counterpart", "speaker"];
  return names.find((name) => allFacets.value.find((facet) => facet.name === name)?.number.has(key(term)));
}
