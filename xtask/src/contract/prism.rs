//! Prism, the mock server: installed from npm at a fixed version, started for one document on a free port of the loopback.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::npm;

/// The newest version that runs on Node.js 18 and later; the ones after it ask for 24.
const VERSION: &str = "5.14.2";

/// Large documents take Prism a while.
const START: Duration = Duration::from_secs(90);

/// The program, installed below `place` when it is not there yet.
pub(super) fn install(place: &Path) -> Result<PathBuf> {
    npm::install(place, &[("@stoplight/prism-cli", VERSION)])?;
    Ok(place.join("node_modules/@stoplight/prism-cli/dist/index.js"))
}

/// Where Prism takes its answers from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answers {
    /// The document's examples, and where there are none, plain values of the schema.
    Examples,
    /// The schemas alone: values at random, the same in every run.
    Random,
}

impl Answers {
    pub(super) const ALL: &'static [Self] = &[Self::Examples, Self::Random];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Examples => "examples",
            Self::Random => "random",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Examples => &[],
            Self::Random => &["--dynamic", "--seed", "1"],
        }
    }
}

/// A running server; it ends with this value.
pub(super) struct Server {
    command: Command,
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts Prism for a document and waits until it listens; what it says goes to `log`.
    pub(super) fn start(program: &Path, document: &Path, answers: Answers, log: &Path) -> Result<Self> {
        // The port is free now and is taken a moment later: nothing else on this machine hurries for it.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let output = fs::File::create(log)?;
        let mut command = Command::new("node");
        command
            .arg(program)
            .args(["mock", "--host", "127.0.0.1", "--port", &address.port().to_string(), "--errors"])
            .args(["--verboseLevel", "warn"])
            .args(answers.arguments())
            .arg(document)
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output);
        let child = command.spawn().context("node cannot be started")?;
        let mut server = Self { command, child, address };
        server.wait(log)?;
        Ok(server)
    }

    /// Starts Prism again if a request brought it down.
    pub(super) fn keep(&mut self) -> Result<()> {
        if self.child.try_wait()?.is_some() {
            self.child = self.command.spawn().context("node cannot be started")?;
        }
        Ok(())
    }

    fn wait(&mut self, log: &Path) -> Result<()> {
        let begin = Instant::now();
        while TcpStream::connect_timeout(&self.address, Duration::from_secs(1)).is_err() {
            if self.child.try_wait()?.is_some() || begin.elapsed() > START {
                bail!("Prism does not start: see {}", log.display());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that has ended already needs nothing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
