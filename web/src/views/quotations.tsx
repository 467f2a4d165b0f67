import { change, counted, place, text, view } from "../data/state";
import { Card } from "../parts/card";
import { useLater } from "../parts/later";

const PAGE = 20;

export function Quotations() {
  const words = text.value;
  const { at } = counted.value;
  const pages = Math.ceil(at.length / PAGE);
  const page = Math.max(0, Math.min(view.value.part, pages - 1));
  const shown = at.slice(page * PAGE, page * PAGE + PAGE);
  const records = useLater(() => place.value.records(shown), [at, page]);
  const turn = (to: number) => {
    change({ part: to });
    document.getElementById("main")?.focus();
    scrollTo(0, 0);
  };
  if (!at.length) return <p>{words.nothing}</p>;
  return (
    <section aria-label={words.quotations}>
      {records ? records.map((record) => <Card key={record.id} record={record} />) : <p>{words.loading}</p>}
      {pages > 1 && (
        <nav class="pages" aria-label={words.page(page + 1, pages)}>
          <button type="button" disabled={page === 0} onClick={() => turn(page - 1)}>{words.previous}</button>
          <span>{words.page(page + 1, pages)}</span>
          <button type="button" disabled={page + 1 >= pages} onClick={() => turn(page + 1)}>{words.next}</button>
        </nav>
      )}
    </section>
  );
}
