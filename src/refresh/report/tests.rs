use super::*;
use crate::refresh::run::StepRun;
use crate::refresh::verdict::Reason;

fn step(number: usize, verdict: Verdict, why: &str) -> StepRun {
    let reasons = vec![Reason::new(verdict, why)];
    StepRun { number, line: number * 10, title: format!("Step <{number}>"), reasons, ..StepRun::default() }
}

fn outcome(steps: Vec<StepRun>) -> Outcome {
    let run = Run { steps, ..Run::default() };
    let guide =
        GuideReport { file: "guides/a.md".to_owned(), title: "A".to_owned(), run, ..GuideReport::default() };
    Outcome { guides: vec![guide], command: "guidemark refresh guides/a.md".to_owned(), is_check: true }
}

#[test]
fn people_get_the_place_of_what_is_not_the_same() {
    let mut stale = step(2, Verdict::Stale, "it differs");
    stale.help = Some("look".to_owned());
    let outcome = outcome(vec![step(1, Verdict::Same, "it is"), stale]);
    assert_eq!(
        human(&outcome, false, false),
        "guides/a.md:20: stale: step 2, Step <2>: it differs\n  help: look\n"
    );
    assert!(human(&outcome, true, false).starts_with("guides/a.md:10: same: step 1, Step <1>\n"));
    assert_eq!(counts(&outcome), "1 same, 1 stale");
    assert_eq!(outcome.status(false), 1);
}

#[test]
fn what_could_not_run_is_never_stale() {
    let mut outcome = outcome(vec![step(1, Verdict::CouldNotRun, "down")]);
    outcome.guides[0].run.failure = Some(("down".to_owned(), "start it".to_owned()));
    assert_eq!(outcome.status(false), 2);
    assert_eq!(human(&outcome, false, false), "guides/a.md: could not run: down\n  help: start it\n");
    assert_eq!(github(&outcome, false), "::error file=guides/a.md,title=could not run::down%0Astart it\n");
}

#[test]
fn nothing_of_a_guide_breaks_out_of_a_form() {
    let evil = "x\"/><b a='%0A::error::|`@all ]]>\u{1}\n::set-env";
    let mut bad = step(1, Verdict::Stale, evil);
    bad.title = evil.to_owned();
    let outcome = outcome(vec![bad]);
    let xml = junit(&outcome, false);
    assert!(!xml.contains("<b") && !xml.contains('\u{1}'), "{xml}");
    assert!(xml.contains("failures=\"1\""), "{xml}");
    assert_eq!(github(&outcome, false).lines().count(), 1);
    let summary = summary(&outcome);
    assert!(!summary.contains("<b") && !summary.contains("@all") && summary.contains("\\|"), "{summary}");
    for line in json(&outcome).lines() {
        let read: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!((read["verdict"].as_str(), read["line"].as_u64()), (Some("stale"), Some(10)));
    }
}

#[test]
fn what_changed_fails_only_if_that_is_asked_for() {
    let outcome = outcome(vec![step(1, Verdict::Changed, "a bit")]);
    assert!(
        github(&outcome, false).starts_with("::warning ") && github(&outcome, true).starts_with("::error ")
    );
    assert!(
        junit(&outcome, false).contains("failures=\"0\"") && junit(&outcome, true).contains("failures=\"1\"")
    );
    assert_eq!((outcome.status(false), outcome.status(true)), (0, 1));
}

#[test]
fn the_page_makes_no_request_and_nothing_of_a_guide_is_more_than_text() {
    let mut bad = step(1, Verdict::Stale, "<script>alert(1)</script>");
    bad.title = "<img src=x onerror=alert(1)>\" '".to_owned();
    bad.help = Some("</main>".to_owned());
    let mut outcome = outcome(vec![bad]);
    outcome.guides[0].left.push((3, "<b>".to_owned()));
    outcome.guides[0].patch = Some("--- <a>\n".to_owned());
    let page = html(&outcome);
    for part in ["<script>alert", "<img src=x", "<b>", "<a>", "http://", "https://", "style=\"", "onclick"] {
        assert!(!page.contains(part), "{part} is in\n{page}");
    }
    assert_eq!(page.matches("</main>").count(), 1);
    assert!(page.contains("default-src 'none'") && !page.contains("unsafe-inline"), "{page}");
}

#[test]
fn the_page_says_which_of_several_guides_is_worst_and_does_not_list_what_is_the_same() {
    let mut outcome = outcome(vec![step(1, Verdict::Same, ""), step(2, Verdict::Same, "")]);
    let mut other = outcome.guides[0].clone();
    assert!(!html(&outcome).contains("class=\"guides\""), "one guide needs no list");
    other.title = "B".to_owned();
    other.run.steps =
        vec![step(1, Verdict::Same, ""), step(2, Verdict::Broken, "`link \"<a>\"` is not there")];
    outcome.guides.push(other);
    let page = html(&outcome);
    let line = page.lines().find(|line| line.contains("href=\"#guide-1\"")).unwrap();
    assert!(
        line.contains(">B</a>") && line.contains("broken</span>") && line.contains("1 same, 1 broken"),
        "{line}"
    );
    assert!(page.contains("2 steps, all the same.") && page.contains("id=\"guide-1\""), "{page}");
    assert_eq!(page.matches("Step &lt;1&gt;").count(), 1, "{page}");
    assert!(
        page.contains("<code>link &quot;&lt;a&gt;&quot;</code> is not there")
            || page.contains("<code>link \"&lt;a&gt;\"</code> is not there"),
        "{page}"
    );
}
