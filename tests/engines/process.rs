//! A program that ends with its test, with all that it has started.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread;

pub struct Process(Child);

impl Process {
    /// Starts a program in a group of its own.
    pub fn start(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        Self(child.spawn().unwrap_or_else(|error| panic!("{name}: {error}")))
    }

    /// What follows `prefix` in the first line with it on the standard output.
    pub fn output_after(&mut self, prefix: &str) -> String {
        after(self.0.stdout.take().expect("piped"), prefix)
    }

    /// The same on the standard error.
    pub fn error_after(&mut self, prefix: &str) -> String {
        after(self.0.stderr.take().expect("piped"), prefix)
    }
}

fn after(stream: impl Read + Send + 'static, prefix: &str) -> String {
    let mut lines = BufReader::new(stream).lines();
    let found =
        lines.by_ref().map_while(Result::ok).find_map(|line| line.strip_prefix(prefix).map(str::to_owned));
    // Read on: a pipe that is full or closed would stop the program.
    thread::spawn(move || lines.count());
    found.unwrap_or_else(|| panic!("it ended without `{prefix}`"))
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}
