import { allFacets, change, text, toggle, view } from "../data/state";
import { nameOf, valueName } from "./filters";

/** What is filtered by, each to be taken away again. */
export function Chips() {
  const words = text.value;
  const { chosen, words: searched } = view.value;
  const chips = allFacets.value.flatMap((facet) =>
    (chosen[facet.name] ?? []).map((key) => {
      const value = facet.number.get(key);
      return { facet: facet.name, key, name: value === undefined ? key : valueName(facet, value) };
    }),
  );
  if (!chips.length && !searched) return null;
  return (
    <ul class="chips">
      {searched && (
        <li>
          <button type="button" onClick={() => change({ words: "" })} aria-label={`${words.remove}: ${searched}`}>“{searched}” ×</button>
        </li>
      )}
      {chips.map(({ facet, key, name }) => (
        <li key={facet + key}>
          <button type="button" onClick={() => toggle(facet, key)} aria-label={`${words.remove}: ${nameOf(facet)} ${name}`}>
            <span class="small">{nameOf(facet)}</span> {name} ×
          </button>
        </li>
      ))}
      <li>
        <button type="button" class="plain" onClick={() => change({ chosen: {}, words: "" })}>{words.clear}</button>
      </li>
    </ul>
  );
}
