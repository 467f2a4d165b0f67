/** The one state of the page: what there is, what is seen, and what follows from both. */
import { batch, computed, effect, signal } from "@preact/signals";
import { facets, filter, fitting, type Counted, type Facet, type FacetName } from "./facets";
import type { Place } from "./place";
import type { Term } from "./types";
import { read, write, type View } from "./view";
import { messages } from "../i18n/messages";

export const place = signal<Place>(undefined as unknown as Place);
const all = signal<Facet[]>([]);
const usual = () => (navigator.language.startsWith("zh") ? "zh" : "en");
export const view = signal<View>(read("", "en"));
const found = signal<number[] | undefined>(undefined);
export const failure = signal("");

export const index = computed(() => place.value.index);
export const allFacets = computed(() => all.value);
const language = computed(() => view.value.language);
export const text = computed(() => messages(language.value));
export const counted = computed<Counted>(() =>
  filter(all.value, index.value.quotations.id.length, view.value.chosen, view.value.words ? found.value ?? [] : undefined),
);

/** Quotations that fit, whatever they have for these facets. */
const whatever = (...names: FacetName[]) =>
  computed(() => {
    const { chosen, words } = view.value;
    if (names.every((name) => !chosen[name]?.length)) return counted.value.at;
    const others = { ...chosen, ...Object.fromEntries(names.map((name) => [name, []])) };
    return fitting(all.value, index.value.quotations.id.length, others, words ? found.value ?? [] : undefined).at;
  });
export const otherMonths = whatever("month", "date");
export const otherDates = whatever("date");

export function begin(data: Place): void {
  place.value = data;
  all.value = facets(data.index);
  view.value = read(location.hash, usual());
  addEventListener("hashchange", () => {
    if (location.hash !== write(view.value)) view.value = read(location.hash, usual());
  });
  const words = computed(() => view.value.words);
  effect(() => {
    const asked = words.value;
    if (!asked) return void (found.value = undefined);
    place.value.search(asked).then(
      (at) => asked === words.peek() && (found.value = at),
      (error: Error) => (failure.value = error.message),
    );
  });
  effect(() => {
    document.documentElement.lang = view.value.language === "zh" ? "zh-Hans" : "en";
    document.title = `${text.value[view.value.tab]} · Dictum`;
  });
}

/** Changes what is seen; a step in the browser's history, unless it is one of many small ones. */
export function change(to: Partial<View>, small = false): void {
  // Another list is read from its beginning.
  const anew = to.chosen || to.words !== undefined ? { part: 0 } : {};
  const next = { ...view.value, ...anew, ...to };
  const address = write(next);
  if (address === write(view.value)) return;
  batch(() => {
    if (to.tab) failure.value = "";
    view.value = next;
  });
  if (small) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}

export function toggle(facet: FacetName, key: string): void {
  const before = view.value.chosen[facet] ?? [];
  const keys = before.includes(key) ? before.filter((other) => other !== key) : [...before, key];
  change({ chosen: { ...view.value.chosen, [facet]: keys } });
}

/** Exactly these values of some facets, and what was chosen of the others. */
export function choose(chosen: View["chosen"], more: Partial<View> = {}): void {
  change({ chosen: { ...view.value.chosen, ...chosen }, ...more });
}

export function label(term: Term | undefined): string {
  if (!term) return "";
  return term.labels[language.value] ?? term.labels["en"] ?? Object.values(term.labels)[0] ?? term.key;
}

/** How the reader's language orders names. */
export const collator = computed(() => new Intl.Collator(language.value));

const byKey = computed(() => new Map(index.value.terms.map((term) => [term.key, term])));
export const termOf = (key: string | null | undefined): Term | undefined => (key ? byKey.value.get(key) : undefined);
const byId = computed(() => new Map(index.value.quotations.id.map((id, at) => [id, at])));
export const placeOf = (id: string): number => byId.value.get(id) ?? -1;

/** A key without its prefix: a label of last resort, and the name of a source. */
export const bare = (key: string) => key.replace(/^[^:]*:/, "");
