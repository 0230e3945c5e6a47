use super::support::{Project, guide};
use guidemark::serve::ServeOptions;
use guidemark::site::{BuildOptions, MemorySink, Silent, build};
use guidemark::source::{DiskWorld, ProjectPath};
use std::io::{Read, Write};
use std::net::TcpStream;

#[test]
fn the_library_comes_first_and_leads_to_the_guides() {
    let project = Project::new();
    let served = project.serve();
    let library = served.get("/");
    assert_eq!((library.status, library.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(library.body.contains("Shelf guides") && library.body.contains("href=\"invite/\""));
    assert!(served.page("/invite/").contains("Third thing"));
    assert_eq!(served.get("/invite/cover.webp").header("content-type"), Some("image/webp"));
    assert_eq!(served.get("/guides.json").header("content-type"), Some("application/json"));
}

#[test]
fn the_picture_for_previews_is_made_when_it_is_asked_for() {
    let project = Project::new();
    let served = project.serve();
    let card = served.get("/invite/card.png");
    assert_eq!((card.status, card.header("content-type")), (200, Some("image/png")));
    for nothing in ["/nobody/card.png", "/card.png", "/invite/../card.png", "/a/b/card.png"] {
        assert_ne!(served.get(nothing).status, 200, "{nothing}");
    }
}

#[test]
fn many_who_ask_for_a_picture_at_once_all_get_it() {
    let project = Project::new();
    let served = project.serve();
    let request =
        format!("GET /invite/card.png HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", served.address());
    let asking: Vec<TcpStream> = (0..40)
        .map(|_| {
            let mut asking = TcpStream::connect(served.address()).unwrap();
            asking.write_all(request.as_bytes()).unwrap();
            asking
        })
        .collect();
    for mut asking in asking {
        let mut answer = Vec::new();
        asking.read_to_end(&mut answer).unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 200 "));
    }
}

#[test]
fn every_answer_is_for_this_site_and_for_now() {
    let project = Project::new();
    let served = project.serve();
    for path in ["/", "/invite/", "/nothing/", "/guides.json", "/invite"] {
        let answer = served.get(path);
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
        assert_eq!(answer.header("content-security-policy"), Some("frame-ancestors 'self'"), "{path}");
    }
}

#[test]
fn a_head_request_gets_no_body() {
    let project = Project::new();
    let served = project.serve();
    let request =
        format!("HEAD /invite/ HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", served.address());
    let answer = served.ask(request);
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_ne!(answer.header("content-length"), Some("0"));
}

#[test]
fn an_address_that_names_nothing_leads_to_what_may_be_meant() {
    let project = Project::new();
    project.write("guides/refund.md", guide("Refund an order", "Pay"));
    let served = project.serve();
    let answer = served.get("/invyte/");
    assert_eq!(answer.status, 404);
    assert!(answer.body.contains("<a href=\"/invite/\">invite</a>"), "{}", answer.body);
    assert!(!answer.body.contains("refund"));
}

#[test]
fn a_folder_without_its_slash_is_sent_to_its_page() {
    let project = Project::new();
    let served = project.serve();
    let answer = served.get("/invite");
    assert_eq!((answer.status, answer.header("location")), (307, Some("/invite/")));
}

#[test]
fn drafts_are_shown_and_marked() {
    let project = Project::new();
    project.write("guides/later.md", guide("Later", "Wait").replacen("---\n", "---\ndraft: true\n", 1));
    let served = project.serve();
    assert!(served.page("/later/").contains("class=\"draft\""));
    assert!(served.page("/").contains("Later"));
}

#[test]
fn one_guide_is_served_alone() {
    let project = Project::new();
    let only = ProjectPath::new("guides/invite.md").ok();
    let served = project.serve_with(&ServeOptions { only, ..ServeOptions::default() });
    assert_eq!(served.get("/").header("location"), Some("/invite/"));
    assert!(served.page("/invite/").contains("Third thing"));
}

#[test]
fn a_built_site_has_no_live_script() {
    let project = Project::new();
    let world = DiskWorld::new(&project.path("")).unwrap();
    let sink = MemorySink::new();
    build(&world, &BuildOptions::default(), &sink, &Silent);
    let page = String::from_utf8(sink.file("invite/index.html").unwrap()).unwrap();
    let served = project.serve().page("/invite/");
    for ours in ["guidemark-version", "EventSource", "connect-src"] {
        assert!(!page.contains(ours) && served.contains(ours), "{ours}");
    }
}

#[test]
fn a_taken_port_leads_to_the_next_one_unless_it_was_named() {
    let (one, other) = (Project::new(), Project::new());
    let world = |project: &Project| DiskWorld::new(&project.path("")).unwrap();
    let start = |project, port| {
        let options = ServeOptions { port, ..ServeOptions::default() };
        guidemark::serve::Server::start(world(project), &options, Box::new(Silent))
    };
    let first = start(&one, None).unwrap();
    let second = start(&other, None).unwrap();
    assert_ne!(first.url(), second.url());
    let taken = first.url().trim_end_matches('/').rsplit(':').next().unwrap().parse().ok();
    let error = start(&other, taken).err().unwrap();
    assert!(error.message.ends_with("is taken by another program"), "{error}");
}
