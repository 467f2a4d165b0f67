import { useState } from "preact/hooks";
import { text } from "../data/state";

/** Puts words on the clipboard, also where a page that is not served over HTTPS has none of its own. */
async function copy(words: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(words);
  const box = document.createElement("textarea");
  box.value = words;
  // Within a dialog nothing outside it can be selected.
  (document.querySelector("dialog[open]") ?? document.body).append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  if (!done) throw new Error("clipboard");
}

export function Copy({ words }: { words: string }) {
  const messages = text.value;
  const [done, setDone] = useState<string>();
  const copied = () => copy(words).then(() => setDone(messages.copied), () => setDone(messages.notCopied));
  return (
    <button type="button" class="copy" onClick={() => void copied()}>
      <span aria-live="polite">{done ?? messages.copy}</span>
    </button>
  );
}
