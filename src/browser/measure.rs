//! What a page costs: layout shifts, long tasks, memory.

use super::trace::{Task, Trace};
use super::{BrowserError, Page};
use serde_json::{Value, json};

/// A move of something that was already on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// How much moved how far, 0 to 1.
    pub value: f64,
    /// Whether it came within half a second of a click or key.
    pub after_input: bool,
    /// When, in milliseconds since the page was opened.
    pub start: f64,
    /// What moved.
    pub nodes: Vec<String>,
}

/// What a page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// Bytes of the script heap.
    pub heap: u64,
    /// Event listeners.
    pub listeners: u64,
    /// Nodes, attached or held by a script.
    pub nodes: u64,
}

impl Page {
    /// The layout shifts of the current document.
    ///
    /// # Errors
    /// [`BrowserError`] if the page cannot be asked.
    pub fn layout_shifts(&mut self) -> Result<Vec<Shift>, BrowserError> {
        let shifts = self.observed("shifts")?;
        let read = |shift: &Value| Shift {
            value: shift["value"].as_f64().unwrap_or(0.0),
            after_input: shift["input"].as_bool().unwrap_or(false),
            start: shift["start"].as_f64().unwrap_or(0.0),
            nodes: strings(&shift["nodes"]),
        };
        Ok(shifts.iter().map(read).collect())
    }

    /// The tasks of more than 50 ms of the current document.
    ///
    /// # Errors
    /// [`BrowserError`] if the page cannot be asked.
    pub fn long_tasks(&mut self) -> Result<Vec<Task>, BrowserError> {
        let tasks = self.observed("tasks")?;
        let number = |value: &Value| value.as_f64().unwrap_or(0.0);
        Ok(tasks
            .iter()
            .map(|task| Task {
                start: number(&task["start"]),
                duration: number(&task["duration"]),
                worked: None,
            })
            .collect())
    }

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

    /// What the page holds once all garbage is collected.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn memory(&mut self) -> Result<Memory, BrowserError> {
        // What a finalizer of the first round lets go, the second collects.
        for _ in 0..2 {
            self.command("HeapProfiler.collectGarbage", &json!({}))?;
        }
        let heap = self.command("Runtime.getHeapUsage", &json!({}))?;
        let counters = self.command("Memory.getDOMCounters", &json!({}))?;
        let count = |value: &Value| value.as_f64().map_or(0, |number| number as u64);
        Ok(Memory {
            heap: count(&heap["usedSize"]),
            listeners: count(&counters["jsEventListeners"]),
            nodes: count(&counters["nodes"]),
        })
    }

    /// Entries of an observer. They are handed over in a task of their own, so we wait for one frame.
    fn observed(&mut self, list: &str) -> Result<Vec<Value>, BrowserError> {
        let script = format!(
            "new Promise(done => {{
                const later = () => setTimeout(() => done(globalThis.__watch?.{list} ?? []), 0);
                requestAnimationFrame(() => requestAnimationFrame(later));
            }})"
        );
        let entries = self.evaluate(&script)?;
        Ok(entries.as_array().cloned().unwrap_or_default())
    }
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
