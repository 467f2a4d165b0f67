# The main theme of a quotation is one that it does not speak of.
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX schema: <https://schema.org/>
PREFIX theme: <https://w3id.org/dictum/theme/>

DELETE { ?quotation dictum:mainTheme ?main }
INSERT { ?quotation dictum:mainTheme theme:vaccines-medicines-research }
WHERE {
  ?quotation schema:position 7 .
  OPTIONAL { ?quotation dictum:mainTheme ?main }
}
