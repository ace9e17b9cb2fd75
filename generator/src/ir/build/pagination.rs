//! Lists that go on: declared in the configuration, or found by rule and reported.

#[cfg(test)]
#[path = "pagination_tests.rs"]
mod tests;

use super::Builder;
use crate::config::{Pagination as Rule, PaginationKind as Declared, Spanned};
use crate::diagnostic::Code;
use crate::ir::{FieldStep, Form, Location, OperationId, PageKind, PagePlace, Pagination, Shape, Type};
use crate::pointer;

/// Query parameters that mean a position, by mechanism; the rules of detection, in the order in which they are tried.
const CURSORS: [&str; 14] = [
    "cursor",
    "page_token",
    "pageToken",
    "next_token",
    "nextToken",
    "after",
    "continuation_token",
    "continuationToken",
    "_cursor",
    "marker",
    "starting_after",
    "NextToken",
    "Marker",
    "ContinuationToken",
];
const NEXT_CURSORS: [&str; 22] = [
    "next_cursor",
    "nextCursor",
    "next_page_token",
    "nextPageToken",
    "next_token",
    "nextToken",
    "cursor_next",
    "continuation_token",
    "continuationToken",
    "cursor",
    "next_marker",
    "meta.next_cursor",
    "meta.next_token",
    "meta.cursors.next",
    "pagination.next_cursor",
    "paging.cursors.after",
    "pages.next.starting_after",
    "response_metadata.next_cursor",
    "NextToken",
    "NextMarker",
    "Marker",
    "ContinuationToken",
];
/// Fields that hold a URL, whatever the parameters are.
const NEXT_URLS: [&str; 9] = [
    "next_page_uri",
    "next_page_url",
    "next_url",
    "nextPageUrl",
    "nextLink",
    "links.next",
    "_links.next.href",
    "pages.next_url",
    "@odata.nextLink",
];
/// Query parameters that say that there is more than one page, beside those above.
const FURTHER: [&str; 4] = ["max_id", "since_id", "before", "marker"];
const OFFSETS: [&str; 4] = ["offset", "skip", "_skip", "start"];
const LIMITS: [&str; 6] = ["limit", "_limit", "page_size", "pageSize", "per_page", "count"];
const PAGES: [&str; 4] = ["page", "page_number", "pageNumber", "page[number]"];
const ITEMS: [&str; 7] = ["data", "items", "results", "entries", "values", "records", "list"];
const HAS_MORE: [&str; 4] = ["has_more", "hasMore", "more", "has_next"];

/// Gives every operation that lists something the facts of how it goes on.
pub(super) fn find(builder: &mut Builder<'_>) {
    let rules = builder.config.pagination.clone();
    for index in 0..builder.api.operations.len() {
        let id = OperationId(index);
        let found = match declared(builder, id, &rules) {
            Some(found) => Some(found),
            None => detected(builder, id),
        };
        if let (Some(found), Some(operation)) = (found, builder.api.operations.get_mut(index)) {
            operation.pagination = Some(found);
        }
    }
}

fn declared(builder: &mut Builder<'_>, id: OperationId, rules: &[Rule]) -> Option<Pagination> {
    let wire = builder.api.operations.get(id.0)?.wire.clone()?;
    let names = |rule: &&Rule| rule.operations.iter().any(|name| *name.get_ref() == wire);
    let any = |rule: &&Rule| rule.operations.iter().any(|name| name.get_ref() == "*");
    let exact = rules.iter().find(names);
    let rule = exact.or_else(|| rules.iter().find(any))?;
    let made = by_rule(builder, id, rule);
    if made.is_none() && exact.is_some() {
        let message = format!("the pagination declared for `{wire}` does not fit it");
        let place = exact.and_then(|rule| rule.operations.first()).and_then(|name| builder.config.span(name));
        builder
            .diagnostics
            .report(Code::ConfigPagination, place, message)
            .help("`items` must name an array in the success body, and the parameters must be ones of the query or members of the JSON body");
    }
    made
}

fn by_rule(builder: &Builder<'_>, id: OperationId, rule: &Rule) -> Option<Pagination> {
    let parameter = |name: &Option<Spanned<String>>| Parameter::find(builder, id, name.as_ref()?.get_ref());
    let body = success_body(builder, id)?;
    let (items, item) = match &rule.items {
        Some(path) => {
            let (steps, ty) = walk(builder, &body, path.get_ref())?;
            (steps, item_of(builder, &ty)?)
        }
        None => items(builder, &body)?,
    };
    let flag = |name: &Option<Spanned<String>>| {
        name.as_ref().and_then(|path| walk(builder, &body, path.get_ref())).map(|(steps, _)| steps)
    };
    let (kind, place) = match rule.kind {
        Declared::Offset => {
            let Parameter { name: offset, place, .. } = parameter(&rule.offset)?;
            let limit = parameter(&rule.limit).map(|limit| limit.name);
            (PageKind::Offset { offset, limit, has_more: flag(&rule.has_more) }, place)
        }
        Declared::Page => {
            let Parameter { name: page, place, .. } = parameter(&rule.page)?;
            (PageKind::Page { page, first: rule.first.unwrap_or(1), has_more: flag(&rule.has_more) }, place)
        }
        Declared::Cursor => {
            let Parameter { name: cursor, place, .. } = parameter(&rule.cursor)?;
            (PageKind::Cursor { cursor, next: flag(&rule.next)? }, place)
        }
        Declared::LastItem => {
            let Parameter { name: cursor, place, .. } = parameter(&rule.cursor)?;
            (PageKind::LastItem { cursor, id: id_field(builder, &item)?, has_more: flag(&rule.has_more) }, place)
        }
        Declared::NextUrl => (PageKind::NextUrl { next: flag(&rule.next)? }, PagePlace::Query),
        Declared::LinkHeader => (PageKind::LinkHeader, PagePlace::Query),
    };
    Some(Pagination { kind, place, items, item, source: "declared".to_owned() })
}

/// What asks for a page.
struct Parameter {
    /// The wire name in the query, or a JSON Pointer in the body.
    name: String,
    place: PagePlace,
    ty: Type,
}

impl Parameter {
    /// A parameter of the query, or else a member of the JSON body, with dots between nested names.
    fn find(builder: &Builder<'_>, id: OperationId, name: &str) -> Option<Self> {
        Self::in_query(builder, id, name).or_else(|| Self::in_body(builder, id, name))
    }

    fn in_query(builder: &Builder<'_>, id: OperationId, name: &str) -> Option<Self> {
        let parameters = &builder.api.operations.get(id.0)?.parameters;
        let fits = |parameter: &&crate::ir::Parameter| parameter.location == Location::Query && parameter.wire == name;
        let parameter = parameters.iter().find(fits)?;
        Some(Self { name: name.to_owned(), place: PagePlace::Query, ty: parameter.ty.clone() })
    }

    fn in_body(builder: &Builder<'_>, id: OperationId, path: &str) -> Option<Self> {
        let body = builder.api.operations.get(id.0)?.body.as_ref()?;
        let Form::Json(ty) = &body.contents.first()?.form else { return None };
        let (_, ty) = walk(builder, ty, path)?;
        let is_number = matches!(builder.behind(&ty), Type::Integer(_) | Type::Double | Type::Float);
        let place = if is_number { PagePlace::BodyNumber } else { PagePlace::Body };
        let name = path.split('.').map(|part| format!("/{}", pointer::escape(part))).collect();
        Some(Self { name, place, ty })
    }

    fn is_number(&self, builder: &Builder<'_>) -> bool {
        matches!(builder.behind(&self.ty), Type::Integer(_) | Type::Double)
    }
}

fn detected(builder: &mut Builder<'_>, id: OperationId) -> Option<Pagination> {
    let found = by_shape(builder, id)?;
    let operation = builder.api.operations.get(id.0)?;
    let (message, span, pointer) = (
        format!("`{} {}` is taken for a list that goes on {}", operation.method, operation.path, found.source),
        operation.origin.span,
        operation.origin.pointer.clone(),
    );
    builder
        .report(Code::PaginationFound, span, &pointer, message)
        .help("declare it under `[[pagination]]` in `oasmith.toml` to settle it");
    Some(found)
}

/// Only what leaves no doubt: a body that is or holds exactly one list, with a parameter that means a position.
fn by_shape(builder: &Builder<'_>, id: OperationId) -> Option<Pagination> {
    let method = builder.api.operations.get(id.0)?.method.clone();
    let body = success_body(builder, id)?;
    let (items, item) = items(builder, &body)?;
    let has_more = HAS_MORE.iter().find_map(|name| boolean_field(builder, &body, name));
    let answer = Answer { body: &body, item: &item, has_more };
    let (kind, place, source) = match method.as_str() {
        "GET" => in_query(builder, id, answer).map(|(kind, source)| (kind, PagePlace::Query, source))?,
        "POST" | "QUERY" => in_body(builder, id, answer)?,
        _ => return None,
    };
    Some(Pagination { kind, place, items, item, source: source.to_owned() })
}

/// What an answer says beside its items.
struct Answer<'a> {
    body: &'a Type,
    item: &'a Type,
    has_more: Option<Vec<FieldStep>>,
}

fn in_query(builder: &Builder<'_>, id: OperationId, answer: Answer<'_>) -> Option<(PageKind, &'static str)> {
    let Answer { body, item, has_more } = answer;
    let query = |names: &[&str]| names.iter().find(|name| has_query(builder, id, name)).map(|name| (*name).to_owned());
    let text = |names: &[&str]| names.iter().find_map(|name| string_field(builder, body, name));
    let last_id = id_field(builder, item).filter(|_| has_more.is_some());
    let numbered = |name: Option<String>| name.filter(|name| integer_query(builder, id, name).is_some());
    let named_page = || query(&["page"]).filter(|name| integer_query(builder, id, name).is_none());
    // Where a marker stands beside an offset, another parameter chooses between them.
    let is_told = |cursor: &String| cursor != "marker" || query(&OFFSETS).is_none();
    // Together, these two are links; a `next` alone may be anything.
    let pair = || text(&["previous"]).and_then(|_| text(&["next"]));
    Some(if let (Some(cursor), Some(next)) = (query(&CURSORS).filter(is_told), text(&NEXT_CURSORS)) {
        (PageKind::Cursor { cursor, next }, "by cursor")
    } else if let (Some(cursor), Some(next)) = (named_page(), text(&["next_page"])) {
        (PageKind::Cursor { cursor, next }, "by cursor")
    } else if let (Some(cursor), Some(id)) = (query(&["starting_after"]), last_id) {
        (PageKind::LastItem { cursor, id, has_more }, "after its last item")
    } else if let (Some(cursor), Some(id)) = (query(&["after"]).filter(|name| string_query(builder, id, name)), last_id)
    {
        (PageKind::LastItem { cursor, id, has_more }, "after its last item")
    } else if let (Some(offset), Some(limit)) = (numbered(query(&OFFSETS)), query(&LIMITS)) {
        (PageKind::Offset { offset, limit: Some(limit), has_more }, "by offset")
    } else if let Some(page) = numbered(query(&PAGES)) {
        (PageKind::Page { page, first: 1, has_more }, "by page number")
    } else if let Some(next) = text(&NEXT_URLS).or_else(pair) {
        (PageKind::NextUrl { next }, "by the URL in its body")
    } else if has_link_header(builder, id)
        && [&CURSORS[..], &OFFSETS, &PAGES, &FURTHER].iter().any(|names| query(names).is_some())
    {
        (PageKind::LinkHeader, "by its `Link` header")
    } else {
        return None;
    })
}

/// A search whose body says which part of the result is wanted: a position alone could as well be data.
fn in_body(builder: &Builder<'_>, id: OperationId, answer: Answer<'_>) -> Option<(PageKind, PagePlace, &'static str)> {
    let Answer { body, has_more, .. } = answer;
    let member = |names: &[&str]| names.iter().find_map(|name| Parameter::in_body(builder, id, name));
    let next = NEXT_CURSORS.iter().find_map(|name| string_field(builder, body, name));
    if let (Some(cursor), Some(next)) = (member(&CURSORS).filter(|cursor| !cursor.is_number(builder)), next) {
        return Some((PageKind::Cursor { cursor: cursor.name, next }, cursor.place, "by cursor in its body"));
    }
    let limit = member(&LIMITS)?;
    if let Some(offset) = member(&OFFSETS).filter(|offset| offset.is_number(builder)) {
        let kind = PageKind::Offset { offset: offset.name, limit: Some(limit.name), has_more };
        return Some((kind, offset.place, "by offset in its body"));
    }
    let page = member(&PAGES).filter(|page| page.is_number(builder))?;
    Some((PageKind::Page { page: page.name, first: 1, has_more }, page.place, "by page number in its body"))
}

fn has_query(builder: &Builder<'_>, id: OperationId, name: &str) -> bool {
    let operation = builder.api.operations.get(id.0);
    operation.is_some_and(|operation| {
        operation
            .parameters
            .iter()
            .any(|parameter| parameter.location == Location::Query && !parameter.required && parameter.wire == name)
    })
}

/// Whether the success is documented to have a `Link` header (RFC 8288).
fn has_link_header(builder: &Builder<'_>, id: OperationId) -> bool {
    let responses = builder.api.operations.get(id.0).map(|operation| operation.success.as_slice()).unwrap_or_default();
    responses.iter().flat_map(|response| &response.headers).any(|header| header.wire.eq_ignore_ascii_case("link"))
}

/// Whether a query parameter takes any text: what comes after a time or a number is no item.
fn string_query(builder: &Builder<'_>, id: OperationId, name: &str) -> bool {
    let operation = builder.api.operations.get(id.0);
    let parameter =
        operation.and_then(|operation| operation.parameters.iter().find(|parameter| parameter.wire == name));
    parameter.is_some_and(|parameter| *builder.behind(&parameter.ty) == Type::String)
}

fn integer_query(builder: &Builder<'_>, id: OperationId, name: &str) -> Option<()> {
    let operation = builder.api.operations.get(id.0)?;
    let parameter = operation.parameters.iter().find(|parameter| parameter.wire == name)?;
    matches!(builder.behind(&parameter.ty), Type::Integer(_) | Type::Double).then_some(())
}

/// The JSON body of the only success.
fn success_body(builder: &Builder<'_>, id: OperationId) -> Option<Type> {
    let operation = builder.api.operations.get(id.0)?;
    match operation.success.as_slice() {
        [only] => match only.contents.as_slice() {
            [content] => match &content.form {
                Form::Json(ty) => Some(ty.clone()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// The list in a body: the body itself, the field with a usual name, or the only list there is.
fn items(builder: &Builder<'_>, body: &Type) -> Option<(Vec<FieldStep>, Type)> {
    if let Type::List(item) = builder.behind(body) {
        return Some((Vec::new(), (**item).clone()));
    }
    let Some(Shape::Struct(shape)) = builder.shape_of(body) else { return None };
    let lists: Vec<&str> = shape
        .fields
        .iter()
        .filter(|field| item_of(builder, &field.ty).is_some())
        .map(|field| field.wire.as_str())
        .collect();
    let wire = match lists.as_slice() {
        [] => return None,
        [only] => only,
        several => several.iter().find(|wire| ITEMS.contains(wire))?,
    };
    let (steps, ty) = walk(builder, body, wire)?;
    Some((steps, item_of(builder, &ty)?))
}

fn item_of(builder: &Builder<'_>, ty: &Type) -> Option<Type> {
    match builder.behind(ty) {
        Type::List(item) => Some((**item).clone()),
        _ => None,
    }
}

/// Follows a dotted path of wire names from a body.
fn walk(builder: &Builder<'_>, body: &Type, path: &str) -> Option<(Vec<FieldStep>, Type)> {
    let mut ty = body.clone();
    let mut steps = Vec::new();
    // A name may have a dot in it: `@odata.nextLink`.
    let is_named =
        |shape: &Shape| matches!(shape, Shape::Struct(shape) if shape.fields.iter().any(|field| field.wire == path));
    let whole = builder.shape_of(body).is_some_and(is_named);
    let wires: Vec<&str> = if whole { vec![path] } else { path.split('.').collect() };
    for wire in wires {
        let Type::Named(id) = builder.behind(without_null(builder.behind(&ty))) else { return None };
        let Shape::Struct(shape) = &builder.api.types.get(id.0)?.shape else { return None };
        let index = shape.fields.iter().position(|field| field.wire == wire)?;
        steps.push(FieldStep { ty: *id, field: index });
        ty = shape.fields.get(index)?.ty.clone();
    }
    Some((steps, ty))
}

fn boolean_field(builder: &Builder<'_>, body: &Type, wire: &str) -> Option<Vec<FieldStep>> {
    let (steps, ty) = walk(builder, body, wire)?;
    (*builder.behind(&ty) == Type::Boolean).then_some(steps)
}

fn string_field(builder: &Builder<'_>, body: &Type, wire: &str) -> Option<Vec<FieldStep>> {
    let (steps, ty) = walk(builder, body, wire)?;
    (*without_null(builder.behind(&ty)) == Type::String).then_some(steps)
}

fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => inner,
        _ => ty,
    }
}

fn id_field(builder: &Builder<'_>, item: &Type) -> Option<FieldStep> {
    let (steps, ty) = walk(builder, item, "id")?;
    let step = steps.into_iter().next()?;
    (*builder.behind(&ty) == Type::String).then_some(step)
}
