# A span runs backwards.
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX span: <https://w3id.org/dictum/span/>

DELETE { ?position oa:start ?start ; oa:end ?end }
INSERT { ?position oa:start ?end ; oa:end ?start }
WHERE {
  span:solidarity-2020-33-0-6 oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
}
