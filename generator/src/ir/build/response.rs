//! Responses: what is a success, what is an error, and which of several media types the client asks for.

use super::media::{Direction, by_preference};
use super::{Builder, docs, origin};
use crate::diagnostic::Code;
use crate::ir::{Content, Form, Header, OperationId, Response, Status, Type, TypeName};
use crate::resolve;

impl Builder<'_> {
    /// Splits the documented responses into successes and errors, each in the order in which statuses are looked up.
    pub(super) fn responses(
        &mut self,
        id: OperationId,
        operation: &resolve::Operation,
    ) -> (Vec<Response>, Vec<Response>) {
        let mut written: Vec<&resolve::Response> = operation.responses.iter().collect();
        written.sort_by_key(|response| response.status);
        // When only `default` is described, it describes the success as well (OpenAPI 3.0.4 §4.7.16).
        let only_default = !written.iter().any(|response| is_success(response.status));
        let (mut success, mut errors) = (Vec::new(), Vec::new());
        for response in written {
            let succeeds = is_success(response.status)
                || (only_default && response.status == Status::Default && has_no_error(&operation.responses));
            let part = if succeeds {
                success_part(response.status, &operation.responses)
            } else {
                error_part(response.status)
            };
            let made = self.response(id, response, &part);
            if succeeds {
                success.push(made);
            } else if !is_informational(made.status) {
                errors.push(made);
            }
        }
        (success, errors)
    }

    fn response(&mut self, id: OperationId, response: &resolve::Response, part: &str) -> Response {
        let mut contents: Vec<Content> = Vec::new();
        for media in by_preference(&response.media) {
            let Some(media) = self.sendable_media(media, &response.place) else { continue };
            let name = self.content_type_name(id, &media, part);
            let form = self.form(&media, name, Direction::Response);
            contents.push(Content { media_type: media.media_type.clone(), form });
        }
        let contents = self.asked_for(contents, response);
        contents.iter().for_each(|content| self.report_opaque(&response.media, content));
        // "If a response header is defined with the name `Content-Type`, it SHALL be ignored."
        let headers = response.headers.iter().filter(|header| !header.name.eq_ignore_ascii_case("content-type"));
        let headers = headers.map(|header| self.header(id, header)).collect();
        Response {
            status: response.status,
            contents,
            headers,
            docs: docs::text(Some(&response.description)),
            origin: origin(&response.place),
        }
    }

    /// Where JSON is offered, other spellings of the same data are not asked for; streams and files stay beside it.
    fn asked_for(&mut self, contents: Vec<Content>, response: &resolve::Response) -> Vec<Content> {
        let json = contents.iter().position(|content| matches!(content.form, Form::Json(_)));
        let structured = |content: &Content| {
            let mut media = response.media.iter().filter(|media| media.media_type == content.media_type);
            media.any(|media| media.schema.is_some_and(|schema| self.is_json_shaped(schema)))
        };
        let mut kept: Vec<Content> = Vec::new();
        let mut left_out = Vec::new();
        for (index, content) in contents.into_iter().enumerate() {
            let redundant = match (&content.form, json) {
                (Form::Json(_), Some(first)) => index != first,
                (Form::Text | Form::UrlEncoded(..) | Form::Multipart(..), Some(_)) => true,
                // No file, but the same value in an encoding such as MessagePack.
                (Form::Binary, Some(_)) if structured(&content) => true,
                (form, _) => {
                    kept.iter().any(|other| std::mem::discriminant(&other.form) == std::mem::discriminant(form))
                }
            };
            if redundant { left_out.push(content.media_type) } else { kept.push(content) }
        }
        if !left_out.is_empty() {
            let message = format!(
                "the client asks for {} and not for {}",
                list(kept.iter().map(|content| &content.media_type)),
                list(left_out.iter())
            );
            self.report(Code::UnusedMediaType, response.place.span, &response.place.pointer, message);
        }
        kept
    }

    fn header(&mut self, id: OperationId, header: &resolve::Header) -> Header {
        let name = TypeName::OfOperation { operation: id, part: format!("{} header", header.name) };
        Header {
            wire: header.name.clone(),
            ty: match header.schema {
                Some(schema) => self.type_at(schema, name),
                None => Type::String,
            },
            encoding: header.encoding.clone(),
            required: header.required,
            docs: docs::text(header.description.as_deref()),
        }
    }
}

fn list<'a>(media_types: impl Iterator<Item = &'a String>) -> String {
    media_types.map(|media_type| format!("`{media_type}`")).collect::<Vec<_>>().join(", ")
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

fn is_informational(status: Status) -> bool {
    matches!(status, Status::Code(100..=199) | Status::Range(1))
}

/// Whether nothing but `default` and redirects is described, so that `default` cannot be meant for errors alone.
fn has_no_error(responses: &[resolve::Response]) -> bool {
    !responses.iter().any(|response| matches!(response.status, Status::Code(400..) | Status::Range(4..)))
}

/// The first success is the response; further ones are told apart by their status.
fn success_part(status: Status, responses: &[resolve::Response]) -> String {
    let first = responses.iter().map(|response| response.status).filter(|status| is_success(*status)).min();
    match status {
        _ if first.is_none_or(|first| first == status) => "response".to_owned(),
        Status::Code(code) => format!("response {code}"),
        Status::Range(digit) => format!("response {digit}xx"),
        Status::Default => "response default".to_owned(),
    }
}

fn error_part(status: Status) -> String {
    match status {
        Status::Code(code) => format!("error {code}"),
        Status::Range(digit) => format!("error {digit}xx"),
        Status::Default => "error body".to_owned(),
    }
}
