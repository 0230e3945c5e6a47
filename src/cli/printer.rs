//! The one voice of the program: data to standard output, what is said to people to standard error.

use super::args::{Global, When};
use super::work;
use crate::diagnostic::Failure;
use crate::source::in_words;
use std::cell::RefCell;
use std::io::{ErrorKind, IsTerminal, Write};

/// Prints, as quietly and as coloured as was asked for.
#[derive(Debug)]
pub struct Printer {
    quiet: bool,
    verbose: bool,
    color: When,
    no_color: bool,
    broken: RefCell<Option<Failure>>,
}

impl Printer {
    /// A printer for these flags and this environment.
    pub fn new(global: &Global) -> Self {
        let set = |name| work::variable(name).is_some();
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            quiet: global.quiet,
            verbose: global.verbose,
            color: global.color,
            no_color: set("NO_COLOR") || dumb,
            broken: RefCell::new(None),
        }
    }

    /// Data: what was asked for. A reader that has gone away (`| head`) is no error.
    pub fn data(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush())
            && error.kind() != ErrorKind::BrokenPipe
        {
            let message = format!("cannot write to standard output: {}", in_words(&error));
            self.broken.borrow_mut().get_or_insert(Failure::new(message));
        }
    }

    /// Said to people, unless they want quiet.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            self.always(text);
        }
    }

    /// Said to people who want to know more.
    pub fn detail(&self, text: &str) {
        if self.verbose {
            self.always(text);
        }
    }

    /// Said to people in any case: what they must not miss.
    pub fn always(&self, text: &str) {
        let end = if text.ends_with('\n') { "" } else { "\n" };
        // Nobody is left to be told that nobody listens.
        let _ = write!(std::io::stderr().lock(), "{text}{end}");
    }

    /// A failure outside the guides.
    pub fn failure(&self, failure: &Failure) {
        let (red, bold, off) =
            if self.colored_err() { ("\x1b[1;31m", "\x1b[1m", "\x1b[0m") } else { ("", "", "") };
        self.always(&format!("{red}error{off}{bold}: {}{off}", failure.message));
        if let Some(help) = &failure.help {
            self.always(&format!("{bold}help{off}: {help}"));
        }
    }

    /// What went wrong with standard output, if something did.
    pub fn broken(&self) -> Option<Failure> {
        self.broken.borrow().clone()
    }

    /// Whether only errors are to be said.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether more is to be said.
    pub fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Whether standard output gets colours.
    pub fn colored_out(&self) -> bool {
        self.colored(std::io::stdout().is_terminal())
    }

    /// Whether standard error gets colours.
    pub fn colored_err(&self) -> bool {
        self.colored(std::io::stderr().is_terminal())
    }

    /// Whether the user watches standard error as it is written.
    pub fn is_watched(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    fn colored(&self, terminal: bool) -> bool {
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !self.no_color,
        }
    }
}
