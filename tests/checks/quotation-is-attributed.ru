# Of one quotation it is not known what it was taken from.
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <https://schema.org/>

DELETE { ?quotation prov:wasQuotedFrom ?source ; dictum:section ?section }
WHERE { ?quotation schema:position 7 ; prov:wasQuotedFrom ?source ; dictum:section ?section }
