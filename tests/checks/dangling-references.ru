# A heading is not described.
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX schema: <https://schema.org/>

DELETE { ?section ?says ?what }
WHERE { ?section a dictum:Section ; ?says ?what . ?quotation dictum:section ?section ; schema:position 7 }
