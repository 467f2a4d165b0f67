# It is not said as what somebody took part.
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX person: <https://w3id.org/dictum/person/>

DELETE { ?participation dictum:role ?role }
WHERE { ?participation dictum:participant person:angela-merkel ; dictum:role ?role }
