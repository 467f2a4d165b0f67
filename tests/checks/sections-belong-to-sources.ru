# A section is part of another source than its quotations.
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX schema: <https://schema.org/>
PREFIX source: <https://w3id.org/dictum/source/>

DELETE { ?section schema:isPartOf ?source }
INSERT { ?section schema:isPartOf source:another . source:another a dictum:Source }
WHERE { ?section a dictum:Section ; schema:isPartOf ?source . ?quotation dictum:section ?section ; schema:position 7 }
