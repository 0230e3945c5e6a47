//! A theme: templates, style and player modules, and the typed context its templates get.

pub mod context;
pub mod stage;
