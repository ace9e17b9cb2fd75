//! `--timings`: what each stage costs, a line on standard error as it ends, so that a run that is killed has told how far it came.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use oasmith::source::Source;
use oasmith::stage::{Stage, Watch};

use super::output::Format;

/// Measures the stages of one run, when it is asked to.
pub(super) struct Clock(Option<Rc<RefCell<Running>>>);

struct Running {
    format: Format,
    stage: Option<Stage>,
    began: Instant,
    cpu: Option<Duration>,
}

impl Clock {
    /// A clock that prints when `wanted`.
    pub(super) fn new(wanted: bool, format: Format) -> Self {
        let running = || Running { format, stage: None, began: Instant::now(), cpu: cpu() };
        Self(wanted.then(|| Rc::new(RefCell::new(running()))))
    }

    /// What has to be told of the beginning of each stage.
    pub(super) fn watch(&self) -> Watch {
        match self.0.clone() {
            None => Watch::default(),
            Some(running) => Watch::new(move |stage| running.borrow_mut().turn(Some(stage))),
        }
    }

    /// Ends the last stage.
    pub(super) fn stop(&self) {
        if let Some(running) = &self.0 {
            running.borrow_mut().turn(None);
        }
    }
}

impl Running {
    /// Ends the stage that runs, and begins the next one.
    fn turn(&mut self, next: Option<Stage>) {
        if let Some(stage) = self.stage {
            self.print(stage);
        }
        (self.stage, self.began, self.cpu) = (next, Instant::now(), cpu());
    }

    fn print(&self, stage: Stage) {
        let wall = self.began.elapsed().as_secs_f64();
        let cpu = cpu().zip(self.cpu).map(|(now, before)| now.saturating_sub(before).as_secs_f64());
        let peak = peak();
        match self.format {
            Format::Json => {
                let line = serde_json::json!({ "stage": stage.as_str(), "wall": wall, "cpu": cpu, "peak": peak });
                eprintln!("{line}");
            }
            Format::Text | Format::Github => {
                let cpu = cpu.map(|cpu| format!("{:9.1} ms of CPU", cpu * 1e3)).unwrap_or_default();
                let peak = peak.map(|peak| format!("{:6} MiB at most", peak >> 20)).unwrap_or_default();
                eprintln!("{:10}{:9.1} ms{cpu}{peak}", stage.as_str(), wall * 1e3);
            }
        }
    }
}

/// The CPU time of all threads of this process so far.
#[cfg(unix)]
fn cpu() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?))
}

#[cfg(not(unix))]
fn cpu() -> Option<Duration> {
    None
}

/// The most memory that this process had at any time, in bytes; Linux alone says it in a file.
fn peak() -> Option<u64> {
    let status = Source::read(Path::new("/proc/self/status")).ok()?;
    let text = String::from_utf8(status.bytes).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok().map(|kib: u64| kib << 10)
}
