//! What only the whole corpus shows.

mod formulas;
mod repeats;

pub use formulas::{Formula, Use, formulas};
pub use repeats::{Joined, Repeat};
