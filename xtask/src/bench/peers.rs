//! Other generators of Rust clients, pinned, from the cargo registry.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::measure::{self, Cost};

/// Another generator.
pub(super) struct Peer {
    /// Its package.
    pub(super) name: &'static str,
    version: &'static str,
    program: &'static str,
    /// The arguments, with `{in}` for the document, `{crate}` for a crate's directory and `{src}` for its sources.
    args: &'static [&'static str],
}

/// Every other generator that is measured.
pub(super) const PEERS: &[Peer] = &[
    Peer {
        name: "cargo-progenitor",
        version: "0.15.1",
        program: "cargo-progenitor",
        args: &["progenitor", "--input", "{in}", "--output", "{crate}", "--name", "peer", "--version", "0.1.0"],
    },
    Peer {
        name: "openapi-to-rust",
        version: "0.23.0",
        program: "openapi-to-rust",
        args: &["generate", "{in}", "--output-dir", "{src}"],
    },
    Peer {
        name: "oas3-gen",
        version: "0.29.0",
        program: "oas3-gen",
        args: &["generate", "client-mod", "--workspace", "--input", "{in}", "--output", "{crate}"],
    },
    Peer { name: "ploidy", version: "0.15.0", program: "ploidy", args: &["codegen", "{in}", "{crate}", "rust"] },
];

/// Installs those that are missing; says which could not be.
pub(super) fn install(out: &Path) -> Result<()> {
    for peer in PEERS {
        let place = out.join("peers");
        let status = Command::new(env!("CARGO"))
            .args(["install", "--locked", "--root"])
            .arg(&place)
            .arg(format!("{}@{}", peer.name, peer.version))
            .env("CARGO_TARGET_DIR", place.join("build"))
            .status()?;
        if !status.success() {
            println!("{} {} could not be installed", peer.name, peer.version);
        }
    }
    Ok(())
}

impl Peer {
    /// Name and version.
    pub(super) fn label(&self) -> String {
        format!("{} {}", self.name, self.version)
    }

    /// Whether it is installed.
    pub(super) fn is_here(&self, out: &Path) -> bool {
        self.path(out).is_file()
    }

    fn path(&self, out: &Path) -> PathBuf {
        out.join("peers/bin").join(self.program)
    }

    /// Where its crate for a document goes.
    pub(super) fn place(&self, out: &Path, document: &str) -> PathBuf {
        out.join("crates").join(format!("{document}-{}", self.name))
    }

    /// Generates; nothing when it refuses the document. Also the lines of Rust.
    pub(super) fn generate(
        &self,
        out: &Path,
        input: &Path,
        document: &str,
        runs: usize,
    ) -> Result<Option<(Cost, usize)>> {
        let place = self.place(out, document);
        let cost = measure::cheapest(runs, || {
            super::set_aside(out, &place)?;
            std::fs::create_dir_all(&place)?;
            let text = |path: &Path| path.to_string_lossy().into_owned();
            let (input, sources) = (text(input), text(&place.join("src")));
            let fill =
                |arg: &&str| arg.replace("{in}", &input).replace("{crate}", &text(&place)).replace("{src}", &sources);
            let args: Vec<String> = self.args.iter().map(fill).collect();
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            measure::command(&self.path(out), &args, &place, &[])
        })?;
        Ok(cost.map(|cost| (cost, measure::lines(&place))).filter(|(_, lines)| *lines > 0))
    }
}
