# A quotation is said to have been checked on a day that is none, and nobody says by whom.
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX schema: <https://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { ?quotation dictum:checkedBy ?somebody }
INSERT { ?quotation dictum:checkedOn "2020-02-30"^^xsd:date }
WHERE {
  ?quotation schema:position 7 .
  OPTIONAL { ?quotation dictum:checkedBy ?somebody }
}
