/** The quotation that is read, over everything else. */
import { useEffect, useRef } from "preact/hooks";
import { change, place, placeOf, text, view } from "../data/state";
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
  return (
    <dialog ref={dialog} onClose={close} aria-label={words.quotations} onClick={(event) => event.target === dialog.current && close()}>
      <button type="button" class="close" onClick={close}>{words.close} ×</button>
      {records ? (records[0] ? <Card record={records[0]} whole /> : <p>{words.nothing}</p>) : <p>{words.loading}</p>}
    </dialog>
  );
}
