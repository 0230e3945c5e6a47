//! An `@allow` that quiets nothing.

use super::allow::in_project_file;
use super::{Check, Findings, Lint, ProjectFacts, codes};
use crate::diagnostic::Severity;
use crate::project::{Code, near};
use crate::source::{ProjectPath, Span};

pub(super) static LINT: Lint = Lint {
    code: "unknown-allow",
    severity: Severity::Warning,
    summary: "`@allow` names no warning",
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, found: &mut Findings<'_>) {
    let codes = codes();
    if let Some(source) = &facts.project.source {
        for code in in_project_file(source) {
            tell(&codes, code.value, source.path(), code.span, found);
        }
    }
    for (guide, resolved, _) in facts.guides {
        for code in guide.allows.iter().flat_map(|allow| &allow.codes) {
            tell(&codes, &code.value, &resolved.path, code.span, found);
        }
    }
}

fn tell(codes: &[Code], written: &str, path: &ProjectPath, span: Span, found: &mut Findings<'_>) {
    match codes.iter().find(|code| code.name == written) {
        Some(code) if code.severity == Severity::Warning => {}
        Some(_) => {
            let message = format!("`{written}` is an error and can't be allowed");
            found.at(path, span, message, "fix it, and remove this `@allow`");
        }
        None => {
            let warnings = codes.iter().filter(|code| code.severity == Severity::Warning);
            let help = match near::nearest(written, warnings.map(|code| code.name)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "write the code of a warning, as it stands in its brackets".to_owned(),
            };
            found.at(path, span, format!("there is no warning `{written}`"), help);
        }
    }
}
