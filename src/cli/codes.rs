//! The list of findings in the help of `check`.

use crate::diagnostic::Severity;
use crate::guide::lints::LINTS;

/// What `check` looks for beyond the rules of the language, one line each.
pub fn help() -> String {
    let widest = LINTS.iter().map(|lint| lint.code.len()).max().unwrap_or_default();
    let mut text = "Besides what keeps a guide from being understood, it reports:\n".to_owned();
    for lint in LINTS {
        let error = if lint.severity == Severity::Error { " (error)" } else { "" };
        text.push_str(&format!("  {:widest$}  {}{error}\n", lint.code, lint.summary));
    }
    text.push_str("\nIn a guide, `<!-- @allow CODE -->` quiets a warning: in a step for that step, elsewhere for the guide.");
    text
}
