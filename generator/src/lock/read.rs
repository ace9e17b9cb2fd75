//! Text → [`Lock`]. What is damaged is reported where it stands.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

use super::{Group, Lock, Operation, Scheme, Type, VERSION};
use crate::diagnostic::{Code, Diagnostics, Reported};
use crate::document::{FileId, Span};
use crate::names;
use crate::source::{Files, offset};

type Spanned = toml::Spanned<String>;

impl Lock {
    /// Reads the text of `file`; what is wrong with it is reported.
    ///
    /// # Errors
    ///
    /// When the text is damaged: guessing at names would rename what others use.
    pub fn read(file: FileId, files: &Files, diagnostics: &mut Diagnostics) -> Result<Self, Reported> {
        let mut reader = Reader { file, diagnostics, failed: None, used: BTreeMap::new() };
        match toml::from_str::<Raw>(files.text(file)) {
            Ok(raw) => {
                let lock = reader.lock(raw);
                reader.failed.map_or(Ok(lock), Err)
            }
            Err(error) => Err(reader.damaged(error.span(), error.message().trim_end().to_owned())),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Raw {
    version: Option<toml::Spanned<u32>>,
    groups: BTreeMap<String, RawGroup>,
    operations: BTreeMap<String, RawOperation>,
    parameters: BTreeMap<String, Spanned>,
    types: BTreeMap<String, RawType>,
    aliases: BTreeMap<String, Vec<Spanned>>,
    members: BTreeMap<String, Spanned>,
    security: BTreeMap<String, RawScheme>,
    servers: BTreeMap<String, Spanned>,
    webhooks: BTreeMap<String, Spanned>,
    order: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    module: Spanned,
    handle: Spanned,
    accessor: Spanned,
    feature: Spanned,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawOperation {
    module: Spanned,
    method: Spanned,
    r#type: Spanned,
    error: Option<Spanned>,
    ok: Option<Spanned>,
    headers: Option<Spanned>,
    stream: Option<Spanned>,
    stream_method: Option<Spanned>,
    #[serde(default)]
    contents: BTreeMap<String, Spanned>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawType {
    name: Spanned,
    module: Option<Spanned>,
    #[serde(default)]
    chosen: bool,
    #[serde(default)]
    shared: bool,
    shape: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScheme {
    constant: Spanned,
    method: Spanned,
}

/// Takes the entries over, and reports those that cannot be names.
struct Reader<'a> {
    file: FileId,
    diagnostics: &'a mut Diagnostics,
    failed: Option<Reported>,
    /// Which names are given in which module, and where.
    used: BTreeMap<(String, String), Range<usize>>,
}

impl Reader<'_> {
    fn lock(&mut self, raw: Raw) -> Lock {
        if let Some(version) = raw.version.filter(|version| *version.get_ref() != VERSION) {
            let message = format!("the format {} is not known here", version.get_ref());
            self.damaged(Some(version.span()), message);
        }
        Lock {
            groups: each(raw.groups, |group| self.group(group)),
            operations: each(raw.operations, |operation| self.operation(operation)),
            parameters: each(raw.parameters, |name| self.name(name)),
            types: each(raw.types, |ty| self.ty(ty)),
            aliases: each(raw.aliases, |names| names.into_iter().map(|name| self.name(name)).collect()),
            members: each(raw.members, |name| self.name(name)),
            security: each(raw.security, |scheme| Scheme {
                constant: self.unique("constants of security schemes", scheme.constant),
                method: self.unique("methods of the builder", scheme.method),
            }),
            servers: each(raw.servers, |name| self.unique("types of servers", name)),
            webhooks: each(raw.webhooks, |name| self.unique("functions of webhooks", name)),
            order: raw.order,
        }
    }

    fn group(&mut self, group: RawGroup) -> Group {
        let module = self.unique("modules", group.module);
        Group {
            handle: self.unique(&format!("types of `{module}`"), group.handle),
            module,
            accessor: self.unique("methods of the client", group.accessor),
            feature: group.feature.into_inner(),
        }
    }

    fn operation(&mut self, operation: RawOperation) -> Operation {
        let module = self.name(operation.module);
        let (types, methods) = (format!("types of `{module}`"), format!("methods of `{module}`"));
        let contents = operation.contents;
        Operation {
            method: self.unique(&methods, operation.method),
            ty: self.unique(&types, operation.r#type),
            error: operation.error.map(|name| self.unique(&types, name)),
            ok: operation.ok.map(|name| self.unique(&types, name)),
            headers: operation.headers.map(|name| self.unique(&types, name)),
            stream: operation.stream.map(|name| self.unique(&types, name)),
            stream_method: operation.stream_method.map(|name| self.unique(&methods, name)),
            contents: each(contents, |name| self.unique(&methods, name)),
            module,
        }
    }

    fn ty(&mut self, ty: RawType) -> Type {
        let module = ty.module.map(|module| self.name(module));
        let types = module.as_ref().map_or_else(|| "types".to_owned(), |module| format!("types of `{module}`"));
        let name = if ty.shared { self.shared(&types, ty.name) } else { self.unique(&types, ty.name) };
        Type { name, module, chosen: ty.chosen, shared: ty.shared, shape: ty.shape }
    }

    /// A name that only other places of the same type may have.
    fn shared(&mut self, scope: &str, name: Spanned) -> String {
        let place = (format!("{scope}, shared"), name.get_ref().clone());
        if self.used.insert(place, name.span()).is_some() { self.name(name) } else { self.unique(scope, name) }
    }

    /// A name that nothing else among `scope` may have.
    fn unique(&mut self, scope: &str, name: Spanned) -> String {
        let place = (scope.to_owned(), name.get_ref().clone());
        let span = self.span(&name.span());
        if let Some(other) = self.used.get(&place).map(|other| self.span(other)) {
            let message = format!("`{}` is given twice among the {scope}", name.get_ref());
            let diagnostic = self.diagnostics.report(Code::NamesLock, Some(span), message);
            diagnostic.related(other, "given here as well").help("delete one of the two lines");
            self.failed = Some(diagnostic.reported());
        }
        self.used.insert(place, name.span());
        self.name(name)
    }

    fn name(&mut self, name: Spanned) -> String {
        if !names::is_identifier(name.get_ref()) {
            let message = format!("`{}` cannot be a name in Rust", name.get_ref());
            self.damaged(Some(name.span()), message);
        }
        name.into_inner()
    }

    fn damaged(&mut self, place: Option<Range<usize>>, message: String) -> Reported {
        let place = place.map(|range| self.span(&range));
        let diagnostic = self.diagnostics.report(Code::NamesLock, place, message);
        diagnostic.help("correct the line, delete it, or take the file back from version control");
        let reported = diagnostic.reported();
        self.failed = Some(reported);
        reported
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span { file: self.file, start: offset(range.start), end: offset(range.end) }
    }
}

fn each<T, U>(entries: BTreeMap<String, T>, mut change: impl FnMut(T) -> U) -> BTreeMap<String, U> {
    entries.into_iter().map(|(key, value)| (key, change(value))).collect()
}
