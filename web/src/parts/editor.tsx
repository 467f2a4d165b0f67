/** SPARQL with colours, and with the graph's own terms on offer. */
import { autocompletion, completionKeymap, type CompletionContext } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "preact/hooks";
import { index, label } from "../data/state";

/** To be read on white as on black. */
const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "light-dark(#7a0d8c, #d99ae6)" },
  { tag: [tags.variableName, tags.propertyName], color: "light-dark(#0b5a8f, #7cc0f2)" },
  { tag: [tags.string, tags.literal, tags.number], color: "light-dark(#8a3b06, #f0b07f)" },
  { tag: [tags.atom, tags.url], color: "light-dark(#1d6b3a, #86d6a2)" },
  { tag: tags.comment, color: "light-dark(#5a626b, #a0aab5)" },
]);

/** Terms that are offered at once. */
const OFFERED = 200;

function complete(context: CompletionContext) {
  const word = context.matchBefore(/[\p{L}\d_-]+:?[\p{L}\d_.-]*/u);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const typed = word.text.toLowerCase();
  const terms = index.value.terms
    .filter((term) => term.key.toLowerCase().includes(typed) || Object.values(term.labels).some((label) => label.toLowerCase().includes(typed)))
    .slice(0, OFFERED)
    .map((term) => ({ label: label(term), detail: term.key, apply: /^[\w-]+:[\w-]+$/.test(term.key) ? term.key : `<${term.iri}>`, type: "constant" }));
  const prefixes = Object.keys(index.value.prefixes)
    .filter((name) => name.startsWith(typed))
    .map((name) => ({ label: `${name}:`, detail: index.value.prefixes[name]!, type: "namespace" }));
  return { from: word.from, options: [...prefixes, ...terms], filter: false };
}

interface Edited {
  value: string;
  name: string;
  fixed?: boolean;
  change?: (text: string) => void;
  run?: () => void;
}

export function Editor({ value, name, fixed = false, change, run }: Edited) {
  const box = useRef<HTMLDivElement>(null);
  const now = useRef({ change, run });
  now.current = { change, run };
  useEffect(() => {
    const state = EditorState.create({
      doc: value,
      extensions: [
        lineNumbers(),
        history(),
        bracketMatching(),
        EditorView.lineWrapping,
        StreamLanguage.define(sparql),
        syntaxHighlighting(COLOURS),
        autocompletion({ override: [complete] }),
        // Tab goes on to what comes next, as everywhere on the page.
        keymap.of([{ key: "Mod-Enter", run: () => (now.current.run?.(), true) }, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        EditorState.readOnly.of(fixed),
        EditorView.contentAttributes.of({ "aria-label": name, tabindex: "0" }),
        EditorView.updateListener.of((update) => update.docChanged && now.current.change?.(update.state.doc.toString())),
      ],
    });
    const editor = new EditorView({ state, parent: box.current! });
    return () => editor.destroy();
  }, [value, fixed]);
  return <div ref={box} class="editor" />;
}
