# A month of 31 days ends on the 30th.
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { ?event dictum:latest ?latest }
INSERT { ?event dictum:latest "2020-03-30"^^xsd:date }
WHERE { ?event dct:date "2020-03"^^xsd:gYearMonth ; dictum:latest ?latest }
