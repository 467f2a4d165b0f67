// Prints an RDF file as N-Quads: JSON-LD as jsonld.js reads it, everything else as N3.js does. Needs NODE_PATH.
const fs = require('node:fs');
const jsonld = require('jsonld');
const n3 = require('n3');

// An export carries its own context; a reader without a network must manage.
const documentLoader = (url) => { throw new Error(`refers to ${url}`); };

async function main(file, format) {
  const text = fs.readFileSync(file, 'utf8');
  if (format === 'application/ld+json') {
    return jsonld.toRDF(JSON.parse(text), { format: 'application/n-quads', safe: true, documentLoader });
  }
  const quads = new n3.Parser({ format }).parse(text);
  return new n3.Writer({ format: 'application/n-quads' }).quadsToString(quads);
}

main(...process.argv.slice(2)).then(
  (quads) => process.stdout.write(quads),
  (error) => { console.error(error.message); process.exitCode = 1; },
);
