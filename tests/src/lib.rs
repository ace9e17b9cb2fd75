//! What the tests share: a server on a real socket, the fixtures, and clients of the server.
// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

pub mod documents;
pub mod faults;
pub mod load;
pub mod pipeline;
pub mod server;
pub mod transcript;

use std::path::{Path, PathBuf};

use close_client::{ApiKey, Client, ClientBuilder};
use oasmith::diagnostic::Code;
use oasmith::job::{Job, Session};
use oasmith::report::{self, Color, Grouping};
use oasmith::write::Files;
use server::Server;

/// The key of the test vector of the API: it is sent as [`AUTHORIZATION`].
pub const KEY: &str = "yourapikey";

/// How [`KEY`] is sent.
pub const AUTHORIZATION: &str = "Basic eW91cmFwaWtleTo=";

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// The text of a file below `tests/fixtures/close`.
pub fn fixture(name: &str) -> String {
    let path = root().join("tests/fixtures/close").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A builder of clients of a server, with [`KEY`].
pub fn builder(server: &Server) -> ClientBuilder {
    Client::builder().base_url(format!("{}/api/v1", server.url)).api_key_auth(ApiKey::new(KEY))
}

/// A client of a server, with [`KEY`].
pub fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}

/// Runs a future on a runtime of its own.
pub fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// A crate made in memory, with what was said about the description.
#[derive(Debug)]
pub struct Made {
    /// The files of the crate; `None` when none was made.
    pub files: Option<Files>,
    /// The diagnostics as text.
    pub report: String,
    /// The codes of the diagnostics.
    pub codes: Vec<Code>,
}

/// Makes a crate in memory.
pub fn make(job: Job) -> Made {
    let run = move || {
        let mut session = Session::default();
        let output = job.load(&mut session).and_then(|loaded| job.generate(loaded, &mut session));
        Made {
            files: output.ok().map(|output| output.files),
            report: report::text(&session.diagnostics, &session.files, Color::Never, Grouping::Causes),
            codes: session.diagnostics.iter().map(|diagnostic| diagnostic.code).collect(),
        }
    };
    // The deepest descriptions need more stack than a thread of a test has.
    std::thread::Builder::new().stack_size(oasmith::STACK_SIZE).spawn(run).unwrap().join().unwrap()
}
