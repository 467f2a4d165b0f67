//! The index as oxigraph's evaluation of SPARQL asks it.

use super::index::{Index, UNKNOWN};
use oxigraph::model::Term;
use spareval::{InternalQuad, QueryableDataset};
use std::convert::Infallible;
use std::sync::Arc;

/// An index that is asked.
#[derive(Debug, Clone)]
pub(super) struct Dataset(pub Arc<Index>);

/// A term of the index, or one that a query or its evaluation brings along.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Node {
    Known(u32),
    Other(Arc<Term>),
}

impl Node {
    fn number(&self) -> u32 {
        match self {
            Self::Known(number) => *number,
            Self::Other(_) => UNKNOWN,
        }
    }
}

impl QueryableDataset<'static> for Dataset {
    type InternalTerm = Node;
    type Error = Infallible;

    /// Everything is in the default graph; there is no other.
    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Node>,
        predicate: Option<&Node>,
        object: Option<&Node>,
        graph_name: Option<Option<&Node>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Node>, Infallible>> + use<> {
        let parts = [subject, predicate, object].map(|part| part.map(Node::number));
        let found = (graph_name == Some(None)).then(|| self.0.matching(parts));
        found.into_iter().flatten().map(|numbers| {
            let [subject, predicate, object] = numbers.map(Node::Known);
            Ok(InternalQuad { subject, predicate, object, graph_name: None })
        })
    }

    fn internalize_term(&self, term: Term) -> Result<Node, Infallible> {
        Ok(self.0.terms.find(term.as_ref()).map_or_else(|| Node::Other(Arc::new(term)), Node::Known))
    }

    fn externalize_term(&self, term: Node) -> Result<Term, Infallible> {
        Ok(match term {
            Node::Known(number) => self.0.terms.term(number).into_owned(),
            Node::Other(term) => Arc::unwrap_or_clone(term),
        })
    }
}
