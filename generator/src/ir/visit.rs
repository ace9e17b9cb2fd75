//! Walks over the types that something mentions.

use super::{Body, FieldStep, Form, Header, Operation, PageKind, Shape, Type, TypeId};

impl Type {
    /// Calls `visit` with every named type that is mentioned, in order.
    pub fn each_named(&self, visit: &mut dyn FnMut(TypeId)) {
        match self {
            Self::Named(id) => visit(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.each_named(visit)
            }
            Self::Tuple(items) => items.iter().for_each(|item| item.each_named(visit)),
            Self::Boolean
            | Self::Integer(_)
            | Self::Double
            | Self::Float
            | Self::String
            | Self::DateTime
            | Self::Date
            | Self::Text(_)
            | Self::Foreign(_)
            | Self::Base64
            | Self::File
            | Self::Secret
            | Self::Any
            | Self::Null => {}
        }
    }

    /// Calls `visit` with every named type that is mentioned, to change it.
    pub fn each_named_mut(&mut self, visit: &mut dyn FnMut(&mut TypeId)) {
        match self {
            Self::Named(id) => visit(id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.each_named_mut(visit)
            }
            Self::Tuple(items) => items.iter_mut().for_each(|item| item.each_named_mut(visit)),
            Self::Boolean
            | Self::Integer(_)
            | Self::Double
            | Self::Float
            | Self::String
            | Self::DateTime
            | Self::Date
            | Self::Text(_)
            | Self::Foreign(_)
            | Self::Base64
            | Self::File
            | Self::Secret
            | Self::Any
            | Self::Null => {}
        }
    }
}

impl Shape {
    /// Calls `visit` with every type of a field, a variant or an alias, in order.
    pub fn each_type(&self, visit: &mut dyn FnMut(&Type)) {
        match self {
            Self::Struct(object) => {
                object.fields.iter().for_each(|field| visit(&field.ty));
                object.prefixed.iter().for_each(|prefixed| visit(&prefixed.ty));
                object.extra.iter().for_each(visit);
            }
            Self::Union(union) => union.variants.iter().for_each(|variant| visit(&variant.ty)),
            Self::Alias(ty) | Self::Newtype(ty) => visit(ty),
            Self::StringEnum(_) | Self::IntegerEnum(_) => {}
        }
    }

    /// Calls `visit` with every named type that is mentioned, in order.
    pub fn each_named(&self, visit: &mut dyn FnMut(TypeId)) {
        self.each_type(&mut |ty| ty.each_named(visit));
    }
}

impl Form {
    /// The type of the value, of an item or of an event; `None` for text and bytes.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty)
            | Self::UrlEncoded(ty, _)
            | Self::Multipart(ty, _)
            | Self::JsonLines(ty)
            | Self::Events(ty)
            | Self::EventObjects(ty, _) => Some(ty),
            Self::Text | Self::Binary => None,
        }
    }

    /// The type of the value, of an item or of an event, to change it.
    pub fn ty_mut(&mut self) -> Option<&mut Type> {
        match self {
            Self::Json(ty)
            | Self::UrlEncoded(ty, _)
            | Self::Multipart(ty, _)
            | Self::JsonLines(ty)
            | Self::Events(ty)
            | Self::EventObjects(ty, _) => Some(ty),
            Self::Text | Self::Binary => None,
        }
    }

    /// Whether values come one by one for as long as the server likes.
    pub fn is_stream(&self) -> bool {
        matches!(self, Self::JsonLines(_) | Self::Events(_) | Self::EventObjects(..))
    }
}

fn is_limit(header: &Header) -> bool {
    let name = header.wire.to_ascii_lowercase();
    name == "retry-after" || ["ratelimit", "x-ratelimit"].iter().any(|start| name.starts_with(start))
}

impl Operation {
    /// Every response header that is described, of successes before those of errors, each name once. What the runtime
    /// reads from every error by itself is left out.
    pub fn headers(&self) -> Vec<&Header> {
        let mut headers: Vec<&Header> = Vec::new();
        let of_errors = self.errors.iter().flat_map(|response| &response.headers).filter(|header| !is_limit(header));
        for header in self.success.iter().flat_map(|response| &response.headers).chain(of_errors) {
            if headers.iter().all(|known| !known.wire.eq_ignore_ascii_case(&header.wire)) {
                headers.push(header);
            }
        }
        headers
    }

    /// Calls `visit` with every type of a parameter, a body or a response.
    pub fn each_type(&self, visit: &mut dyn FnMut(&Type)) {
        self.parameters.iter().for_each(|parameter| visit(&parameter.ty));
        let bodies = self.body.iter().flat_map(|body: &Body| &body.contents);
        let responses = self.success.iter().chain(&self.errors).flat_map(|response| &response.contents);
        bodies.chain(responses).filter_map(|content| content.form.ty()).for_each(&mut *visit);
        self.headers().iter().for_each(|header| visit(&header.ty));
        if let Some(pagination) = &self.pagination {
            visit(&pagination.item);
        }
    }

    /// Calls `visit` with every type of a parameter, a body, a response, a header or a page, to change it.
    pub fn each_type_mut(&mut self, visit: &mut dyn FnMut(&mut Type)) {
        self.each_sent_mut(visit);
        for response in self.success.iter_mut().chain(&mut self.errors) {
            response.contents.iter_mut().filter_map(|content| content.form.ty_mut()).for_each(&mut *visit);
            response.headers.iter_mut().for_each(|header| visit(&mut header.ty));
        }
        if let Some(pagination) = &mut self.pagination {
            visit(&mut pagination.item);
        }
    }

    /// Calls `visit` with every type of a parameter or a request body, to change it.
    pub fn each_sent_mut(&mut self, visit: &mut dyn FnMut(&mut Type)) {
        self.parameters.iter_mut().for_each(|parameter| visit(&mut parameter.ty));
        let bodies = self.body.iter_mut().flat_map(|body: &mut Body| &mut body.contents);
        bodies.filter_map(|content| content.form.ty_mut()).for_each(visit);
    }

    /// Calls `visit` with every field on the way to something that paging reads, to change it.
    pub fn each_step_mut(&mut self, visit: &mut dyn FnMut(&mut FieldStep)) {
        let Some(pagination) = &mut self.pagination else { return };
        pagination.items.iter_mut().for_each(&mut *visit);
        match &mut pagination.kind {
            PageKind::Offset { has_more, .. } | PageKind::Page { has_more, .. } => {
                has_more.iter_mut().flatten().for_each(visit)
            }
            PageKind::Cursor { next, .. } | PageKind::NextUrl { next } => next.iter_mut().for_each(visit),
            PageKind::LastItem { id, has_more, .. } => {
                visit(id);
                has_more.iter_mut().flatten().for_each(visit);
            }
            PageKind::LinkHeader => {}
        }
    }
}
