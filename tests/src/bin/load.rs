//! `load [COUNT]`: many calls of one client at once before a server that fails some of them, and what became of them.
// A program for people, and it may fail like a test.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]

use std::process::ExitCode;
use std::time::Duration;

/// Longest time that all calls together may take.
const PATIENCE: Duration = Duration::from_secs(30);

fn main() -> ExitCode {
    let count: usize = std::env::args().nth(1).map_or(1000, |count| count.parse().unwrap());
    // Each call has a connection of its own, and both of its ends are in this process.
    let wanted = 2 * u64::try_from(count).unwrap() + 100;
    let allowed = rlimit::increase_nofile_limit(wanted).unwrap();
    if allowed < wanted {
        eprintln!("error: {count} calls need {wanted} open files, and the system allows {allowed}");
        return ExitCode::from(2);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    match runtime.block_on(async { tokio::time::timeout(PATIENCE, tests::load::run(count)).await }) {
        Ok(report) => {
            print!("{report}");
            if report.lost() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(_) => {
            eprintln!("error: some of {count} calls had not come to an end after {} s", PATIENCE.as_secs());
            ExitCode::FAILURE
        }
    }
}
