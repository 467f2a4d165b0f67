import { useEffect, useState } from "preact/hooks";
import { failure } from "../data/state";

/** What a promise gives, when it is there; of several, the last that was asked for. */
export function useLater<T>(ask: () => Promise<T>, on: unknown[]): T | undefined {
  const [known, setKnown] = useState<T | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    ask().then(
      (value) => {
        if (wanted) setKnown(() => value);
        failure.value = "";
      },
      (error: Error) => wanted && (failure.value = error.message),
    );
    return () => void (wanted = false);
  }, on);
  return known;
}
