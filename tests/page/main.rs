//! Pages as readers and their browsers get them.

mod abroad;
mod show;
mod support;
