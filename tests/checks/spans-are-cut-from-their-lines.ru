# One character of the page is another.
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE { ?line rdf:value ?text }
INSERT { ?line rdf:value ?misprint }
WHERE {
  ?line dictum:lineNumber 33 ; rdf:value ?text .
  BIND (REPLACE(?text, "病毒", "细菌") AS ?misprint)
}
