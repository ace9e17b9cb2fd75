//! The encoder of a generated client, as it is: these files become part of every crate.

#[allow(unreachable_pub, reason = "each generated row names the one property it is for")]
#[path = "../../runtime/encoding.rs"]
pub(super) mod encoding;
#[path = "../../runtime/escape.rs"]
pub(super) mod escape;
#[allow(dead_code, unreachable_pub, reason = "a transcript is given the members' encodings one by one")]
#[path = "../../runtime/form.rs"]
pub(super) mod form;
#[allow(
    dead_code,
    unexpected_cfgs,
    unreachable_pub,
    unused_imports,
    unused_macros,
    reason = "a transcript needs the writer, and what the writer is made with"
)]
#[path = "../../runtime/json/mod.rs"]
pub(super) mod json;
#[allow(dead_code, unreachable_pub, reason = "each generated method names the one style it needs")]
#[path = "../../runtime/style.rs"]
pub(super) mod style;

/// What the form asks of an operation: nothing, here.
mod operation {
    pub(super) trait Operation {}

    impl Operation for () {}
}

/// What the form asks of a media type.
mod response {
    pub(super) use crate::emit::parameters::is_json;
}

/// What the form puts its text into.
mod request {
    use std::marker::PhantomData;

    /// A request that keeps the text of its body or of its whole query.
    pub(super) struct Request<'c, O> {
        pub(super) text: String,
        pub(super) operation: PhantomData<&'c O>,
    }

    impl<O> Request<'_, O> {
        pub(super) fn bytes(self, _media_type: &str, text: String) -> Self {
            Self { text, ..self }
        }

        pub(super) fn whole_query(self, text: String) -> Self {
            Self { text, ..self }
        }
    }
}

/// The text of a form, as a body or as a query.
pub(super) fn form_text(value: &impl json::ToJson, encodings: &[encoding::Encoding]) -> String {
    let request = request::Request::<()> { text: String::new(), operation: std::marker::PhantomData };
    request.form(value, encodings).text
}
