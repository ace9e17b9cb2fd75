//! Commands: each reads its arguments, calls the library and prints what it answers.
//!
//! Exit status: 0 fine, 1 the output is stale (`--check`), 2 the command line is wrong or the disk failed,
//! 3 the document has errors, 4 a bug in oasmith, 5 a change breaks users (`diff --deny breaking`).
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "printing is what a command line is for")]

mod diff;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use oasmith::diagnostic::Code;
use oasmith::job::{Job, Session};
use oasmith::report::{self, Color};
use oasmith::{explain, inspect, write};

const FINE: u8 = 0;
const STALE: u8 = 1;
const USAGE: u8 = 2;
const DOCUMENT: u8 = 3;
const BUG: u8 = 4;
const BREAKS: u8 = 5;

/// Reads an OpenAPI description and writes a Rust client crate.
#[derive(Debug, Parser)]
#[command(name = "oasmith", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the client crate for a description
    Generate(GenerateArgs),
    /// Say what is wrong with a description, and what of it is used
    Check(CheckArgs),
    /// Print what a stage of the generator makes of a description
    Inspect(InspectArgs),
    /// Say what changed between two documents, crates or revisions, and what it means for users of the Rust API
    Diff(diff::Args),
    /// Explain a diagnostic by its code
    Explain {
        /// The code, such as `unknown-reference`; all of them when it is not given
        code: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
struct GenerateArgs {
    /// The description: JSON or YAML, Swagger 2.0 or OpenAPI 3.0 to 3.2
    spec: PathBuf,
    /// The directory of the crate; hand-written files in it are left alone
    #[arg(long)]
    out: Option<PathBuf>,
    /// The configuration; by default `oasmith.toml` beside the description
    #[arg(long)]
    config: Option<PathBuf>,
    /// Change nothing; exit with status 1 if the crate is not what would be written
    #[arg(long)]
    check: bool,
    /// What else forbids generating
    #[arg(long)]
    deny: Option<Deny>,
    /// How diagnostics are printed
    #[arg(long, default_value = "text")]
    format: Format,
    /// Overwrite files that were edited by hand
    #[arg(long)]
    force: bool,
}

#[derive(Debug, clap::Args)]
struct CheckArgs {
    /// The description
    spec: PathBuf,
    /// The configuration; by default `oasmith.toml` beside the description
    #[arg(long)]
    config: Option<PathBuf>,
    /// List every keyword of the description with what becomes of it
    #[arg(long)]
    coverage: bool,
    /// What else is a failure
    #[arg(long)]
    deny: Option<Deny>,
    /// How diagnostics and the list of keywords are printed
    #[arg(long, default_value = "text")]
    format: Format,
}

#[derive(Debug, clap::Args)]
struct InspectArgs {
    /// The description
    spec: PathBuf,
    /// The configuration; by default `oasmith.toml` beside the description
    #[arg(long)]
    config: Option<PathBuf>,
    /// The stage whose result is printed
    #[arg(long)]
    stage: inspect::Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    Warnings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { USAGE } else { FINE });
        }
    };
    // The deepest documents that are accepted need more stack than a main thread is sure to have.
    let worker = std::thread::Builder::new().stack_size(oasmith::STACK_SIZE).spawn(move || dispatch(cli.command));
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(status)) => ExitCode::from(status),
        Ok(Err(_)) => bug(),
        Err(error) => {
            eprintln!("error: no thread could be started: {error}");
            ExitCode::from(USAGE)
        }
    }
}

fn bug() -> ExitCode {
    eprintln!(
        "error: this is a bug in oasmith, not in the description; please report it with the description that shows it"
    );
    ExitCode::from(BUG)
}

/// Whose fault it is that nothing was made.
fn failure(session: &Session) -> u8 {
    if session.diagnostics.count(Code::Internal) > 0 { BUG } else { DOCUMENT }
}

fn dispatch(command: Command) -> u8 {
    match command {
        Command::Generate(args) => generate(&args),
        Command::Check(args) => check(&args),
        Command::Inspect(args) => inspect(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Explain { code } => explain_code(code.as_deref()),
    }
}

fn generate(args: &GenerateArgs) -> u8 {
    let job = Job {
        spec: Some(args.spec.clone()),
        config: args.config.clone(),
        out: args.out.clone(),
        deny_warnings: args.deny.is_some(),
    };
    let mut session = Session::default();
    let made = job.load(&mut session).and_then(|loaded| {
        let out = loaded.out.clone();
        job.generate(loaded, &mut session).map(|output| (out, output))
    });
    print(&session, args.format);
    let Ok((out, output)) = made else { return failure(&session) };
    let Some(out) = out else {
        eprintln!("error: say where the crate goes with `--out DIR`, or with `output` in `oasmith.toml`");
        return USAGE;
    };
    match settle(&out, &output.files, args) {
        Ok(status) => status,
        Err(error) => {
            eprintln!("error: {error}");
            USAGE
        }
    }
}

/// Writes the files, or says what is stale.
fn settle(out: &Path, files: &write::Files, args: &GenerateArgs) -> std::io::Result<u8> {
    let plan = write::plan(out, files)?;
    if !plan.conflicts.is_empty() && !args.force {
        for path in &plan.conflicts {
            eprintln!("error: `{}` was written or edited by hand and is kept", out.join(path).display());
        }
        eprintln!("help: move the change elsewhere, or overwrite it with `--force`");
        return Ok(USAGE);
    }
    if args.format == Format::Text {
        print!("{plan}");
    }
    if args.check {
        return Ok(if plan.changes.is_empty() { FINE } else { STALE });
    }
    write::apply(out, files, &plan)?;
    Ok(FINE)
}

fn check(args: &CheckArgs) -> u8 {
    let job = Job {
        spec: Some(args.spec.clone()),
        config: args.config.clone(),
        out: None,
        deny_warnings: args.deny.is_some(),
    };
    let mut session = Session::default();
    let mut coverage = None;
    let made = job.load(&mut session).and_then(|loaded| {
        if args.coverage {
            coverage = Some(match args.format {
                Format::Text => oasmith::coverage::table(&loaded.documents, &session.files),
                Format::Json => oasmith::coverage::json(&loaded.documents, &session.files).to_string(),
            });
        }
        job.generate(loaded, &mut session)
    });
    match (args.format, coverage) {
        (Format::Json, Some(coverage)) => {
            let diagnostics = report::json(&session.diagnostics, &session.files);
            println!("{{\"diagnostics\": {diagnostics}, \"coverage\": {coverage}}}");
        }
        (format, coverage) => {
            print(&session, format);
            print!("{}", coverage.unwrap_or_default());
        }
    }
    if made.is_ok() { FINE } else { failure(&session) }
}

fn inspect(args: &InspectArgs) -> u8 {
    let job = Job { spec: Some(args.spec.clone()), config: args.config.clone(), out: None, deny_warnings: false };
    let mut session = Session::default();
    let text = job.load(&mut session).and_then(|loaded| inspect::inspect(args.stage, loaded, &mut session.diagnostics));
    print(&session, Format::Text);
    match text {
        Ok(text) => {
            print!("{text}");
            FINE
        }
        Err(_) => DOCUMENT,
    }
}

fn explain_code(code: Option<&str>) -> u8 {
    match code {
        None => {
            print!("{}", explain::list());
            FINE
        }
        Some(code) => match explain::explain(code) {
            Ok(text) => {
                print!("{text}");
                FINE
            }
            Err(message) => {
                eprintln!("error: {message}");
                USAGE
            }
        },
    }
}

/// Diagnostics go to standard error as text, to standard output as JSON.
fn print(session: &Session, format: Format) {
    match format {
        Format::Json => println!("{}", report::json(&session.diagnostics, &session.files)),
        Format::Text => {
            let color = if std::io::stderr().is_terminal() { Color::Always } else { Color::Never };
            eprint!("{}", report::text(&session.diagnostics, &session.files, color));
            if let Some(summary) = report::summary(&session.diagnostics) {
                eprintln!("{summary}");
            }
        }
    }
}
