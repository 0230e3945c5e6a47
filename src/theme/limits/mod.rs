//! What a template may do: its loops, and all that it puts together, are counted while it is rendered, and it is stopped.
//!
//! The engine knows no limits. So calls that count are put into its text, and places in what it reports are led back.

mod count;
mod filters;
mod insert;

pub use count::{Counter, Limit};
pub use filters::register;
pub use insert::Counted;
