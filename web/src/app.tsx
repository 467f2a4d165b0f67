/** The page: a head, filters, tabs, and what is chosen among them. */
import { useState } from "preact/hooks";
import { change, counted, failure, index, text, view } from "./data/state";
import { OWN, TABS, type Tab } from "./data/view";
import { Chips } from "./parts/chips";
import { Filters } from "./parts/filters";
import { Head } from "./parts/head";
import { Reader } from "./parts/reader";
import { Downloads } from "./parts/downloads";
import { Graph } from "./views/graph";
import { Queries } from "./views/queries";
import { Quotations } from "./views/quotations";
import { Source } from "./views/source";
import { Themes } from "./views/themes";
import { Timeline } from "./views/timeline";

const VIEWS: Record<Tab, () => preact.JSX.Element> = {
  quotations: Quotations,
  graph: Graph,
  timeline: Timeline,
  themes: Themes,
  source: Source,
  queries: Queries,
};

export function App() {
  const [drawer, setDrawer] = useState(false);
  const words = text.value;
  const { tab } = view.value;
  const Shown = VIEWS[tab];
  const filtered = tab !== "queries" && tab !== "source";
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), document.getElementById("main")?.focus())}>
        {words.skip}
      </a>
      <Head />
      <Tabs />
      <div class={filtered ? "columns" : "columns alone"}>
        {filtered && (
          <aside class={drawer ? "open" : ""} aria-label={words.filters}>
            <button type="button" class="drawer" aria-expanded={drawer} onClick={() => setDrawer(!drawer)}>
              {words.filters} · {words.ofAll(counted.value.at.length, index.value.quotations.id.length)}
            </button>
            <Filters />
          </aside>
        )}
        <main id="main" tabIndex={-1}>
          {failure.value && <p role="alert" class="failure">{words.failed}: {failure.value}</p>}
          {filtered && (
            <div class="bar">
              <p aria-live="polite" id="count">{words.ofAll(counted.value.at.length, index.value.quotations.id.length)}</p>
              <Chips />
              <button type="button" class="plain" id="behind" onClick={() => change({ tab: "queries", query: OWN, parameters: [] })}>SPARQL</button>
              <Downloads />
            </div>
          )}
          <Shown />
        </main>
      </div>
      <footer>
        <p>{words.neutral} {words.countsNote}</p>
        <p class="small">{index.value.dataset.rights[view.value.language] ?? index.value.dataset.rights["en"]}</p>
      </footer>
      {view.value.open && <Reader />}
    </>
  );
}

function Tabs() {
  const words = text.value;
  const step = (event: KeyboardEvent, by: number) => {
    const next = TABS[(TABS.indexOf(view.value.tab) + by + TABS.length) % TABS.length]!;
    event.preventDefault();
    change({ tab: next });
    requestAnimationFrame(() => document.getElementById(`tab-${next}`)?.focus());
  };
  return (
    <nav class="tabs" aria-label="Dictum">
      <ul>
        {TABS.map((tab) => (
          <li key={tab}>
            <button
              type="button"
              id={`tab-${tab}`}
              aria-current={view.value.tab === tab ? "page" : undefined}
              onClick={() => change({ tab })}
              onKeyDown={(event) => {
                if (event.key === "ArrowRight") step(event, 1);
                if (event.key === "ArrowLeft") step(event, -1);
              }}
            >
              {words[tab]}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
