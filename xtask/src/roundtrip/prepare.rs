//! A document becomes a crate on the disk and a list of checks: which type, which values.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use oasmith::diagnostic::Diagnostics;
use oasmith::document::Documents;
use oasmith::ir::{Api, TypeDef, TypeId, TypeName};
use oasmith::job::{Job, Session};
use oasmith::lock::Lock;
use oasmith::model::{SchemaId, Schemas};
use oasmith::names::{Home, Names};
use oasmith::{config::Config, emit, format, model, names, normalize, package, resolve, write};
use serde_json::Value;

use super::instances::Instances;

/// A type and values of its schema.
#[derive(Debug)]
pub(super) struct Check {
    /// The schema, as a JSON Pointer.
    pub(super) pointer: String,
    /// The type's path within the client crate.
    pub(super) path: String,
    /// The values.
    pub(super) values: Vec<Value>,
    /// Members that may be lost on the way.
    pub(super) loose: BTreeSet<String>,
}

/// A generated crate and what is to be checked in it.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) name: String,
    pub(super) checks: Vec<Check>,
    /// Schemas without a check, and why.
    pub(super) left_out: Vec<(String, String)>,
    /// The texts that the enums of the document list.
    pub(super) listed: BTreeSet<String>,
}

/// A document, built as far as it has a crate.
pub(super) struct Built {
    pub(super) schemas: Schemas,
    pub(super) named: Vec<(String, SchemaId)>,
    pub(super) api: Api,
    pub(super) names: Names,
    pub(super) files: write::Files,
}

/// Reads a document, writes its crate below `out` and makes values for every schema that it names.
pub(super) fn document(name: &str, spec: &Path, out: &Path, seed: u64, values: usize) -> Result<Prepared> {
    let mut session = Session::default();
    let job = Job { spec: Some(spec.to_path_buf()), ..Job::default() };
    let loaded = job.load(&mut session).map_err(|_| anyhow!("{} cannot be read", spec.display()))?;
    let built = build(name, loaded.documents, &loaded.config, &mut session.diagnostics)?;
    save(&out.join(name), &built.files)?;
    let mut instances = Instances::new(&built.schemas, seed);
    let (mut checks, mut left_out) = (Vec::new(), Vec::new());
    for (_, id) in &built.named {
        let pointer = built.schemas.pointer(*id).to_owned();
        let made: Vec<Value> = (0..values).filter_map(|_| instances.of(*id)).collect();
        let Some(ty) = type_of(&built, *id) else {
            left_out.push((pointer, "there is no type of its own".to_owned()));
            continue;
        };
        if made.is_empty() {
            left_out.push((pointer, "no value was found".to_owned()));
            continue;
        }
        for ty in [Some(ty), input_of(&built.api, ty)].into_iter().flatten() {
            let (path, loose) = (path(&built, ty), left_out_of(&built, ty));
            checks.push(Check { pointer: pointer.clone(), path, values: made.clone(), loose });
        }
    }
    for check in &mut checks {
        check.loose.extend(instances.undeclared.iter().cloned());
    }
    let listed = listed(&built.schemas);
    Ok(Prepared { name: name.to_owned(), checks, left_out, listed })
}

/// The properties that a type does not have because they never travel its way; a type that travels neither way may hold
/// types that lack either.
fn left_out_of(built: &Built, ty: TypeId) -> BTreeSet<String> {
    let usage = built.api.types.get(ty.0).map(|def| def.usage).unwrap_or_default();
    let one_way = |id: SchemaId| {
        let schema = built.schemas.get(id);
        (schema.read_only && !schema.write_only && !usage.received)
            || (schema.write_only && !schema.read_only && !usage.sent)
    };
    let properties = built.schemas.by_pointer.values().flat_map(|schema| &schema.properties);
    let gone = properties.filter(|(_, id)| one_way(**id) || built.schemas.get(**id).reference.is_some_and(one_way));
    gone.map(|(name, _)| name.clone()).collect()
}

/// The type that is sent in place of a type that differs by direction.
fn input_of(api: &Api, ty: TypeId) -> Option<TypeId> {
    api.types.iter().position(|def| def.name == TypeName::Input(ty)).map(TypeId)
}

/// Every text that an `enum` or `const` lists.
pub(super) fn listed(schemas: &Schemas) -> BTreeSet<String> {
    let values = schemas.by_pointer.values().flat_map(|schema| schema.values.iter().flatten().chain(&schema.constant));
    values.filter_map(|node| node.as_str().map(str::to_owned)).collect()
}

/// Runs every stage over a document; the crate is called `roundtrip-` and the name.
pub(super) fn build(name: &str, documents: Documents, config: &Config, diagnostics: &mut Diagnostics) -> Result<Built> {
    let reported = |_| anyhow!("{name} has errors");
    let normalized = normalize::normalize(documents, diagnostics).map_err(reported)?;
    let resolved = resolve::resolve(model::read(normalized, diagnostics).map_err(reported)?, diagnostics);
    let api = oasmith::describe(&resolved, config, &Lock::default(), diagnostics);
    let mut settings = package::settings(&api, config, name, diagnostics);
    settings.name = format!("roundtrip-{name}");
    let names = names::assign(&api, &package::names_config(&settings));
    let files = format::format(&emit::emit(&emit::Ctx::new(&api, &names, &settings)))
        .with_context(|| format!("{name} cannot be formatted"))?;
    Ok(Built { schemas: resolved.schemas, named: resolved.named, api, names, files })
}

/// Writes a crate, leaving files alone that are the same: what did not change is not compiled again.
pub(super) fn save(place: &Path, files: &write::Files) -> Result<()> {
    for (path, text) in files {
        save_file(&place.join(path), text)?;
    }
    Ok(())
}

/// Writes one file unless it is the same already.
pub(super) fn save_file(path: &PathBuf, text: &str) -> Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == *text) {
        return Ok(());
    }
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory)?;
    }
    std::fs::write(path, text).with_context(|| path.display().to_string())
}

/// The path of a type in the client crate.
pub(super) fn path(built: &Built, ty: TypeId) -> String {
    let names = built.names.ty(ty);
    match &names.home {
        Home::Types(_) => format!("client::types::{}", names.ident),
        Home::Group(group) => format!("client::api::{}::{}", built.names.group(*group).module, names.ident),
    }
}

/// The type that a named schema became; one that only refers to another has the type of that one.
pub(super) fn type_of(built: &Built, schema: SchemaId) -> Option<TypeId> {
    let mut schema = schema;
    for _ in 0..16 {
        let pointer = built.schemas.pointer(schema);
        let is_it = |def: &TypeDef| matches!(def.name, TypeName::Schema(_)) && def.origin.pointer == pointer;
        if let Some(index) = built.api.types.iter().position(is_it) {
            return Some(TypeId(index));
        }
        let read = built.schemas.get(schema);
        let only = |members: &[SchemaId]| if let [only] = members { Some(*only) } else { None };
        schema = read
            .reference
            .or_else(|| only(&read.one_of))
            .or_else(|| only(&read.any_of))
            .or(read.all_of.first().copied())?;
    }
    None
}
