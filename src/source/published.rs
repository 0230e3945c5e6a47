//! Folders that other programs publish as they are.

use std::path::Path;

/// A folder that a program for documentation publishes, with all that is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its name.
    pub folder: String,
    /// The program.
    pub tool: &'static str,
}

/// A program that publishes folders beside its settings.
struct Tool {
    name: &'static str,
    /// Files that tell of it.
    settings: &'static [&'static str],
    /// The folders it publishes if its settings don't say otherwise.
    folders: &'static [&'static str],
    /// How a line of its settings begins that names another one.
    key: &'static str,
}

const TOOLS: [Tool; 7] = [
    Tool { name: "MkDocs", settings: &["mkdocs.yml", "mkdocs.yaml"], folders: &["docs"], key: "docs_dir:" },
    Tool { name: "Zensical", settings: &["zensical.toml"], folders: &["docs"], key: "docs_dir =" },
    Tool { name: "mdBook", settings: &["book.toml"], folders: &["src"], key: "src =" },
    Tool {
        name: "Docusaurus",
        settings: &["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs"],
        folders: &["docs", "blog", "static"],
        key: "",
    },
    Tool {
        name: "Hugo",
        settings: &["hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml"],
        folders: &["content", "static", "assets"],
        key: "",
    },
    Tool { name: "Sphinx", settings: &["conf.py"], folders: &["_static"], key: "" },
    Tool { name: "the web project", settings: &["package.json"], folders: &["public", "static"], key: "" },
];

/// Files of a folder that is published itself.
const WHOLE: [(&str, &str); 2] = [("_config.yml", "Jekyll"), (".vitepress", "VitePress")];

/// Who publishes `folder`, or a folder that it lies in, as `read` tells of the files there: the text of a file, an empty one
/// for a folder. Looked for up to the folder with a repository.
pub fn published(folder: &Path, read: &dyn Fn(&Path) -> Option<String>) -> Option<Published> {
    for at in folder.ancestors() {
        let name = at.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let found = |tool: &'static str| Some(Published { folder: name.clone(), tool });
        if let Some((_, tool)) = WHOLE.iter().find(|(file, _)| read(&at.join(file)).is_some()) {
            return found(tool);
        }
        let above = at.parent();
        let tool = above.and_then(|above| TOOLS.iter().find(|tool| tool.publishes(above, &name, read)));
        if let Some(tool) = tool {
            return found(tool.name);
        }
        if read(&at.join(".git")).is_some() {
            return None;
        }
    }
    None
}

impl Tool {
    fn publishes(&self, above: &Path, name: &str, read: &dyn Fn(&Path) -> Option<String>) -> bool {
        let Some(settings) = self.settings.iter().find_map(|file| read(&above.join(file))) else {
            return false;
        };
        let value = settings
            .lines()
            .filter(|_| !self.key.is_empty())
            .find_map(|line| line.trim().strip_prefix(self.key));
        match value.map(|value| value.trim().trim_matches(['"', '\'', '/'])) {
            Some(value) => value == name,
            None => self.folders.contains(&name),
        }
    }
}
