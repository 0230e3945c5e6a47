//! What happens on the disk is soon on the pages.

use super::support::{Project, Served, guide};
use guidemark::serve::ServeOptions;
use std::fs;

#[track_caller]
fn shows(served: &Served, path: &str, text: &str) {
    served.until(&format!("{path} shows {text}"), |served| served.page(path).contains(text));
}

#[track_caller]
fn shows_no(served: &Served, path: &str, text: &str) {
    served.until(&format!("{path} shows no {text}"), |served| !served.page(path).contains(text));
}

#[test]
fn only_the_guide_that_changed_is_built_again() {
    let project = Project::new();
    project.write("guides/other.md", guide("Other", "Else"));
    let served = project.serve();
    project.write("guides/invite.md", guide("Invite a colleague", "Changed thing"));
    shows(&served, "/invite/", "Changed thing");
    project.write("guides/invite.md", guide("Invite a colleague", "Again"));
    let rebuilds = served.until("it is new", |served| served.page("/invite/").contains("Again"));
    assert!(rebuilds.iter().all(|rebuilt| rebuilt.outcome.summary.rendered <= 1));
}

#[test]
fn a_file_written_by_rename_is_followed() {
    let project = Project::new();
    let served = project.serve();
    for round in 0..3 {
        project.rename_write("guides/invite.md", &guide("Invite a colleague", &format!("Renamed {round}")));
        shows(&served, "/invite/", &format!("Renamed {round}"));
    }
}

#[test]
fn a_removed_guide_leaves_the_library_and_comes_back() {
    let project = Project::new();
    project.write("guides/other.md", guide("Other one", "Else"));
    let served = project.serve();
    assert!(served.page("/").contains("Other one"));
    project.remove("guides/other.md");
    shows_no(&served, "/", "Other one");
    assert_eq!(served.get("/other/").status, 404);
    project.write("guides/other.md", guide("Other one", "Returned"));
    shows(&served, "/other/", "Returned");
    shows(&served, "/", "Other one");
}

#[test]
fn a_removed_folder_that_is_made_again_is_followed() {
    let project = Project::new();
    project.write("guides/more/deep.md", guide("Deep", "Dive").replace("shot.png", "../shot.png"));
    let served = project.serve();
    assert!(served.page("/").contains("Deep"));
    for round in 0..3 {
        project.remove("guides/more");
        shows_no(&served, "/", "Deep");
        let text = guide("Deep", &format!("Dive {round}")).replace("shot.png", "../shot.png");
        project.write("guides/more/deep.md", &text);
        shows(&served, "/deep/", &format!("Dive {round}"));
        project.write("guides/more/deep.md", text.replace("Dive", "Swim"));
        shows(&served, "/deep/", &format!("Swim {round}"));
    }
}

#[test]
fn all_guides_gone_and_back_again() {
    let project = Project::new();
    let served = project.serve();
    fs::rename(project.path("guides"), project.path(".away")).unwrap();
    served.until("the guide is gone", |served| served.get("/invite/").status == 404);
    fs::rename(project.path(".away"), project.path("guides")).unwrap();
    shows(&served, "/invite/", "Third thing");
    project.write("guides/invite.md", guide("Invite a colleague", "After all"));
    shows(&served, "/invite/", "After all");
}

#[test]
fn a_new_guide_in_a_new_folder_appears() {
    let project = Project::new();
    let served = project.serve();
    project.write("guides/a/b/c/new.md", guide("Brand new", "Here").replace("shot.png", "../../../shot.png"));
    shows(&served, "/new/", "Brand new");
    shows(&served, "/", "Brand new");
}

#[test]
fn many_files_at_once_as_a_checkout_writes_them() {
    let project = Project::new();
    let text = |round: usize, number: usize| guide(&format!("Guide {number}"), &format!("Round {round}"));
    for number in 0..40 {
        project.write(&format!("guides/g{number}.md"), text(0, number));
    }
    let served = project.serve();
    for number in 0..40 {
        project.rename_write(&format!("guides/g{number}.md"), &text(1, number));
    }
    project.remove("guides/g39.md");
    let done = |served: &Served| {
        (0..39).all(|number| served.page(&format!("/g{number}/")).contains("Round 1"))
            && served.get("/g39/").status == 404
    };
    served.until("all are new", done);
}

#[test]
fn a_burst_of_edits_ends_with_the_last() {
    let project = Project::new();
    let served = project.serve();
    for edit in 0..200 {
        project.write("guides/invite.md", guide("Invite a colleague", &format!("Edit {edit} of many")));
    }
    shows(&served, "/invite/", "Edit 199 of many");
}

#[test]
fn a_picture_that_was_missing_is_found() {
    let project = Project::new();
    project.remove("guides/shot.png");
    let served = project.serve();
    assert_eq!(served.get("/invite/").status, 404);
    project.picture("guides/shot.png", [1, 2, 3]);
    shows(&served, "/invite/", "Third thing");
}

#[test]
fn a_picture_outside_the_guides_is_followed() {
    let project = Project::new();
    project.picture("assets/deep/shot.png", [1, 2, 3]);
    let text = guide("Invite a colleague", "Third").replace("shot.png", "../assets/deep/shot.png");
    project.write("guides/invite.md", text);
    let served = project.serve();
    let before = served.page("/invite/");
    project.picture("assets/deep/shot.png", [200, 2, 3]);
    served.until("the picture is new", |served| served.page("/invite/") != before);
}

#[test]
fn the_project_file_and_the_theme_are_followed() {
    let project = Project::new();
    let served = project.serve();
    project.write("guidemark.toml", "title = \"Other title\"\n");
    shows(&served, "/", "Other title");
    project.write("themes/own/theme.toml", "extends = \"default\"\n");
    project.write("themes/own/style/custom.css", "h1 { color: rebeccapurple }\n");
    project.write("guidemark.toml", "title = \"Other title\"\ntheme = \"own\"\n");
    shows(&served, "/invite/", "rebeccapurple");
    project.write("themes/own/style/custom.css", "h1 { color: darkorange }\n");
    shows(&served, "/invite/", "darkorange");
    shows(&served, "/", "darkorange");
}

#[test]
fn a_project_file_that_is_wrong_leaves_the_site_as_it_was() {
    let project = Project::new();
    let served = project.serve();
    project.write("guidemark.toml", "title = \n");
    while !served.rebuilt().outcome.has_errors() {}
    assert!(served.page("/invite/").contains("Third thing"));
    project.write("guidemark.toml", "title = \"Fixed\"\n");
    shows(&served, "/", "Fixed");
}

#[test]
fn without_news_from_the_system_the_files_are_looked_at() {
    let project = Project::new();
    let served = project.serve_with(&ServeOptions { poll: true, ..ServeOptions::default() });
    project.write("guides/invite.md", guide("Invite a colleague", "Polled thing"));
    shows(&served, "/invite/", "Polled thing");
    project.write("guides/sub/new.md", guide("Polled folder", "New").replace("shot.png", "../shot.png"));
    shows(&served, "/new/", "Polled folder");
    project.remove("guides/sub");
    served.until("it is gone", |served| served.get("/new/").status == 404);
}

/// A build may read a folder that has come and will be gone between two looks.
#[test]
fn what_comes_and_goes_between_two_looks_is_not_kept() {
    let project = Project::new();
    let served = project.serve_with(&ServeOptions { poll: true, ..ServeOptions::default() });
    for round in 0..5 {
        let (folder, name) = (format!("guides/sub{round}"), format!("/new{round}/"));
        let text = guide("Soon gone", "New").replace("shot.png", "../shot.png");
        project.write(&format!("{folder}/new{round}.md"), text);
        shows(&served, &name, "Soon gone");
        project.remove(&folder);
        served.until("it is gone", |served| served.get(&name).status == 404);
    }
}
