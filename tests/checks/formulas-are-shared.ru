# A formula that is too short, stands in one quotation only, and is not pointed to whole.
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX formula: <https://w3id.org/dictum/formula/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
PREFIX span: <https://w3id.org/dictum/span/>

INSERT {
  formula:0000000000000000 a dictum:Formula ; rdf:value "病毒不分国界，"@zh ; dictum:characters 7 .
  ?quotation dictum:formula formula:0000000000000000 .
  <https://w3id.org/dictum/evidence/shared> a oa:Annotation ;
    dictum:evidenceFor ?quotation ;
    oa:motivatedBy oa:linking ;
    oa:hasBody formula:0000000000000000 ;
    oa:hasTarget span:solidarity-2020-33-0-6 .
}
WHERE { ?quotation schema:position 7 }
