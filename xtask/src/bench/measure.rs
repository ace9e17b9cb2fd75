//! Commands with what they cost: CPU time and peak memory, as GNU `time` tells them.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};

/// What one run cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost {
    /// CPU seconds, user and system, of the process and those it waited for.
    pub(super) cpu: f64,
    /// The largest resident size of any of them, in bytes.
    pub(super) peak: u64,
}

/// Runs a command under `time`; nothing when the command fails or takes ten minutes.
pub(super) fn command(program: &Path, args: &[&str], dir: &Path, envs: &[(&str, &str)]) -> Result<Option<Cost>> {
    let log = dir.join("time.txt");
    let mut command = Command::new("/usr/bin/time");
    command.arg("-f").arg("%U %S %M").arg("-o").arg(&log).arg(program).args(args).current_dir(dir);
    command.envs(envs.iter().copied()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().context("GNU time is needed at `/usr/bin/time`")?;
    let begin = std::time::Instant::now();
    let status = loop {
        match child.try_wait()? {
            Some(status) => break status,
            None if begin.elapsed() > Duration::from_secs(600) => {
                child.kill()?;
                child.wait()?;
                return Ok(None);
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let text = std::fs::read_to_string(&log)?;
    std::fs::remove_file(&log)?;
    let last = text.lines().last().unwrap_or_default();
    let numbers: Vec<f64> = last.split(' ').filter_map(|number| number.parse().ok()).collect();
    match numbers.as_slice() {
        [user, system, kib] if status.success() => Ok(Some(Cost { cpu: user + system, peak: number(*kib * 1024.0) })),
        _ => Ok(None),
    }
}

/// The cheapest of several runs; nothing when one fails.
pub(super) fn cheapest(runs: usize, mut run: impl FnMut() -> Result<Option<Cost>>) -> Result<Option<Cost>> {
    let mut best: Option<Cost> = None;
    for _ in 0..runs {
        let Some(cost) = run()? else { return Ok(None) };
        best = Some(best.filter(|best| best.cpu <= cost.cpu).unwrap_or(cost));
    }
    Ok(best)
}

/// The CPU time that a piece of work takes in this process, in seconds: the least of several rounds.
pub(super) fn cpu(rounds: usize, mut work: impl FnMut()) -> f64 {
    let now = || {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
    };
    let mut best = f64::INFINITY;
    for _ in 0..rounds {
        let begin = now();
        work();
        best = best.min((now() - begin).as_secs_f64());
    }
    best
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are whole and positive")]
fn number(value: f64) -> u64 {
    value as u64
}

/// Lines of Rust below a directory; a directory called `runtime` does not count.
pub(super) fn lines(dir: &Path) -> usize {
    let mut count = 0;
    let mut open = vec![dir.to_path_buf()];
    while let Some(dir) = open.pop() {
        for path in std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                if !path.ends_with("runtime") {
                    open.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                count += std::fs::read_to_string(&path).map_or(0, |text| text.lines().count());
            }
        }
    }
    count
}
