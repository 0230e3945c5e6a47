//! What other programs, and other pages in the same browser, may try.

use super::support::{Project, Served, elsewhere, guide};

fn status(served: &Served, request: &str) -> u16 {
    served.ask(request).status
}

#[test]
fn a_name_that_was_made_to_lead_here_is_turned_away() {
    let project = Project::new();
    let served = project.serve();
    let address = served.address().to_owned();
    let port = address.rsplit(':').next().unwrap().to_owned();
    let with = |hosts: &str| format!("GET /invite/ HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
    for host in [format!("localhost:{port}"), address.clone(), format!("[::1]:{port}")] {
        assert_eq!(status(&served, &with(&format!("Host: {host}\r\n"))), 200, "{host}");
    }
    for host in
        ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "192.168.0.1", "x@localhost"]
    {
        let answer = served.ask(with(&format!("Host: {host}:{port}\r\n")));
        assert_eq!(answer.status, 403, "{host}");
        assert!(!answer.body.contains("Third thing"));
    }
    assert_ne!(status(&served, &with("")), 200, "without a host");
    assert_ne!(
        status(&served, &with(&format!("Host: {address}\r\nHost: evil.example\r\n"))),
        200,
        "two hosts"
    );
    let absolute =
        format!("GET http://evil.example/invite/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&served, &absolute), 403);
    let events = "GET /.guidemark/events?page=/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(status(&served, events), 403);
}

#[test]
fn nothing_can_be_changed() {
    let project = Project::new();
    let served = project.serve();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        let request = format!(
            "{method} /invite/ HTTP/1.1\r\nHost: {}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            served.address()
        );
        let answer = served.ask(request);
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
}

#[test]
fn no_path_leads_to_the_disk() {
    let project = Project::new();
    project.write("secret.txt", "the secret");
    let served = project.serve();
    for path in [
        "/../secret.txt",
        "/invite/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/secret.txt",
        "/guidemark.toml",
        "/guides/invite.md",
        "/etc/passwd",
        "//etc/passwd",
        "/%00",
        "/invite/index.html%00.png",
        "/.guidemark/manifest.json",
        "/file:///etc/passwd",
    ] {
        let answer = served.get(path);
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.body.contains("the secret") && !answer.body.contains("root:"), "{path}");
    }
}

#[test]
fn an_address_is_never_taken_for_markup() {
    let project = Project::new();
    let served = project.serve();
    let body = served.page("/%3Cimg%20src=x%20onerror=alert(1)%3E/");
    assert!(body.contains("&lt;img src=x") && !body.contains("<img"), "{body}");
    let answer = served.get("/invite%0d%0aX-Evil:%20yes");
    assert_eq!((answer.status, answer.header("x-evil")), (404, None));
}

#[test]
fn no_other_origin_is_let_in() {
    let project = Project::new();
    let served = project.serve();
    for path in ["/invite/", "/guides.json"] {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n",
            served.address()
        );
        let answer = served.ask(request);
        assert!(!answer.head.to_lowercase().contains("access-control"), "{}", answer.head);
    }
}

/// A page of another origin in the same browser: it can neither read, nor frame, nor listen.
#[test]
fn a_page_of_another_origin_learns_nothing() {
    let project = Project::new();
    project.write("guides/invite.md", guide("Invite a colleague", "The secret"));
    let served = project.serve();
    let mut page = elsewhere();
    let url = served.url();
    let read = page
        .evaluate(&format!(
            "fetch('{url}invite/').then(answer => answer.text()).catch(error => `refused: ${{error}}`)"
        ))
        .unwrap();
    assert!(read.as_str().unwrap().starts_with("refused"), "{read}");
    let blind = page
        .evaluate(&format!("fetch('{url}invite/', {{mode: 'no-cors'}}).then(() => 'sent', () => 'refused')"))
        .unwrap();
    assert_eq!(blind, "refused");
    let heard = page
        .evaluate(&format!(
            "new Promise(done => {{ const source = new EventSource('{url}.guidemark/events?page=/invite/'); \
             source.onmessage = ({{data}}) => done(data); source.onerror = () => done('refused'); }})"
        ))
        .unwrap();
    assert_eq!(heard, "refused");
    page.evaluate(&format!(
        "new Promise(done => {{ const frame = document.createElement('iframe'); frame.src = '{url}invite/'; \
         frame.onload = done; document.body.append(frame); }}).then(() => true)"
    ))
    .unwrap();
    let seen = page.seen().unwrap();
    let said = format!("{:?} {:?}", seen.violations, seen.console);
    assert!(said.contains("frame-ancestors"), "{said}");
}
