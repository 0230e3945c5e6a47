//! Where the pictures of a guide lie, for those who do not build it.

use super::Context;
use super::pictures::Pictures;
use crate::guide::Guide;
use crate::guide::paths::path_of;
use crate::project::Settings;
use crate::source::{BadPath, ProjectPath, Source, Span, Spanned, World};

/// Finds the picture files of one guide as a build does.
pub struct PictureFinder<'a> {
    context: Context<'a>,
    pictures: Pictures,
}

impl<'a> PictureFinder<'a> {
    /// For a guide of a project.
    pub fn new(guide: &'a Guide, source: &'a Source, settings: &'a Settings, world: &'a dyn World) -> Self {
        let context = Context::new(guide, source, settings, world);
        Self { context, pictures: Pictures::default() }
    }

    /// The file of the picture that an address names. `embed`: where it is written `![[name]]`.
    ///
    /// # Errors
    /// Why there is none, to be read behind the address and a colon.
    pub fn find(&mut self, target: &str, embed: Option<Span>) -> Result<ProjectPath, String> {
        let folder = self.context.guide.path.parent();
        let named = Spanned::new(target.to_owned(), embed.unwrap_or_default());
        self.pictures.located(&named, embed, &mut self.context).map_err(|message| {
            if path_of(target, &folder) == Err(BadPath::Outside) {
                let place =
                    if folder == ProjectPath::root() { "the folder of the guide" } else { "the project" };
                return format!("it lies outside {place}");
            }
            // What is named already need not be named again.
            message.strip_prefix(&format!("`{target}` ")).map(|rest| format!("it {rest}")).unwrap_or(message)
        })
    }
}
