//! Guidemark compiles one Markdown file into one self-contained HTML file: a walkthrough, an article and
//! an embed.
//!
//! ```text
//! Source ──parse──▶ Guide ──resolve──▶ Resolved ──render──▶ Page ──collect──▶ Site ──▶ disk
//! (text)           (as written,        (as meant: no       (bytes)           (path → bytes)
//!                   spans kept)         Options, pictures
//!                                       measured)
//! ```
//!
//! Each stage takes one type and returns one type; nothing flows back. Everything left of the site is pure:
//! it asks a [`source::World`] for bytes and touches no file, clock, environment or network by itself.
//! Findings are [`diagnostic::Diagnostic`]s, collected beside the result.
//!
//! The rooms, lowest first; each uses only those before it: [`source`], [`author`], [`cache`], [`diagnostic`], [`project`],
//! [`guide`], [`edit`], [`shot`], [`card`], [`theme`], [`page`], [`site`], [`browser`], [`capture`],
//! [`refresh`], [`import`], [`export`], [`serve`], [`cli`].

#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_macros))]

pub mod author;
pub mod browser;
pub mod cache;
pub mod capture;
pub mod card;
pub mod cli;
pub mod diagnostic;
pub mod edit;
pub mod export;
pub mod guide;
pub mod import;
pub mod page;
pub mod project;
pub mod refresh;
pub mod serve;
pub mod shot;
pub mod site;
pub mod source;
pub mod theme;
