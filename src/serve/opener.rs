//! The author's editor, as links reach it.

/// An editor that opens a file at its line by an address: `SCHEME://file/PATH:LINE:COLUMN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opener {
    /// As its makers write it.
    pub name: &'static str,
    /// The scheme of its addresses.
    pub scheme: &'static str,
}

/// The programs that take such addresses. An editor within a terminal takes none.
const PROGRAMS: [(&str, Opener); 8] = [
    ("code", VS_CODE),
    ("code-insiders", Opener { name: "VS Code Insiders", scheme: "vscode-insiders" }),
    ("codium", Opener { name: "VSCodium", scheme: "vscodium" }),
    ("vscodium", Opener { name: "VSCodium", scheme: "vscodium" }),
    ("cursor", Opener { name: "Cursor", scheme: "cursor" }),
    ("windsurf", Opener { name: "Windsurf", scheme: "windsurf" }),
    ("zed", Opener { name: "Zed", scheme: "zed" }),
    ("zeditor", Opener { name: "Zed", scheme: "zed" }),
];

const VS_CODE: Opener = Opener { name: "VS Code", scheme: "vscode" };

impl Opener {
    /// The editor that a command starts, such as `code --wait`; VS Code if it takes no addresses.
    pub fn for_command(command: Option<&str>) -> Self {
        let program = command.and_then(|command| command.split_whitespace().next()).unwrap_or_default();
        let name = program.rsplit(['/', '\\']).next().unwrap_or(program);
        let name = name.strip_suffix(".exe").or_else(|| name.strip_suffix(".cmd")).unwrap_or(name);
        PROGRAMS.iter().find(|(program, _)| *program == name).map_or(VS_CODE, |(_, opener)| *opener)
    }
}

#[cfg(test)]
mod tests {
    use super::Opener;

    #[test]
    fn the_editor_of_a_command_is_known_by_its_program() {
        for (command, name) in [
            ("zed --wait", "Zed"),
            ("/usr/local/bin/cursor -w", "Cursor"),
            ("C:\\tools\\code-insiders.cmd", "VS Code Insiders"),
            ("codium", "VSCodium"),
            ("vim", "VS Code"),
            ("", "VS Code"),
        ] {
            assert_eq!(Opener::for_command(Some(command)).name, name, "{command}");
        }
        assert_eq!(Opener::for_command(None).scheme, "vscode");
    }
}
