//! What operations are made of before they are text: methods, tables, and calls on the request that is built.

use crate::names::Ident;

/// The type whose methods are the operations of a group.
#[derive(Debug, Clone)]
pub struct Handle {
    /// Documentation, one line each.
    pub docs: Vec<String>,
    /// The type's name.
    pub name: Ident,
    /// Its methods, in order.
    pub methods: Vec<Method>,
}

/// A method that begins a request.
#[derive(Debug, Clone)]
pub struct Method {
    /// Documentation, one line each.
    pub docs: Vec<String>,
    /// Attributes, as they are written.
    pub attributes: Vec<&'static str>,
    /// The method's name.
    pub name: Ident,
    /// Arguments with their types: `id: &str`.
    pub arguments: Vec<String>,
    /// The marker of the operation that is requested.
    pub marker: Ident,
    /// What is done with the request.
    pub steps: Vec<Call>,
}

/// A call on a request: `path("id", Style::SIMPLE, &id)`.
#[derive(Debug, Clone)]
pub struct Call {
    /// The method.
    pub method: &'static str,
    /// Its arguments.
    pub arguments: Vec<Value>,
}

impl Call {
    /// A call of `method`.
    pub fn new(method: &'static str, arguments: impl IntoIterator<Item = Value>) -> Self {
        Self { method, arguments: arguments.into_iter().collect() }
    }
}

/// An argument of a [`Call`].
#[derive(Debug, Clone)]
pub enum Value {
    /// An expression, as it is written.
    Text(String),
    /// `&[…]`
    List(Vec<String>),
}

/// An `operation!`: the marker and what is known of the operation.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Documentation of the marker, one line each.
    pub docs: Vec<String>,
    /// The marker.
    pub marker: Ident,
    /// The operation in the document.
    pub id: String,
    /// The method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The type of what a successful call gives.
    pub output: String,
    /// How it is read; `None` where its own table says it.
    pub read: Option<&'static str>,
    /// The type of documented errors.
    pub error: String,
    /// The `Accept` header, where it is not the usual one.
    pub accept: Option<String>,
    /// Whether the body is handed over while it arrives.
    pub streamed: bool,
    /// Servers of its own.
    pub servers: Vec<String>,
    /// The alternatives of schemes.
    pub security: Vec<Vec<Ident>>,
}

/// An `options!`: setters of a request.
#[derive(Debug, Clone)]
pub struct Options {
    /// The marker of the operation.
    pub marker: Ident,
    /// The type and the method that begin the request.
    pub method: (Ident, Ident),
    /// The setters.
    pub rows: Vec<OptionRow>,
}

/// One setter of an `options!`.
#[derive(Debug, Clone)]
pub struct OptionRow {
    /// Documentation, one line each.
    pub docs: Vec<String>,
    /// Attributes, as they are written.
    pub attributes: Vec<&'static str>,
    /// The setter, and its argument.
    pub name: Ident,
    /// The argument's type.
    pub ty: String,
    /// What is done with the request.
    pub step: Call,
}

/// One row of a `successes!`.
#[derive(Debug, Clone)]
pub struct SuccessRow {
    /// The pattern of statuses.
    pub statuses: String,
    /// The media type that the body must have.
    pub media_type: Option<String>,
    /// The variant.
    pub variant: Ident,
    /// How the body is read; `None` where there is none.
    pub read: Option<&'static str>,
    /// Whether what is read is boxed.
    pub boxed: bool,
}

/// An `errors!`: the enum of what an operation documents beside success.
#[derive(Debug, Clone)]
pub struct Errors {
    /// The enum's name.
    pub name: Ident,
    /// The type and the method that begin the request.
    pub method: (Ident, Ident),
    /// The variants.
    pub rows: Vec<ErrorRow>,
}

/// One row of an `errors!`.
#[derive(Debug, Clone)]
pub struct ErrorRow {
    /// Documentation, one line each.
    pub docs: Vec<String>,
    /// The pattern of statuses.
    pub statuses: String,
    /// The variant.
    pub variant: Ident,
    /// The type of the body and how it is read; `None` where there is none.
    pub body: Option<(String, &'static str)>,
}
