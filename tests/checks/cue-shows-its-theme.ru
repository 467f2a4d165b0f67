# The words of one theme are said to have been found by a cue of another.
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
PREFIX theme: <https://w3id.org/dictum/theme/>

DELETE { ?evidence dictum:cue ?cue }
INSERT { ?evidence dictum:cue ?other }
WHERE {
  ?evidence dictum:evidenceFor/schema:position 7 ; oa:hasBody theme:covid-19-pandemic ; dictum:cue ?cue .
  ?other dictum:shows theme:solidarity-shared-future ; rdf:value "病毒不分国界"@zh .
}
