# An emendation changes words into themselves.
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX emendation: <https://w3id.org/dictum/emendation/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX schema: <https://schema.org/>
PREFIX span: <https://w3id.org/dictum/span/>

INSERT {
  emendation:solidarity-2020-0-6 a oa:Annotation ;
    oa:motivatedBy oa:editing ;
    oa:hasTarget span:solidarity-2020-33-0-6 ;
    oa:bodyValue "病毒不分国界"@zh ;
    dictum:certainty "certain" ;
    dictum:reason "None." ;
    dct:creator "Somebody" ;
    dictum:emends ?quotation .
}
WHERE { ?quotation schema:position 7 }
