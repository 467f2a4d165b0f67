# A theme is taken from a quotation, and the evidence stays.
PREFIX schema: <https://schema.org/>

DELETE { ?quotation schema:about ?theme }
WHERE { ?quotation schema:position 7 ; schema:about ?theme }
