//! What the page's main thread did, and for how long the processor was at it.

use super::connection::Event;
use super::{BrowserError, Page, Task};
use serde_json::{Value, json};

/// A trace under way.
#[derive(Debug, Default)]
pub(super) struct Trace {
    tasks: Vec<RawTask>,
    /// Processes and threads that are a page's main thread.
    mains: Vec<(u64, u64)>,
    pub(super) complete: bool,
}

#[derive(Debug)]
struct RawTask {
    thread: (u64, u64),
    /// Microseconds.
    start: f64,
    duration: f64,
    worked: Option<f64>,
}

impl Trace {
    /// Keeps what an event tells.
    pub(super) fn note(&mut self, event: &Event) {
        match event.method.as_str() {
            "Tracing.dataCollected" => {
                event.params["value"].as_array().into_iter().flatten().for_each(|entry| self.take(entry));
            }
            "Tracing.tracingComplete" => self.complete = true,
            _ => {}
        }
    }

    fn take(&mut self, entry: &Value) {
        let thread = (entry["pid"].as_u64().unwrap_or(0), entry["tid"].as_u64().unwrap_or(0));
        match entry["name"].as_str() {
            Some("thread_name") if entry["args"]["name"] == "CrRendererMain" => self.mains.push(thread),
            Some("RunTask") => self.tasks.push(RawTask {
                thread,
                start: entry["ts"].as_f64().unwrap_or(0.0),
                duration: entry["dur"].as_f64().unwrap_or(0.0),
                worked: entry["tdur"].as_f64(),
            }),
            _ => {}
        }
    }

    /// Tasks of pages, in order.
    fn tasks(&self) -> Vec<Task> {
        let begin = self.tasks.iter().map(|task| task.start).fold(f64::INFINITY, f64::min);
        let of_pages = self.tasks.iter().filter(|task| self.mains.contains(&task.thread));
        let mut tasks: Vec<Task> = of_pages
            .map(|task| Task {
                start: (task.start - begin) / 1000.0,
                duration: task.duration / 1000.0,
                worked: task.worked.map(|worked| worked / 1000.0),
            })
            .collect();
        tasks.sort_by(|a, b| a.start.total_cmp(&b.start));
        tasks
    }
}

impl Page {
    /// Begins to note every task of the browser's pages; there can be one trace at a time in a browser.
    ///
    /// # Errors
    /// [`BrowserError::Refused`] if there is one already.
    pub fn start_trace(&mut self) -> Result<(), BrowserError> {
        self.trace = Trace::default();
        let categories = ["disabled-by-default-devtools.timeline", "devtools.timeline", "__metadata"];
        let config = json!({ "includedCategories": categories, "excludedCategories": ["*"] });
        let params = json!({ "transferMode": "ReportEvents", "traceConfig": config });
        self.command("Tracing.start", &params)?;
        Ok(())
    }

    /// Ends the trace; all tasks of all pages of the browser, short ones too.
    ///
    /// # Errors
    /// [`BrowserError::Timeout`] if the browser does not hand it over.
    pub fn end_trace(&mut self) -> Result<Vec<Task>, BrowserError> {
        // The task that answered last is noted once it has ended.
        self.evaluate("new Promise(done => setTimeout(done))")?;
        self.command("Tracing.end", &json!({}))?;
        self.pump_until("the trace", |page| page.trace.complete)?;
        Ok(self.trace.tasks())
    }
}
