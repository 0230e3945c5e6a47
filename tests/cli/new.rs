use super::{Sandbox, expect};

#[test]
fn a_new_project_builds_and_checks_without_a_finding() {
    let sandbox = Sandbox::new();
    let said = "made a project with one guide in `hand book`; now type\n\n    cd 'hand book'\n    guidemark serve --open\n";
    expect(sandbox.run(&["new", "hand book"]), 0, "", said);
    expect(sandbox.run(&["check", "--strict", "hand book"]), 0, "", "checked 1 guide: no problems found\n");
    let said = "built 1 guide into `hand book/public`: 3 screenshots, [SIZE] stored as [SIZE]\n\
                open `hand book/public/index.html`\n";
    expect(sandbox.run(&["build", "--no-cache", "hand book"]), 0, "", said);
    assert!(sandbox.read("hand book/public/log-in/index.html").contains("How to log in to Datasette"));
}

#[test]
fn an_empty_folder_will_do() {
    let sandbox = Sandbox::new();
    expect(
        sandbox.run(&["new", "."]),
        0,
        "",
        "made a project with one guide in `.`; now type\n\n    guidemark serve --open\n",
    );
}

#[test]
fn nothing_is_written_among_somebodys_files() {
    let sandbox = Sandbox::new();
    sandbox.write("mine/notes.txt", "mine").write("file", "a file");
    let said = "error: `mine` is not empty\nhelp: name a folder that does not exist yet\n";
    expect(sandbox.run(&["new", "mine"]), 2, "", said);
    let said = "error: `file` is a file\nhelp: name a folder that does not exist yet\n";
    expect(sandbox.run(&["new", "file"]), 2, "", said);
    assert_eq!(sandbox.files("mine"), [("notes.txt".to_owned(), b"mine".to_vec())]);
}
