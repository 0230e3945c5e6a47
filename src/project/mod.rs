//! `guidemark.toml` and which guides there are.

mod settings;

pub use settings::*;
