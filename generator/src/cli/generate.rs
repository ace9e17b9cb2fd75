//! `oasmith generate`: the crate of a description, written or compared with what is there.

use std::path::{Path, PathBuf};

use oasmith::job::{Job, Session};
use oasmith::stage::Stage;
use oasmith::write;

use super::description::Description;
use super::output::{Deny, Format, Show, print, say};
use super::status::{FINE, STALE, USAGE, failure};
use super::timings::Clock;
use super::watch;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    description: Description,
    /// The directory of the crate; hand-written files in it are left alone
    #[arg(long)]
    out: Option<PathBuf>,
    /// Change nothing; exit with status 1 if the crate is not what would be written
    #[arg(long)]
    check: bool,
    /// What else forbids generating
    #[arg(long)]
    deny: Option<Deny>,
    #[command(flatten)]
    show: Show,
    /// Say on standard error what each stage costs, as it ends
    #[arg(long)]
    timings: bool,
    /// Overwrite files that were edited by hand
    #[arg(long)]
    force: bool,
    /// Make the crate again whenever something that it is made of is saved, and say what that means
    #[arg(long, conflicts_with = "check")]
    watch: bool,
}

/// Writes the crate, or says why not; with `--watch` until it is stopped.
pub(super) fn run(args: &Args) -> u8 {
    let Some(job) = args.description.job() else { return USAGE };
    let job = Job { out: args.out.clone(), deny_warnings: args.deny.is_some(), ..job };
    if !args.watch {
        return once(args, &job, &mut Vec::new());
    }
    let outcome = watch::watch(|| {
        let mut inputs = vec![args.description.path()];
        once(args, &job, &mut inputs);
        inputs
    });
    match outcome {
        Ok(()) => FINE,
        Err(error) => {
            eprintln!("error: the description cannot be watched: {error}");
            USAGE
        }
    }
}

/// Writes the crate once; adds what was read to `inputs`.
fn once(args: &Args, job: &Job, inputs: &mut Vec<PathBuf>) -> u8 {
    let clock = Clock::new(args.timings, args.show.format);
    let mut session = Session::watched(clock.watch());
    let made = job.load(&mut session).and_then(|loaded| {
        let out = loaded.out.clone();
        job.generate(loaded, &mut session).map(|output| (out, output))
    });
    inputs.extend(session.files.iter().map(|(path, _)| PathBuf::from(path)));
    print(&session, args.show);
    let Ok((out, output)) = made else { return failure(&session) };
    let Some(out) = out else {
        eprintln!("error: say where the crate goes with `--out DIR`, or with `output` in `oasmith.toml`");
        return USAGE;
    };
    session.watch.begins(Stage::Write);
    match settle(&out, &output.files, args) {
        Ok(status) => {
            clock.stop();
            status
        }
        Err(error) => {
            eprintln!("error: {error}");
            USAGE
        }
    }
}

/// Writes the files, or says what is stale.
fn settle(out: &Path, files: &write::Files, args: &Args) -> std::io::Result<u8> {
    if !args.check && write::recover(out)? && args.show.format == Format::Text {
        say("a run before was stopped in the middle of writing; what it left is settled\n");
    }
    let plan = write::plan(out, files)?;
    if !plan.conflicts.is_empty() && !args.force {
        for path in &plan.conflicts {
            eprintln!("error: `{}` was written or edited by hand and is kept", out.join(path).display());
        }
        eprintln!("help: move the change elsewhere, or overwrite it with `--force`");
        return Ok(USAGE);
    }
    match args.show.format {
        Format::Text if args.watch && out.exists() => say(watch::report(out, files)),
        Format::Text => say(&plan),
        Format::Json | Format::Github => {}
    }
    if args.check {
        return Ok(if plan.is_up_to_date() { FINE } else { STALE });
    }
    write::apply(out, files, &plan)?;
    Ok(FINE)
}
