//! The driver of one document: a program that makes every call of the generated crate, written as source text.

use std::fmt::Write as _;

use oasmith::ir::{Api, Base, Content, Encoding, Form, Location, Operation, OperationId, Parameter, SchemeKind, Shape};
use oasmith::ir::{SchemeId, Status, Type};
use oasmith::model::SchemaId;
use oasmith::names::{Ident, Names, OperationNames};
use oasmith::resolve::{self, Resolved};

use super::values::{Extent, Values};

/// What a driver is written from.
pub(super) struct Scene<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
    pub(super) resolved: &'a Resolved,
}

/// A driver.
pub(super) struct Driver {
    /// `src/main.rs`
    pub(super) source: String,
    /// Operations that are called.
    pub(super) operations: usize,
    /// Operations for whose required arguments no value was found, by their names.
    pub(super) silent: Vec<String>,
}

/// One way to call an operation.
struct Call {
    label: String,
    expression: String,
}

/// Writes the driver.
pub(super) fn write(scene: &Scene<'_>) -> Driver {
    let mut driver = Driver { source: String::new(), operations: 0, silent: Vec::new() };
    let (mut functions, mut runs) = (String::new(), String::new());
    for (index, operation) in scene.api.operations.iter().enumerate() {
        let calls = calls(scene, OperationId(index), operation);
        if calls.is_empty() {
            driver.silent.push(title(operation));
            continue;
        }
        driver.operations += 1;
        let _ = writeln!(runs, "        operation_{index}(&api).await;");
        functions.push_str(&function(index, operation, &calls));
    }
    let credentials = credentials(scene);
    // The mock server is the base URL in the end, whatever the client begins with.
    let base = match scene.api.base() {
        Base::Known(_) => "",
        Base::Document(_) | Base::Given => "\"http://127.0.0.1\"",
    };
    driver.source = format!(
        "//! Calls every operation once with what is required and once with everything.\n\
         #![allow(deprecated, clippy::all)]\n\nmod support;\n\n\
         fn main() {{\n    let api = support::finish(client::Client::builder({base}){credentials});\n    \
         support::run(async {{\n{runs}    }});\n}}\n\n{functions}"
    );
    driver
}

/// The name by which exceptions and reports call an operation.
pub(super) fn title(operation: &Operation) -> String {
    operation.wire.clone().unwrap_or_else(|| format!("{} {}", operation.method, operation.path))
}

fn credentials(scene: &Scene<'_>) -> String {
    let mut text = String::new();
    for (index, scheme) in scene.api.security.iter().enumerate() {
        let value = match &scheme.kind {
            SchemeKind::Basic => "client::Basic::new(\"user\", \"password\")",
            SchemeKind::Bearer | SchemeKind::OAuth2(_) => "client::Bearer::new(\"token\")",
            SchemeKind::OtherHttp(_)
            | SchemeKind::HeaderKey(_)
            | SchemeKind::QueryKey(_)
            | SchemeKind::CookieKey(_) => "client::ApiKey::new(\"key\")",
            SchemeKind::MutualTls => continue,
        };
        let _ = write!(text, ".{}({value})", scene.names.scheme(SchemeId(index)).method);
    }
    text
}

/// The function that makes one operation's calls; the first is repeated for each documented status.
fn function(index: usize, operation: &Operation, calls: &[Call]) -> String {
    let mut text = format!(
        "async fn operation_{index}(api: &client::Client) {{\n    let probe = support::Probe {{ operation: {:?}, \
         base_url: support::base_url() }};\n",
        title(operation)
    );
    for (position, call) in calls.iter().enumerate() {
        let _ = writeln!(text, "    let request = || {};", call.expression);
        let _ = writeln!(text, "    probe.call({:?}, request, None).await;", call.label);
        for (status, typed) in statuses(operation).iter().filter(|_| position == 0) {
            let label = format!("{}, answer {status}", call.label);
            let _ = writeln!(text, "    probe.call({label:?}, request, Some(({status}, {typed}))).await;");
        }
    }
    text.push_str("}\n\n");
    text
}

/// Documented statuses beyond the one that comes of itself, and whether their bodies have types.
fn statuses(operation: &Operation) -> Vec<(u16, bool)> {
    let successes = operation.success.iter().skip(1);
    let typed = |content: &Content| matches!(content.form, Form::Json(_)) && operation.method != "HEAD";
    let all = successes.chain(&operation.errors);
    all.filter_map(|response| match response.status {
        Status::Code(code @ 200..) => Some((code, response.contents.first().is_some_and(typed))),
        Status::Code(_) | Status::Range(_) | Status::Default => None,
    })
    .collect()
}

/// Every call: per media type of the body, with what is required and with everything.
fn calls(scene: &Scene<'_>, id: OperationId, operation: &Operation) -> Vec<Call> {
    let Some(resolved) = scene
        .resolved
        .operations
        .iter()
        .find(|resolved| resolved.path == operation.path && resolved.method == operation.method)
    else {
        return Vec::new();
    };
    let names = scene.names.operation(id);
    let mut calls: Vec<Call> = Vec::new();
    for (extent, label) in [(Extent::Required, "required"), (Extent::Everything, "everything")] {
        let values = Values::new(scene.api, scene.names, &scene.resolved.schemas, extent);
        let maker = Maker { scene, operation, resolved, names, values, extent };
        for (content, expression) in maker.calls() {
            if !calls.iter().any(|call| call.expression == expression) {
                calls.push(Call { label: format!("{label}{content}"), expression });
            }
        }
    }
    calls
}

/// Writes the calls of one operation to one extent.
struct Maker<'a> {
    scene: &'a Scene<'a>,
    operation: &'a Operation,
    resolved: &'a resolve::Operation,
    names: &'a OperationNames,
    values: Values<'a>,
    extent: Extent,
}

impl Maker<'_> {
    fn calls(&self) -> Vec<(String, String)> {
        let group = self.scene.names.group(self.operation.group);
        let Some(arguments) = self.arguments() else { return Vec::new() };
        let setters = self.setters();
        let make = |method: &Ident, body: Option<String>, tail: &str| {
            let all: Vec<&str> = arguments.iter().chain(&body).map(String::as_str).collect();
            format!("api.{}().{method}({}){setters}{tail}", group.accessor, all.join(", "))
        };
        let mut calls = Vec::new();
        match &self.operation.body {
            None => calls.extend(self.methods().map(|method| (String::new(), make(method, None, "")))),
            Some(body) if body.required => {
                for (content, method) in body.contents.iter().zip(self.methods()) {
                    let value = self.body(content);
                    calls.extend(value.map(|value| (label(content), make(method, Some(value), ""))));
                }
            }
            Some(body) => {
                let bare = self.extent == Extent::Required;
                calls.extend(bare.then(|| (String::new(), make(&self.names.method, None, ""))));
                for (content, setter) in body.contents.iter().zip(&self.names.bodies).filter(|_| !bare) {
                    let tail = self.body(content).map(|value| format!(".{setter}({value})"));
                    calls.extend(tail.map(|tail| (label(content), make(&self.names.method, None, &tail))));
                }
            }
        }
        let stream = self.names.stream.as_ref().filter(|_| self.operation.body.is_none());
        calls.extend(stream.map(|(method, _)| (" streamed".to_owned(), make(method, None, ""))));
        calls
    }

    fn methods(&self) -> impl Iterator<Item = &Ident> {
        self.names.content_methods.iter()
    }

    /// The required parameters, in order.
    fn arguments(&self) -> Option<Vec<String>> {
        let required = self.operation.parameters.iter().filter(|parameter| parameter.required);
        required.map(|parameter| self.parameter(parameter)).collect()
    }

    /// `.limit(1).skip(1)`
    fn setters(&self) -> String {
        if self.extent == Extent::Required {
            return String::new();
        }
        let all = self.operation.parameters.iter().zip(&self.names.parameters);
        let optional = all.filter(|(parameter, _)| !parameter.required);
        let setters = optional.filter_map(|(parameter, name)| Some(format!(".{name}({})", self.parameter(parameter)?)));
        setters.collect()
    }

    /// A list in a query is given as it is, a string as a `&str`.
    fn parameter(&self, parameter: &Parameter) -> Option<String> {
        let declared = self
            .resolved
            .parameters
            .iter()
            .find(|declared| declared.name == parameter.wire && declared.location == parameter.location);
        let ty = without_null(&parameter.ty);
        // A part of a path may not be empty, which an object without its optional properties would be.
        let whole = Values::new(self.scene.api, self.scene.names, &self.scene.resolved.schemas, Extent::Everything);
        let values = if parameter.location == Location::Path { &whole } else { &self.values };
        let value = values.of(ty, declared.and_then(|declared| declared.schema))?;
        let list = parameter.location == Location::Query
            && matches!((ty, &parameter.encoding), (Type::List(_), Encoding::Style { .. }));
        Some(if !list && self.is_string(ty) { format!("&{value}") } else { value })
    }

    fn is_string(&self, ty: &Type) -> bool {
        match ty {
            Type::String => true,
            Type::Named(id) => self.scene.api.types.get(id.0).is_some_and(|def| match &def.shape {
                Shape::Alias(inner) => self.is_string(inner),
                Shape::Struct(_)
                | Shape::StringEnum(_)
                | Shape::IntegerEnum(_)
                | Shape::Union(_)
                | Shape::Newtype(_) => false,
            }),
            _ => false,
        }
    }

    fn body(&self, content: &Content) -> Option<String> {
        let schema = self.schema(&content.media_type);
        match &content.form {
            Form::Json(ty) | Form::UrlEncoded(ty, _) | Form::Multipart(ty, _) => {
                let value = self.values.of(ty, schema)?;
                Some(if *ty == Type::String { format!("&{value}") } else { value })
            }
            Form::Text | Form::Events(_) | Form::EventObjects(..) => self.values.text(schema),
            Form::Binary => Some("b\"contents\".to_vec()".to_owned()),
            Form::JsonLines(ty) => Some(format!("vec![{}]", self.values.of(ty, None)?)),
        }
    }

    fn schema(&self, media_type: &str) -> Option<SchemaId> {
        let body = self.resolved.body.as_ref()?;
        body.media.iter().find(|media| media.media_type == media_type)?.schema
    }
}

fn label(content: &Content) -> String {
    format!(" as {}", content.media_type)
}

fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) | Type::Boxed(inner) => without_null(inner),
        _ => ty,
    }
}
