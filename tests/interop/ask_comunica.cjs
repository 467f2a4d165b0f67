// Asks an endpoint with Comunica; prints rows as JSON, or statements as lines. Needs NODE_PATH.
const { QueryEngine } = require('@comunica/query-sparql');

async function main(url, query) {
  const engine = new QueryEngine();
  const result = await engine.query(query, { sources: [{ type: 'sparql', value: url }] });
  const items = await (await result.execute()).toArray();
  if (result.resultType === 'quads') return items.map((quad) => `${quad.subject.value} ${quad.predicate.value} ${quad.object.value}`).sort().join('\n');
  return JSON.stringify(items.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value]))));
}

main(...process.argv.slice(2)).then(
  (text) => console.log(text),
  (error) => { console.error(error.message); process.exitCode = 1; },
);
