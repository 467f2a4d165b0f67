import { useEffect, useRef, useState } from "preact/hooks";
import { flipScheme } from "../data/scheme";
import { change, index, text, view } from "../data/state";

/** Between the last letter and the search. */
const PAUSE = 300;

export function Head() {
  const words = text.value;
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const asked = useRef("");
  const { language } = view.value;
  useEffect(() => {
    if (typed === undefined) return;
    // The first letters are a step in the history, the rest of the word is none.
    const later = setTimeout(() => {
      asked.current = typed.trim();
      change({ words: asked.current }, view.value.words !== "");
    }, PAUSE);
    return () => clearTimeout(later);
  }, [typed]);
  // Words that come from elsewhere, as from the history, are what is shown.
  useEffect(() => {
    if (view.value.words !== asked.current) setTyped(undefined);
  }, [view.value.words]);
  return (
    <header>
      <h1>{index.value.title[language] ?? index.value.title["en"] ?? "Dictum"}</h1>
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== undefined) change({ words: typed.trim() });
          setTyped(undefined);
        }}
      >
        <label class="hidden" for="search">{words.search}</label>
        <input
          id="search"
          type="search"
          placeholder={words.search}
          title={words.searchHint}
          value={typed ?? view.value.words}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            if (!event.currentTarget.value) change({ words: "" });
          }}
        />
      </form>
      <button type="button" id="language" lang={language === "zh" ? "en" : "zh"} onClick={() => change({ language: language === "zh" ? "en" : "zh" })}>
        {words.language}
      </button>
      <button type="button" id="scheme" title={words.theme} aria-label={words.theme} onClick={flipScheme}>◐</button>
    </header>
  );
}
