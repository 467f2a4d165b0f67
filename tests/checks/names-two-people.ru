# At one event 默克尔 of Germany is somebody else.
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX person: <https://w3id.org/dictum/person/>
PREFIX place: <https://w3id.org/dictum/place/>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT {
  ?event dictum:counterpart person:other ; dictum:participation <https://w3id.org/dictum/participation/other> .
  <https://w3id.org/dictum/participation/other> a dictum:Participation ;
    dictum:participant person:other ;
    dictum:role dictum:Counterpart ;
    dictum:nameAsPrinted "默克尔"@zh ;
    dictum:represents place:germany .
  person:other a schema:Person ; skos:prefLabel "Other Merkel"@en , "默克尔"@zh .
}
WHERE { ?event dictum:counterpart person:emmanuel-macron }
