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
         note: left a link to the picture `{address}/gone.png`: its server answers 404\n\
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
