//! What the page's main thread did, and for how long the processor was at it.

use super::connection::Event;
use serde_json::Value;

/// A task during which the page answered nobody.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Task {
    /// When it began, in milliseconds: since the page was opened, or since the trace began.
    pub start: f64,
    /// How long it took, in milliseconds.
    pub duration: f64,
    /// How long of that the processor worked on it, in milliseconds; the rest it was kept waiting by other
    /// programs. `None` where that is not known.
    pub worked: Option<f64>,
}

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
    pub(super) fn tasks(&self) -> Vec<Task> {
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
