//! The IRIs that code names: the terms of the graph model. Everything else is data.

use oxigraph::model::NamedNodeRef;

macro_rules! terms {
    ($($space:literal { $($name:ident = $local:literal)+ })+) => {
        $($(
            #[doc = concat!("`<", $space, $local, ">`")]
            pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($space, $local));
        )+)+
    };
}

/// Namespace of the project's own terms.
pub const DICTUM: &str = "https://w3id.org/dictum/ns#";

terms! {
    "https://w3id.org/dictum/ns#" {
        ABBREVIATION = "abbreviation"
        ACCOUNT_CLASS = "Account"
        ALTERNATIVE_LABEL = "AlternativeLabel"
        ACCOUNT_OF = "accountOf"
        ADJECTIVE = "adjective"
        BASIS = "basis"
        BYLINE = "byline"
        CERTAINTY = "certainty"
        BECAME = "became"
        CHARACTERS = "characters"
        CHECKED_BY = "checkedBy"
        CHECKED_ON = "checkedOn"
        CHECK_REASON = "checkReason"
        CITATION = "citation"
        CITATION_PATTERN = "citationPattern"
        CONTINUED = "continued"
        CORRECTION = "Correction"
        CORRECTS = "corrects"
        COUNTER_EXAMPLE = "counterExample"
        COUNTERPART = "counterpart"
        COUNTERPART_ROLE = "Counterpart"
        COUNTRY = "country"
        CUE = "cue"
        CUE_CLASS = "Cue"
        CUE_IN_CONTEXT = "CueInContext"
        DATE_PRECISION = "datePrecision"
        EARLIEST = "earliest"
        EMENDED_TEXT = "emendedText"
        EMENDS = "emends"
        END_SOURCE = "endSource"
        ENCODING = "encoding"
        EVIDENCE_FOR = "evidenceFor"
        FALSE_CUE = "falseCue"
        FIELD = "field"
        FORBIDDEN_CONTEXT = "forbiddenContext"
        FORBIDDEN_SPEAKER = "forbiddenSpeaker"
        FORMULA = "formula"
        FORMULA_CLASS = "Formula"
        GIVEN_IDENTIFIER = "GivenIdentifier"
        HELD_OFFICE = "heldOffice"
        HIDDEN_LABEL_RULE = "HiddenLabel"
        IGNORE_NEGATED = "ignoreNegated"
        IGNORE_REPORTED = "ignoreReported"
        INITIATIVE = "initiative"
        ISO2 = "iso2"
        ISO3 = "iso3"
        KNOWN_NAME = "KnownName"
        LATEST = "latest"
        LINE = "line"
        LINE_CLASS = "Line"
        LINE_NUMBER = "lineNumber"
        M49 = "m49"
        MAIN_THEME = "mainTheme"
        NAME_AND_OFFICE = "NameAndOffice"
        NAME_AS_PRINTED = "nameAsPrinted"
        OCCASION = "occasion"
        OFFICE_AS_PRINTED = "officeAsPrinted"
        PARTICIPANT = "participant"
        POST_HELD = "post"
        PARTICIPATION = "participation"
        PARTICIPATION_CLASS = "Participation"
        POSSIBLE_DUPLICATE = "PossibleDuplicate"
        POSSIBLY_SAME = "possiblySame"
        PREFERRED_LABEL = "PreferredLabel"
        PRINTED_ONLY = "PrintedOnly"
        REASON = "reason"
        REFERS_TO = "refersTo"
        REPRESENTED = "represented"
        REPRESENTS = "represents"
        REPRESENTS_AS_PRINTED = "representsAsPrinted"
        REQUIRED_CONTEXT = "requiredContext"
        REQUIRED_SPEAKER = "requiredSpeaker"
        ROLE = "role"
        RULE = "rule"
        SECTION = "section"
        SECTION_CLASS = "Section"
        SHA256 = "sha256"
        SHOWS = "shows"
        SOURCE_CLASS = "Source"
        SPEAKER = "speaker"
        SPEAKER_ROLE = "Speaker"
        START = "start"
        START_SOURCE = "startSource"
        TEXT_MODE = "textMode"
        TEXT_SHA256 = "textSha256"
        TOLD_COUNTERPART = "toldCounterpart"
        TOLD_SPEAKER = "toldSpeaker"
        UNRECONCILED = "Unreconciled"
        WAS = "was"
        WEIGHT = "weight"
        WITHDRAWN = "Withdrawn"
        YEAR_FROM_HEADING = "yearFromHeading"
    }
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#" {
        TYPE = "type"
        VALUE = "value"
        RDF_PROPERTY = "Property"
    }
    "http://www.w3.org/2000/01/rdf-schema#" {
        LABEL = "label"
        RDFS_CLASS = "Class"
    }
    "http://www.w3.org/2002/07/owl#" {
        OWL_CLASS = "Class"
        OBJECT_PROPERTY = "ObjectProperty"
        ANNOTATION_PROPERTY = "AnnotationProperty"
        DATATYPE_PROPERTY = "DatatypeProperty"
        ONTOLOGY = "Ontology"
    }
    "http://www.w3.org/2004/02/skos/core#" {
        CONCEPT = "Concept"
        EXACT_MATCH = "exactMatch"
        NOTE = "note"
        PREF_LABEL = "prefLabel"
        ALT_LABEL = "altLabel"
        CONCEPT_SCHEME = "ConceptScheme"
        BROAD_MATCH = "broadMatch"
        CLOSE_MATCH = "closeMatch"
        NARROW_MATCH = "narrowMatch"
        BROADER = "broader"
        BROADER_TRANSITIVE = "broaderTransitive"
        NARROWER = "narrower"
        NARROWER_TRANSITIVE = "narrowerTransitive"
        RELATED = "related"
        SCOPE_NOTE = "scopeNote"
        SKOS_MEMBER = "member"
        DEFINITION = "definition"
        EXAMPLE = "example"
        HIDDEN_LABEL = "hiddenLabel"
        IN_SCHEME = "inScheme"
        NOTATION = "notation"
        HAS_TOP_CONCEPT = "hasTopConcept"
    }
    "https://schema.org/" {
        ABOUT = "about"
        AUTHOR = "author"
        CONTAINED_IN_PLACE = "containedInPlace"
        CREATOR = "creator"
        END_DATE = "endDate"
        IN_LANGUAGE = "inLanguage"
        IS_PART_OF = "isPartOf"
        MENTIONS = "mentions"
        PERSON = "Person"
        PLACE = "Place"
        POSITION = "position"
        QUOTATION = "Quotation"
        RECORDED_AT = "recordedAt"
        SOFTWARE_VERSION = "softwareVersion"
        START_DATE = "startDate"
        TEXT = "text"
    }
    "http://www.w3.org/ns/org#" {
        MEMBER = "member"
        MEMBERSHIP = "Membership"
        ORGANIZATION = "Organization"
        POST = "Post"
    }
    "http://www.w3.org/ns/oa#" {
        ANNOTATION = "Annotation"
        BODY_VALUE = "bodyValue"
        CLASSIFYING = "classifying"
        DESCRIBING = "describing"
        EDITING = "editing"
        END = "end"
        EXACT = "exact"
        HAS_BODY = "hasBody"
        HAS_SELECTOR = "hasSelector"
        HAS_SOURCE = "hasSource"
        HAS_TARGET = "hasTarget"
        IDENTIFYING = "identifying"
        LINKING = "linking"
        MOTIVATED_BY = "motivatedBy"
        OA_START = "start"
        TEXT_POSITION_SELECTOR = "TextPositionSelector"
        TEXT_QUOTE_SELECTOR = "TextQuoteSelector"
    }
    "http://www.w3.org/ns/prov#" {
        ACTIVITY = "Activity"
        SOFTWARE_AGENT = "SoftwareAgent"
        USED = "used"
        WAS_ASSOCIATED_WITH = "wasAssociatedWith"
        WAS_DERIVED_FROM = "wasDerivedFrom"
        WAS_GENERATED_BY = "wasGeneratedBy"
        WAS_QUOTED_FROM = "wasQuotedFrom"
    }
    "http://semanticweb.cs.vu.nl/2009/11/sem/" {
        EVENT = "Event"
        EVENT_TYPE = "eventType"
    }
    "http://purl.org/dc/terms/" {
        DATE = "date"
        DCT_CREATOR = "creator"
        DESCRIPTION = "description"
        LANGUAGE = "language"
        LICENSE = "license"
        RIGHTS = "rights"
        TITLE = "title"
    }
    "http://rdfs.org/ns/void#" {
        CLASS_PARTITION = "classPartition"
        DATASET = "Dataset"
        ENTITIES = "entities"
        TRIPLES = "triples"
        URI_SPACE = "uriSpace"
        VOID_CLASS = "class"
    }
    "http://www.w3.org/2001/XMLSchema#" {
        XSD_BOOLEAN = "boolean"
        XSD_DATE = "date"
        XSD_G_YEAR = "gYear"
        XSD_G_YEAR_MONTH = "gYearMonth"
        XSD_INTEGER = "integer"
    }
    "http://www.w3.org/ns/shacl#" {
        CONFORMS = "conforms"
        FOCUS_NODE = "focusNode"
        RESULT = "result"
        RESULT_MESSAGE = "resultMessage"
        RESULT_SEVERITY = "resultSeverity"
        SH_INFO = "Info"
        SH_VIOLATION = "Violation"
        SH_WARNING = "Warning"
        SOURCE_CONSTRAINT_COMPONENT = "sourceConstraintComponent"
        SPARQL_CONSTRAINT = "SPARQLConstraintComponent"
        VALIDATION_REPORT = "ValidationReport"
        VALIDATION_RESULT = "ValidationResult"
    }
    "http://id.loc.gov/datatypes/edtf/" {
        EDTF = "EDTF"
    }
}

/// Properties whose values are labels to show, the best first.
pub const LABELS: [NamedNodeRef<'static>; 3] = [PREF_LABEL, LABEL, TITLE];

/// Properties by which people name a thing: labels, then codes.
pub const NAMING: [NamedNodeRef<'static>; 7] = [PREF_LABEL, ALT_LABEL, LABEL, NOTATION, ISO2, ISO3, M49];

/// Prefixes of the vocabularies that code names, for files that declare none of them.
#[must_use]
pub fn prefixes() -> std::collections::BTreeMap<String, String> {
    [
        ("dct", "http://purl.org/dc/terms/"),
        ("dictum", DICTUM),
        ("oa", "http://www.w3.org/ns/oa#"),
        ("org", "http://www.w3.org/ns/org#"),
        ("prov", "http://www.w3.org/ns/prov#"),
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
        ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
        ("schema", "https://schema.org/"),
        ("sh", "http://www.w3.org/ns/shacl#"),
        ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
        ("skos", "http://www.w3.org/2004/02/skos/core#"),
        ("void", "http://rdfs.org/ns/void#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ]
    .into_iter()
    .map(|(name, iri)| (name.to_owned(), iri.to_owned()))
    .collect()
}
