//! Pages as readers and their browsers get them.

mod show;
mod support;
