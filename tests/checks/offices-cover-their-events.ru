# Somebody took office after the event.
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX person: <https://w3id.org/dictum/person/>
PREFIX schema: <https://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { ?office schema:startDate ?start }
INSERT { ?office schema:startDate "2021-01-01"^^xsd:date }
WHERE { ?office org:member person:angela-merkel ; schema:startDate ?start }
