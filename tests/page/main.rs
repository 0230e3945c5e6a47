//! Pages as readers and their browsers get them.

mod abroad;
mod fonts;
mod guide;
mod library;
mod reference;
mod show;
mod support;
mod theme;
