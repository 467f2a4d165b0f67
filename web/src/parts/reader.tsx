/** The quotation that is read, over everything else. */
import { useEffect, useRef } from "preact/hooks";
import { change, counted, index, place, placeOf, text, view } from "../data/state";
import { Card } from "./card";
import { useLater } from "./later";

export function Reader() {
  const words = text.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const at = placeOf(view.value.open);
  const records = useLater(() => (at < 0 ? Promise.resolve([]) : place.value.records([at])), [at]);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const close = () => change({ open: "" });
  // Goes through what is shown; a quotation that a link led to may not be part of it.
  const rank = counted.value.at.indexOf(at);
  const step = (by: number) => {
    const next = rank < 0 ? undefined : counted.value.at[rank + by];
    if (next !== undefined) change({ open: index.value.quotations.id[next]! }, true);
  };
  return (
    <dialog ref={dialog} onClose={close} aria-label={words.quotations} onClick={(event) => event.target === dialog.current && close()}>
      <p class="steps">
        <button type="button" disabled={rank < 1} onClick={() => step(-1)}>← {words.previous}</button>
        <button type="button" disabled={rank < 0 || rank + 1 >= counted.value.at.length} onClick={() => step(1)}>{words.next} →</button>
        <span class="small">{rank >= 0 && words.rank(rank + 1, counted.value.at.length)}</span>
        <button type="button" class="close" autofocus onClick={close}>{words.close} ×</button>
      </p>
      {records ? (records[0] ? <Card key={records[0].id} record={records[0]} whole /> : <p>{words.nothing}</p>) : <p>{words.loading}</p>}
    </dialog>
  );
}
