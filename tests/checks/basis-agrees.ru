# Somebody whom the reference data has is said to be known by the printed name only.
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX person: <https://w3id.org/dictum/person/>

DELETE { ?participation dictum:basis ?basis }
INSERT { ?participation dictum:basis dictum:PrintedOnly }
WHERE {
  ?participation dictum:participant person:angela-merkel .
  OPTIONAL { ?participation dictum:basis ?basis }
}
