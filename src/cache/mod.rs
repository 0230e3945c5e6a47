//! What is kept between builds: entries in a folder, each named by the hash of all that its content was made from.
//!
//! Two kinds lie there. Finished work, whose keys hold no path, serves every machine that is given the folder; a [`Record`] of
//! files holds their paths and stamps, and is of use on this machine alone.

mod codec;
mod folder;
mod keep;
mod key;
mod record;

pub use codec::{Reader, Writer};
pub use folder::{Cache, DEFAULT_LIMIT};
pub use keep::{Keep, keep, load};
pub use key::{BUILT_FROM, Key, PICTURES_BUILT_FROM};
pub use record::Record;
