# A quotation says more than its source.
PREFIX schema: <https://schema.org/>

DELETE { ?quotation schema:text ?text }
INSERT { ?quotation schema:text ?longer }
WHERE {
  ?quotation schema:position 7 ; schema:text ?text .
  BIND (STRLANG(CONCAT(STR(?text), "如此而已。"), LANG(?text)) AS ?longer)
}
