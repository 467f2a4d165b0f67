# Evidence lost its words.
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX schema: <https://schema.org/>

DELETE { ?evidence oa:hasTarget ?span }
WHERE { ?evidence oa:hasTarget ?span ; oa:motivatedBy oa:classifying ; dictum:evidenceFor/schema:position 7 }
