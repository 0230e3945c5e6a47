use super::{Sandbox, expect};
use guidemark::import::{Fetcher, Web};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

/// A picture of one colour.
fn png(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![shade; (width * height) as usize]).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A server of pictures for as long as the test runs; its address. What is not there is answered with 404.
fn server(files: Vec<(&'static str, Vec<u8>)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let read = stream.read(&mut request).unwrap_or(0);
            let line =
                String::from_utf8_lossy(&request[..read]).lines().next().unwrap_or_default().to_owned();
            let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
            let found = files.iter().find(|(name, _)| *name == path);
            let (status, body) = found.map_or(("404 Not Found", &[][..]), |(_, bytes)| ("200 OK", bytes));
            let head =
                format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        }
    });
    address
}

#[test]
fn a_folder_of_screenshots_is_a_guide_of_a_step_each() {
    let sandbox = Sandbox::new();
    for (at, name) in
        ["10 save it", "2-Open_the form", "1", "Screenshot 2026-11-27 at 10.11.12"].iter().enumerate()
    {
        let shade = 100 + 20 * u8::try_from(at).unwrap();
        sandbox.write(&format!("log-in/{name}.png"), png(40, 30, shade));
    }
    sandbox.write("log-in/notes.txt", "mine").write("log-in/.hidden.png", "x");
    let said = "note: left out `notes.txt`: it is not a PNG, JPEG, WebP or GIF picture\n\
                made `guide/index.md` with 4 steps and 4 screenshots; to see and edit it, type\n\n    \
                guidemark serve guide --open\n";
    expect(sandbox.run(&["import", "log-in", "-o", "guide"]), 0, "", said);
    let markdown = "---\ntitle: log in\n---\n\n1. Describe this step.\n\n   ![](shots/1.png)\n\n2. Open the form.\n\n   \
        ![](shots/2-open-the-form.png)\n\n3. Save it.\n\n   ![](shots/10-save-it.png)\n\n4. Describe this step.\n\n   \
        ![](shots/screenshot-2026-11-27-at-10-11-12.png)\n";
    assert_eq!(sandbox.read("guide/index.md"), markdown);
    assert_eq!(sandbox.files("guide/shots").len(), 4);
    assert_eq!(sandbox.run(&["build", "guide/index.md"]).status, Some(0));
}

#[test]
fn a_guide_goes_where_the_project_has_its_guides() {
    let sandbox = Sandbox::new();
    sandbox.write("guidemark.toml", "[apps.shop]\nname = \"Shop\"\n").write("a.png", png(4, 3, 9));
    sandbox.run(&["import", "a.png", "--title", "How to: pay, fast", "--app", "shop"]);
    let made = sandbox.read("guides/how-to-pay-fast/index.md");
    assert!(made.starts_with("---\ntitle: \"How to: pay, fast\"\napp: shop\n---\n"), "{made}");
    let again = sandbox.run(&["import", "a.png", "--title", "How to pay fast"]);
    let said = "error: `guides/how-to-pay-fast` is there already\n\
                help: name another folder with `--output`, or give the guide another `--title`\n";
    expect(again, 2, "", said);
}

#[test]
fn what_is_no_picture_makes_no_guide() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", "text").write("empty/.keep", "");
    let said = "error: there is no picture to import\nhelp: name PNG, JPEG, WebP or GIF files, or a folder of them\n";
    expect(sandbox.run(&["import", "a.txt", "none.png", "-o", "g"]), 2, "", said);
    expect(sandbox.run(&["import", "empty", "-o", "g"]), 2, "", said);
    assert!(!sandbox.path("g").exists());
}

#[test]
fn a_file_that_is_too_long_is_not_said_to_have_no_steps() {
    let sandbox = Sandbox::new();
    let steps: String = (1..=600).map(|number| format!("{number}. Press **{number}**.\n")).collect();
    sandbox.write("long.md", format!("# Long\n\n{steps}"));
    let ran = sandbox.run(&["import", "long.md", "-o", "g"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.contains("`long.md` can't be read: ") && ran.stderr.contains("500"), "{}", ran.stderr);
    assert!(ran.stderr.contains("\nhelp: "), "{}", ran.stderr);
}

#[test]
fn a_scribe_becomes_a_guide_with_its_clicks() {
    let part = "/s/1.jpeg?tl_px=577,0&br_px=1437,480&force_format=png";
    let address = server(vec![(part, png(860, 480, 90)), ("/s/2.jpeg", png(30, 20, 80))]);
    let sandbox = Sandbox::new();
    let scribe = format!(
        "# Create a machine\n#### [Made by Ann with Scribe](https://scribehow.com/shared/x)\nHow to make one.\n\n\
         1\\. Click \"Virtual machines\"\n\n![]({address}{part}&width=860&wat_scale=76&wat=1&wat_gravity=northwest\
         &wat_url=https://a.example/w.png&wat_pad=402,203)\n\n\n2\\. Type \"slice\"\n\n![]({address}/s/2.jpeg)\n\n\
         3\\. Click here.\n\n![]({address}/gone.png)\n"
    );
    sandbox.write("scribe.md", scribe);
    let said = format!(
        "note: left out the line `[Made by Ann with Scribe](https://scribehow.com/shared/x)`\n\
         note: scribe.md:16: left a link to the picture `{address}/gone.png`: its server answers 404\n\
         made `create-a-machine/index.md` with 3 steps and 2 screenshots; to see and edit it, type\n\n    \
         guidemark serve create-a-machine --open\n"
    );
    expect(sandbox.run(&["import", "scribe.md"]), 0, "", &said);
    let markdown = format!(
        "---\ntitle: Create a machine\n---\n\nHow to make one.\n\n1. Click **Virtual machines**.\n\n   \
         ![](shots/click-virtual-machines.png)\n   <!-- @click 429,230 -->\n\n2. Type `slice`.\n\n   \
         ![](shots/type-slice.png)\n\n3. Click here.\n\n   [Screenshot]({address}/gone.png)\n"
    );
    assert_eq!(sandbox.read("create-a-machine/index.md"), markdown);
    assert_eq!(sandbox.run(&["build", "create-a-machine/index.md"]).status, Some(0));
}

#[test]
fn a_tango_becomes_a_guide_with_its_boxes_and_pages() {
    let part = "/t/1.png?crop=focalpoint&fit=crop&fp-x=0.6400&fp-y=0.2884&fp-z=2.8104&w=1200";
    let address = server(vec![(part, png(1200, 700, 90))]);
    let sandbox = Sandbox::new();
    let mark = "aHR0cHM6Ly9pbWFnZXMudGFuZ28udXMvc3RhdGljL2JsYW5rLnBuZz9tYXNrPWNvcm5lcnMmYm9yZGVyPTYlMkNGRjc0NDImdz0xODgmaD02M\
        yZmaXQ9Y3JvcCZjb3JuZXItcmFkaXVzPTEw";
    let tango = format!(
        "# Set up a project\n\n__Creation Date:__ September 9, 2023\n\n***\n\n## # [Open the console](https://c.example/welcome)\n\n\n\
         ### 1. Click on NEW PROJECT\n![Step 1 screenshot]({address}{part}&border=2%2CF4F2F7&mark-x=506&mark-y=325&m64={mark})\n\n\n\
         ### 2. Look around\n\n<br/>\n\n***\nCreated with [Tango.us](https://tango.us?utm_source=x)\n"
    );
    sandbox.write("guide/tango.md", tango);
    let ran = sandbox.run(&["import", "guide", "-o", "out"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    let markdown = sandbox.read("out/index.md");
    let step = "## Open the console\n\n1. Click on NEW PROJECT.\n\n   ![Step 1 screenshot](shots/click-on-new-project.png)\n   <!--\n   \
                @url \"https://c.example/welcome\"\n   @click 506,325 188x63\n   -->\n";
    assert!(markdown.contains(step), "{markdown}");
    assert!(
        !markdown.contains("Tango.us") && ran.stderr.contains("left out the line"),
        "{markdown}\n{}",
        ran.stderr
    );
}

#[test]
fn nothing_outside_the_folder_of_a_guide_is_read() {
    let sandbox = Sandbox::new();
    sandbox.write("secret.png", png(4, 3, 9)).write("in/shots/a b.png", png(4, 3, 1));
    let guide = "# A\n\n1. One.\n\n   ![](../secret.png)\n\n2. Two.\n\n   ![](<shots/a b.png>)\n\n3. Three.\n\n   ![](/etc/hostname)\n";
    sandbox.write("in/a.md", guide);
    let ran = sandbox.run(&["import", "in/a.md", "-o", "out", "--offline"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    let names: Vec<_> = sandbox.files("out/shots").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a-b.png"], "{}", ran.stderr);
    assert!(
        ran.stderr.contains("`../secret.png`: it lies outside the folder of the guide"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_server_that_says_nothing_is_asked_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/a.png", listener.local_addr().unwrap());
    let web = Web::new(Duration::from_millis(300));
    assert_eq!(web.fetch(&address).unwrap_err(), "its server does not answer");
    let _first = listener.accept().unwrap();
    assert_eq!(web.fetch(&address).unwrap_err(), "its server does not answer");
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "it was asked again");
}

#[test]
fn a_fetch_goes_only_where_it_may() {
    let web = Web::new(Duration::from_secs(5));
    for address in
        ["file:///etc/hostname", "ftp://127.0.0.1/a", "data:image/png,a", "not an address", "http://"]
    {
        assert!(web.fetch(address).is_err(), "{address}");
    }
}

/// A project of one guide with pictures of different shades, imported offline into `out`.
fn imported(sandbox: &Sandbox, guide: &str) -> (String, String) {
    for (at, name) in ["1.png", "2.png", "icon.png", "a b.png", "4.png"].iter().enumerate() {
        let shade = 90 + 10 * u8::try_from(at).unwrap();
        sandbox.write(&format!("in/img/{name}"), png(40, 30, shade));
    }
    sandbox.write("in/guide.md", guide);
    let ran = sandbox.run(&["import", "in/guide.md", "-o", "out", "--offline"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    (sandbox.read("out/index.md"), ran.stderr)
}

#[test]
fn code_below_a_heading_stays_code_with_the_pictures_that_it_speaks_of() {
    let guide = "# G\n\n## Step 1: One\n\nRun:\n\n    guidemark build\n\n![a](img/1.png)\n\n    and this\n\n## Step 2: Two\n\n\
                 === \"Web\"\n\n    Click.\n\n    ![b](img/2.png)\n\n```sh\nls\n```\n";
    let sandbox = Sandbox::new();
    let (markdown, said) = imported(&sandbox, guide);
    let steps = "1. One\n\n   Run:\n\n       guidemark build\n\n   ![a](shots/1.png)\n\n       and this\n\n2. Two\n\n   === \"Web\"\n\n\
                        \x20      Click.\n\n       ![b](img/2.png)\n\n   ```sh\n   ls\n   ```\n";
    assert!(markdown.ends_with(steps), "{markdown}");
    assert!(said.contains("with 2 steps and 1 screenshot;"), "{said}");
    assert!(said.contains("note: in/guide.md:19: `![b](img/2.png)` is code"), "{said}");
}

#[test]
fn what_the_front_matter_says_is_kept_and_the_rest_is_named() {
    let guide = "---\nid: sign-in\ntitle: How to sign in\nsidebar_position: 3\ndescription: \"Signing in: all of it\"\ntags: [a, \"2024\"]\n\
                 author: Ann\ndate: 2026-11-20T10:00\nlang: de\ncover: img/icon.png\nsteps: lists\ncta: { label: More, url: \"https://a.example/\" }\n---\n\
                 # Another heading\n\n1. One.\n\n   ![a](img/1.png)\n";
    let sandbox = Sandbox::new();
    let (markdown, said) = imported(&sandbox, guide);
    let front = "---\ntitle: How to sign in\nslug: sign-in\ndescription: \"Signing in: all of it\"\ntags: [a, \"2024\"]\nauthors: [Ann]\n\
                 created: 2026-11-20\nlang: de\ncover: shots/icon.png\ncta:\n  label: More\n  url: https://a.example/\n---\n\n## Another heading\n";
    assert!(markdown.starts_with(front), "{markdown}");
    assert!(
        said.contains("note: left out of the front matter what guides do not have: `sidebar_position`\n"),
        "{said}"
    );
    let broken = Sandbox::new();
    let (markdown, said) = imported(&broken, "---\ntitle: How to: fail\n---\n\n1. One.\n");
    assert!(markdown.starts_with("---\ntitle: guide\n---\n"), "{markdown}");
    assert!(said.starts_with("note: in/guide.md:2: left out the front matter: "), "{said}");
}

#[test]
fn captions_links_and_references_are_kept() {
    let guide = "# G\n\n1. One, see [more][m].\n\n   ![a](img/1.png)\n   *A \\*caption\\**\n   <!-- @click 10,10 4x4 -->\n\n2. Two.\n\n   \
                 [![b](img/2.png \"Its title\")](https://b.example/x)\n\n<!-- @allow missing-description -->\n\n[m]: https://m.example/\n";
    let sandbox = Sandbox::new();
    let (markdown, _) = imported(&sandbox, guide);
    assert!(
        markdown.contains("   ![a](shots/1.png)\n   *A \\*caption\\**\n   <!-- @click 10,10 4x4 -->\n"),
        "{markdown}"
    );
    assert!(markdown.contains("   [![b](shots/2.png)](https://b.example/x)\n   *Its title*\n"), "{markdown}");
    assert!(markdown.ends_with("\n[m]: https://m.example/\n"), "{markdown}");
    assert!(markdown.contains("<!-- @allow missing-description -->"), "{markdown}");
}

#[test]
fn every_picture_is_copied_or_named_with_its_place() {
    let guide = "# G\n\nAn ![icon](img/icon.png) here.\n\n1. Click ![the cog](img/icon.png).\n\n   ![a](img/1.PNG)\n\n   | Field | Picture |\n   | --- | --- |\n   \
                 | A | ![terms](<img/a b.png>) |\n\n2. Two <img src=\"img/2.png\" width=16> words.\n\n   ![Saved](img/missing.png)\n\n   ![c](img/a%20b.png)\n\n\
                 The ![end](./gone.png).\n";
    let sandbox = Sandbox::new();
    let (markdown, said) = imported(&sandbox, guide);
    for part in [
        "An ![icon](shots/icon.png) here.",
        "1. Click ![the cog](shots/icon.png).\n\n   ![a](shots/1.png)\n",
        "| A | ![terms](<shots/a-b.png>) |",
        "Two <img src=\"shots/2.png\" width=16> words.\n\n   [Saved](img/missing.png)\n",
        "   ![c](shots/a-b.png)\n",
        "The [end](./gone.png).",
    ] {
        assert!(markdown.contains(part), "{part}\n{markdown}");
    }
    let named =
        |place: &str| said.lines().any(|line| line.starts_with(&format!("note: in/guide.md:{place}: ")));
    assert!(named("15: left a link to the picture `img/missing.png`"), "{said}");
    assert_eq!(said.matches("note: ").count(), 2, "{said}");
    assert!(named("19: left a link to the picture `./gone.png`"), "{said}");
    assert_eq!(sandbox.files("out/shots").len(), 4);
}

#[test]
fn a_step_whose_list_holds_pictures_is_as_it_was() {
    let guide = "# G\n\n1. Fill in:\n   - the name\n\n     ![name](img/1.png)\n   - the **terms**\n\n   > Mind this:\n   >\n   > ![b](img/2.png)\n   >\n   > and that.\n";
    let sandbox = Sandbox::new();
    let (markdown, _) = imported(&sandbox, guide);
    let step = "1. Fill in:\n   - the name\n\n     ![name](shots/1.png)\n   - the **terms**\n\n   > Mind this:\n   >\n   > ![b](shots/2.png)\n   >\n   > and that.\n";
    assert!(markdown.ends_with(step), "{markdown}");
}

#[test]
fn numbered_lists_that_are_no_steps_stay_text() {
    let guide = "# G\n\nBefore:\n\n1. Have a key.\n2. Have a lock.\n\n## Step 1: One\n\n![a](img/1.png)\n\n## Step 2: Two\n\n![b](img/2.png)\n";
    let sandbox = Sandbox::new();
    let (markdown, said) = imported(&sandbox, guide);
    assert!(
        markdown.contains("<!-- @text -->\n\n1. Have a key.\n2. Have a lock.\n\n<!-- @steps -->\n"),
        "{markdown}"
    );
    assert!(said.contains("with 2 steps and 2 screenshots;"), "{said}");
}

#[test]
fn the_folder_that_is_imported_is_never_its_own_target() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.png", png(4, 3, 9));
    for made in ["in-guide", "in-guide-2"] {
        let ran = sandbox.run(&["import", "in"]);
        assert!(ran.stderr.starts_with(&format!("made `{made}/index.md` ")), "{}", ran.stderr);
    }
    assert_eq!(sandbox.files("in").len(), 1);
}

#[test]
fn a_path_at_which_nothing_lies_is_said_to_be_none() {
    let ran = Sandbox::new().run(&["import", "nowhere"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.starts_with("error: there is no `nowhere`\nhelp: "), "{}", ran.stderr);
    let sandbox = Sandbox::new();
    sandbox.write("a.mdx", "1. One.\n");
    let ran = sandbox.run(&["import", "a.mdx"]);
    assert!(
        ran.stderr.starts_with("error: `a.mdx` is MDX") && ran.stderr.contains("`a.md`"),
        "{}",
        ran.stderr
    );
}

#[test]
fn pictures_are_found_where_a_build_of_the_project_finds_them() {
    let sandbox = Sandbox::new();
    sandbox.write("guidemark.toml", "static = [\"static\"]\n").write("static/img/a.png", png(4, 3, 9));
    sandbox.write("assets/b.png", png(4, 3, 5));
    sandbox
        .write("docs/g.md", "# G\n\n1. One.\n\n   ![a](/img/a.png)\n\n2. Two.\n\n   ![b](../assets/b.png)\n");
    let ran = sandbox.run(&["import", "docs/g.md", "-o", "out", "--offline"]);
    assert_eq!(sandbox.files("out/shots").len(), 2, "{}", ran.stderr);
}

#[test]
fn what_hides_something_is_never_lost_and_comments_are_named() {
    let guide = "# G\n\n<!-- for Ann -->\n\n1. One, [as shown](img/2.png).\n\n   ![a](img/1.png)\n   <!-- @click 10,10 4 -->\n";
    let sandbox = Sandbox::new();
    let (markdown, said) = imported(&sandbox, guide);
    assert!(said.contains("note: in/guide.md:3: left out the comment `for Ann`\n"), "{said}");
    assert!(said.contains("note: in/guide.md:8: not read: "), "{said}");
    assert!(markdown.contains("[as shown](shots/2.png)"), "{markdown}");
    sandbox.write("in/guide.md", guide.replace("@click 10,10 4", "@redact 10 10 4x4"));
    let ran = sandbox.run(&["import", "in/guide.md", "-o", "hidden", "--offline"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
    assert!(
        ran.stderr.starts_with("error: in/guide.md:8: ") && ran.stderr.contains("\nhelp: "),
        "{}",
        ran.stderr
    );
    assert!(!sandbox.path("hidden").exists());
}
