/** The view as a question to the graph, for whoever wants to go on from it. */
import type { Chosen, FacetName } from "./facets";
import type { Index } from "./types";

const PREFIXES: Record<string, string> = {
  dct: "http://purl.org/dc/terms/",
  dictum: "https://w3id.org/dictum/ns#",
  prov: "http://www.w3.org/ns/prov#",
  schema: "https://schema.org/",
  sem: "http://semanticweb.cs.vu.nl/2009/11/sem/",
  skos: "http://www.w3.org/2004/02/skos/core#",
};

const PATHS: Record<Exclude<FacetName, "month" | "date">, string> = {
  place: "schema:recordedAt/dictum:country/schema:containedInPlace*",
  counterpart: "schema:recordedAt/dictum:counterpart",
  speaker: "schema:creator",
  type: "schema:recordedAt/sem:eventType/skos:broader*",
  theme: "schema:about/skos:broader*",
  section: "dictum:section",
  source: "prov:wasQuotedFrom",
};

const quoted = (text: string) => JSON.stringify(text);

/** So many quotations are named one by one. */
const NAMED = 2_000;

/** `at` are the places of the quotations that are shown. */
export function sparql(index: Index, chosen: Chosen, words: string, at: number[]): string {
  const lines = [
    "SELECT DISTINCT ?quotation ?date ?text",
    "WHERE {",
    "  ?quotation a schema:Quotation ; schema:text ?text .",
    "  OPTIONAL { ?quotation schema:recordedAt/dct:date ?date }",
  ];
  const iris = new Map(index.terms.map((term) => [term.key, term.iri]));
  for (const [name, path] of Object.entries(PATHS) as [keyof typeof PATHS, string][]) {
    const keys = chosen[name];
    if (!keys?.length) continue;
    const values = keys.map((key) => iris.get(key)).filter((iri) => iri !== undefined).map((iri) => `<${iri}>`);
    lines.push(`  VALUES ?${name} { ${values.join(" ")} }`, `  ?quotation ${path} ?${name} .`);
  }
  if (chosen.month?.length) {
    const fits = chosen.month.map((month) => `STRSTARTS(STR(?date), ${quoted(month)})`);
    lines.push(`  FILTER (${fits.join(" || ")})`);
  }
  if (chosen.date?.length) lines.push(`  FILTER (STR(?date) IN (${chosen.date.map(quoted).join(", ")}))`);
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length && at.length <= NAMED) {
    const space = index.prefixes["quotation"] ?? "";
    lines.push("  # What was found in texts, citations and names:", `  VALUES ?quotation { ${at.map((place) => `<${space}${index.quotations.id[place]}>`).join(" ")} }`);
  } else if (wanted.length) {
    lines.push("  # Less than the page finds, which also looks into names and citations.");
    for (const word of wanted) lines.push(`  FILTER CONTAINS(LCASE(STR(?text)), ${quoted(word)})`);
  }
  lines.push("}", "ORDER BY ?date ?quotation");
  const body = lines.join("\n");
  const used = Object.entries(PREFIXES).filter(([name]) => body.includes(`${name}:`));
  return `${used.map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join("\n")}\n\n${body}\n`;
}
