import { useEffect, useState } from "preact/hooks";
import { failure } from "../data/state";

/** What a promise gives, when it is there; of several, the last that was asked for. */
export function useLater<T>(ask: () => Promise<T>, on: unknown[]): T | undefined {
  const [known, setKnown] = useState<T | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    failure.value = "";
    ask().then(
      (value) => {
        if (wanted) setKnown(() => value);
      },
      (error: Error) => {
        if (!wanted) return;
        // What was known is no answer to what is asked now.
        setKnown(undefined);
        failure.value = error.message;
      },
    );
    return () => void (wanted = false);
  }, on);
  return known;
}
