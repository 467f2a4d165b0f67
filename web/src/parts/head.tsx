import { useState } from "preact/hooks";
import { change, index, text, view } from "../data/state";

const SCHEMES = ["", "light", "dark"];

/** Follows the system unless somebody says otherwise. */
function nextScheme(): void {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = root.dataset["scheme"] || (dark ? "dark" : "light");
  root.dataset["scheme"] = SCHEMES.find((scheme) => scheme && scheme !== now)!;
}

export function Head() {
  const words = text.value;
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const { language } = view.value;
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
      <button type="button" id="scheme" title={words.theme} aria-label={words.theme} onClick={nextScheme}>◐</button>
    </header>
  );
}
