//! Which description a command is about.

use std::path::{Path, PathBuf};

use oasmith::job::Job;

/// The description and its configuration.
#[derive(Debug, clap::Args)]
pub(super) struct Description {
    /// The description: JSON or YAML, Swagger 2.0 or OpenAPI 3.0 to 3.2; by default the one that `oasmith.toml` names
    spec: Option<PathBuf>,
    /// The configuration; by default `oasmith.toml` beside the description, or here when no description is given
    #[arg(long)]
    config: Option<PathBuf>,
}

impl Description {
    /// The job for it; `None` when nothing was named, which has been said then.
    pub(super) fn job(&self) -> Option<Job> {
        let config = self.config();
        if self.spec.is_none() && config.is_none() {
            eprintln!("error: there is no `oasmith.toml` here that would name a description");
            eprintln!("help: give the description as an argument; `oasmith init SPEC` writes a first configuration");
            return None;
        }
        Some(Job { spec: self.spec.clone(), config, ..Job::default() })
    }

    /// The file that is read first.
    pub(super) fn path(&self) -> PathBuf {
        self.spec.clone().or_else(|| self.config()).unwrap_or_default()
    }

    fn config(&self) -> Option<PathBuf> {
        let here = || (self.spec.is_none() && Path::new("oasmith.toml").is_file()).then(|| "oasmith.toml".into());
        self.config.clone().or_else(here)
    }
}
