//! What a stage makes of a description, as text: for finding out where something went another way than expected.

use std::fmt::Write as _;

use clap::ValueEnum;

use crate::diagnostic::{Diagnostics, Reported};
use crate::job::Loaded;
use crate::{model, names, normalize, package, resolve};

/// A stage of the generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// The documents as they were read, overlays applied, as YAML
    Document,
    /// The description in one dialect: its skeleton and every schema by its pointer, as YAML
    Normalize,
    /// References, parameters, servers and security settled
    Resolve,
    /// Operations and types of the client
    Ir,
    /// The identifiers
    Names,
}

/// Runs the generator up to a stage and prints what comes out of it.
///
/// # Errors
///
/// When a stage before it cannot go on; the diagnostics say why.
pub fn inspect(stage: Stage, loaded: Loaded, diagnostics: &mut Diagnostics) -> Result<String, Reported> {
    if stage == Stage::Document {
        return Ok(loaded.documents.roots.iter().map(|document| yaml(&document.tree)).collect());
    }
    let normalized = normalize::normalize(loaded.documents, diagnostics)?;
    if stage == Stage::Normalize {
        let mut text = yaml(&normalized.skeleton);
        for (pointer, schema) in &normalized.schemas {
            let _ = write!(text, "---\n# {pointer}\n{}", yaml(schema));
        }
        return Ok(text);
    }
    let resolved = resolve::resolve(model::read(normalized, diagnostics)?, diagnostics);
    if stage == Stage::Resolve {
        return Ok(format!("{resolved:#?}\n"));
    }
    let api = crate::describe(&resolved, &loaded.config, &loaded.lock, diagnostics);
    if stage == Stage::Ir {
        return Ok(format!("{api:#?}\n"));
    }
    let settings = package::settings(&api, &loaded.config, "", diagnostics);
    let (names, _) = names::keep(&api, &package::names_config(&settings), &loaded.lock, diagnostics);
    Ok(format!("{names:#?}\n"))
}

fn yaml(node: &crate::document::Node) -> String {
    serde_yaml::to_string(node).unwrap_or_else(|error| format!("# cannot be written as YAML: {error}\n"))
}
