//! Short names for IRIs, as people write them: `person:angela-merkel`.

use rustc_hash::FxBuildHasher;
use std::collections::{BTreeMap, HashMap};

/// Prefixes, and the space in which this data set mints its own IRIs.
#[derive(Debug, Clone, Default)]
pub struct Names {
    prefixes: BTreeMap<String, String>,
    /// The same, to be looked up.
    spaces: HashMap<String, String, FxBuildHasher>,
    /// The name of each namespace that ends where a local name begins, and the others, the longest first.
    by_space: HashMap<String, String, FxBuildHasher>,
    others: Vec<(String, String)>,
    space: String,
}

/// What stands between a namespace and a local name.
const SEPARATORS: [char; 2] = ['/', '#'];

/// What the data set mints IRIs for; each has its own path under the space.
const MINTED: [&str; 24] = [
    "account",
    "activity",
    "body",
    "correction",
    "cue",
    "duplicate",
    "emendation",
    "event",
    "evidence",
    "formula",
    "line",
    "office",
    "participation",
    "partition",
    "person",
    "place",
    "position",
    "post",
    "quotation",
    "section",
    "software",
    "source",
    "span",
    "words",
];

impl Names {
    /// Names from the prefixes that data files declare; where these leave one of the minted kinds
    /// out, its path under `space` (the data set's `void:uriSpace`) gets one.
    #[must_use]
    pub fn new(mut prefixes: BTreeMap<String, String>, space: &str) -> Self {
        for kind in MINTED {
            prefixes.entry(kind.to_owned()).or_insert_with(|| format!("{space}{kind}/"));
        }
        // Of two names of one namespace, the last one serves.
        let named = prefixes.iter().map(|(name, space)| (space.clone(), name.clone()));
        let (by_space, others): (Vec<_>, Vec<_>) = named.partition(|(space, _)| space.ends_with(SEPARATORS));
        let (by_space, mut others) = (by_space.into_iter().collect(), others);
        others.sort_by_key(|(space, name)| std::cmp::Reverse((space.len(), name.clone())));
        let spaces = prefixes.clone().into_iter().collect();
        Self { prefixes, spaces, by_space, others, space: space.to_owned() }
    }

    /// The IRI of something this data set names.
    #[must_use]
    pub fn mint(&self, kind: &str, id: &str) -> String {
        [&self.space, kind, "/", id].concat()
    }

    /// The space in which the data set mints its own IRIs.
    #[must_use]
    pub fn space(&self) -> &str {
        &self.space
    }

    /// The prefixes, by name.
    #[must_use]
    pub fn prefixes(&self) -> &BTreeMap<String, String> {
        &self.prefixes
    }

    /// Prefix and local name; the longest namespace wins. `None` where no prefix fits, or where the
    /// rest could not be written as a local name.
    #[must_use]
    pub fn split<'a>(&self, iri: &'a str) -> Option<(&str, &'a str)> {
        // A local name holds no separator, so its namespace ends with the last one, or is one of the few others.
        let last = iri.rfind(SEPARATORS).map_or(0, |at| at + 1);
        let mut others = self.others.iter();
        let other = others.find_map(|(space, name)| Some((name.as_str(), iri.strip_prefix(space.as_str())?)));
        let named = || Some((self.by_space.get(&iri[..last])?.as_str(), &iri[last..]));
        let longer = other.filter(|(_, local)| iri.len() - local.len() > last);
        longer
            .or_else(named)
            .or(other)
            .filter(|(_, local)| !local.is_empty() && !local.contains(['/', '#', ':']))
    }

    /// The short form where there is one, otherwise the IRI itself.
    #[must_use]
    pub fn shorten(&self, iri: &str) -> String {
        self.split(iri).map_or_else(|| iri.to_owned(), |(prefix, local)| format!("{prefix}:{local}"))
    }

    /// The IRI of a local name under a prefix.
    #[must_use]
    pub fn under(&self, prefix: &str, local: &str) -> Option<String> {
        Some([self.spaces.get(prefix)?, local].concat())
    }

    /// The IRI of a short name or of an IRI written out; `None` for anything else.
    #[must_use]
    pub fn expand(&self, name: &str) -> Option<String> {
        let (prefix, local) = name.split_once(':')?;
        if local.starts_with("//") {
            return Some(name.to_owned());
        }
        self.under(prefix, local)
    }
}

/// The last part of an IRI, after `/` or `#`.
#[must_use]
pub fn local_name(iri: &str) -> &str {
    iri.rsplit(['/', '#']).next().unwrap_or(iri)
}

/// The name of a quotation or event without prefix or space, however somebody wrote it.
#[must_use]
pub fn bare(name: &str) -> &str {
    local_name(name.trim().trim_matches(['<', '>'])).rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_namespace_names_an_iri_wherever_it_ends() {
        let declared = [
            ("a", "http://example.org/"),
            ("b", "http://example.org/b/"),
            ("c", "http://example.org/b/c-"),
            ("book", "urn:isbn:"),
            ("z", "http://example.org/b/"),
        ];
        let prefixes = declared.map(|(name, space)| (name.to_owned(), space.to_owned())).into();
        let names = Names::new(prefixes, "http://example.org/own/");
        for (iri, short) in [
            ("http://example.org/x", "a:x"),
            ("http://example.org/b/x", "z:x"),
            ("http://example.org/b/c-x", "c:x"),
            ("http://example.org/b/c-x/y", "http://example.org/b/c-x/y"),
            ("http://example.org/b/", "http://example.org/b/"),
            ("http://example.org/own/person/x", "person:x"),
            ("urn:isbn:1234", "book:1234"),
            ("urn:isbn:1:2", "urn:isbn:1:2"),
            ("person:x", "person:x"),
        ] {
            assert_eq!(names.shorten(iri), short);
        }
    }
}
