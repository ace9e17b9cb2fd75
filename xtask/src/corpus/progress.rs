//! How far a run is: a bar with the time left on a terminal, plain lines elsewhere.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

/// A count towards a total.
pub(super) struct Progress(Option<ProgressBar>);

impl Progress {
    /// A bar for `total` things of which something is done.
    pub(super) fn new(done: &str, total: usize) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let bar = ProgressBar::new(total as u64);
        let template = format!("{{bar:40.green}} {{pos}}/{{len}} {done}, {{eta}} left  {{wide_msg:.dim}}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style.progress_chars("━╸─"));
        }
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
        Self(Some(bar))
    }

    /// One more is done; the line says how it went.
    pub(super) fn step(&self, line: &str) {
        match &self.0 {
            Some(bar) => {
                bar.println(line);
                bar.inc(1);
            }
            None => println!("{line}"),
        }
    }

    /// What is being done.
    pub(super) fn now(&self, what: &str) {
        if let Some(bar) = &self.0 {
            bar.set_message(what.to_owned());
        }
    }

    /// Everything is done.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
