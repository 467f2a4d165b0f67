//! What only the whole corpus shows.

mod duplicates;
mod formulas;
mod repeats;
mod unreconciled;

pub use duplicates::{Duplicate, possible_duplicates};
pub use formulas::{Formula, Use, formulas};
pub use repeats::{Joined, Repeat};
pub use unreconciled::unreconciled;
