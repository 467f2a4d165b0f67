# A second speaker of one quotation.
PREFIX person: <https://w3id.org/dictum/person/>
PREFIX schema: <https://schema.org/>

INSERT { ?quotation schema:creator person:angela-merkel }
WHERE { ?quotation schema:position 7 }
