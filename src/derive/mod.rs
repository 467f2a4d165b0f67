//! What only the whole corpus shows.

mod formulas;
mod repeats;
mod unreconciled;

pub use formulas::{Formula, Use, formulas};
pub use repeats::{Joined, Repeat};
pub use unreconciled::unreconciled;
