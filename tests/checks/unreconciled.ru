# Somebody whom the reference data does not have.
PREFIX dictum: <https://w3id.org/dictum/ns#>
PREFIX person: <https://w3id.org/dictum/person/>

INSERT DATA { person:angela-merkel a dictum:Unreconciled }
