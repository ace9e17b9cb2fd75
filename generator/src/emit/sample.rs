//! A small API with one of everything, for tests of names, emission and formatting.

use crate::document::{FileId, Span};
use crate::ir::{
    Api, Body, Constant, Content, Derives, Docs, Encoding, Field, FieldForm, FieldStep, Form, Group, GroupId, Guard,
    Header, Info, IntegerValue, IntegerWidth, Limits, Location, Operation, OperationId, Origin, PageKind, PagePlace,
    Pagination, Parameter, Prefixed, Presence, PropertyEncoding, Requirement, Response, SchemeId, SchemeKind,
    SecurityScheme, Server, Shape, Status, StringValue, Struct, Style, Type, TypeDef, TypeId, TypeName, Union,
    UnionRule, Usage, Variant, Webhook,
};

pub(crate) fn origin(pointer: &str) -> Origin {
    Origin { pointer: pointer.to_owned(), span: Span { file: FileId(0), start: 0, end: 0 } }
}

pub(crate) fn text(text: &str) -> Docs {
    Docs { text: Some(text.to_owned()), ..Docs::default() }
}

pub(crate) fn def(name: TypeName, shape: Shape, usage: Usage, groups: &[usize]) -> TypeDef {
    let pointer = match &name {
        TypeName::Schema(name) => format!("/components/schemas/{name}"),
        _ => "/inline".to_owned(),
    };
    TypeDef {
        name,
        places: Vec::new(),
        rust_name: None,
        docs: Docs::default(),
        deprecated: false,
        shape,
        origin: origin(&pointer),
        usage,
        groups: groups.iter().map(|&group| GroupId(group)).collect(),
        derives: Derives::default(),
        limits: Limits::default(),
        checked: false,
    }
}

pub(crate) fn schema(name: &str, shape: Shape, usage: Usage, groups: &[usize]) -> TypeDef {
    def(TypeName::Schema(name.to_owned()), shape, usage, groups)
}

pub(crate) fn field(wire: &str, ty: Type, form: FieldForm) -> Field {
    Field {
        wire: wire.to_owned(),
        rust_name: None,
        ty,
        presence: Presence::Optional,
        form,
        docs: Docs::default(),
        deprecated: false,
        read_only: false,
        write_only: false,
        limits: Limits::default(),
        origin: origin("/field"),
    }
}

pub(crate) fn parameter(wire: &str, location: Location, required: bool, ty: Type) -> Parameter {
    let (style, explode) = match location {
        Location::Path | Location::Header => (Style::Simple, false),
        Location::Query | Location::QueryString | Location::Cookie => (Style::Form, true),
    };
    Parameter {
        wire: wire.to_owned(),
        rust_name: None,
        location,
        encoding: Encoding::Style { style, explode, allow_reserved: false },
        form: Vec::new(),
        required,
        allow_empty: false,
        ty,
        docs: Docs::default(),
        deprecated: false,
        origin: origin("/parameter"),
    }
}

pub(crate) fn response(status: Status, contents: Vec<Content>) -> Response {
    Response { status, contents, headers: Vec::new(), docs: Docs::default(), origin: origin("/response") }
}

pub(crate) fn content(media_type: &str, form: Form) -> Content {
    Content { media_type: media_type.to_owned(), form }
}

pub(crate) fn json(ty: Type) -> Content {
    content("application/json", Form::Json(ty))
}

pub(crate) fn operation(id: &str, group: usize, method: &str, path: &str) -> Operation {
    Operation {
        wire: Some(id.to_owned()),
        rust_name: None,
        group: GroupId(group),
        method: method.to_owned(),
        path: path.to_owned(),
        docs: Docs::default(),
        deprecated: false,
        parameters: Vec::new(),
        body: None,
        success: Vec::new(),
        errors: Vec::new(),
        security: Vec::new(),
        servers: Vec::new(),
        pagination: None,
        origin: origin(&format!("/paths/{}/{}", path.replace('/', "~1"), method.to_lowercase())),
    }
}

pub(crate) fn group(wire: &str) -> Group {
    Group { wire: wire.to_owned(), rust_name: None, docs: Docs::default(), operations: Vec::new() }
}

const BOTH: Usage = Usage { sent: true, received: true };
const RECEIVED: Usage = Usage { sent: false, received: true };
const SENT: Usage = Usage { sent: true, received: false };

fn value(wire: &str) -> StringValue {
    StringValue { wire: wire.to_owned(), rust_name: None, docs: Docs::default() }
}

fn variant(name: &str, ty: Type, tags: &[&str], guard: Guard) -> Variant {
    Variant {
        name: name.to_owned(),
        ty,
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        adds_tag: !tags.is_empty(),
        fallback: false,
        guard,
        limits: Limits::default(),
        docs: Docs::default(),
    }
}

fn named(id: usize) -> Type {
    Type::Named(TypeId(id))
}

fn types() -> Vec<TypeDef> {
    let optional = |wire: &str, ty: Type| field(wire, ty, FieldForm::Option);
    let plain = |wire: &str, ty: Type| field(wire, ty, FieldForm::Plain);
    let mut pet = Struct {
        fields: vec![
            plain("id", Type::String),
            plain("type", named(1)),
            optional("born", Type::DateTime),
            optional("parent", Type::Boxed(Box::new(named(0)))),
            field("note-html", Type::String, FieldForm::ThreeState),
            field("owner", Type::String, FieldForm::Nullable),
            optional("tags", Type::List(Box::new(Type::String))),
            optional("level", named(2)),
            optional("old", named(9)),
            optional("add", Type::Integer(IntegerWidth::I64)),
        ],
        constants: vec![Constant { wire: "object".to_owned(), json: "\"pet\"".to_owned(), docs: Docs::default() }],
        prefixed: vec![Prefixed {
            prefix: "custom.".to_owned(),
            ty: Type::Any,
            limits: Limits::default(),
            docs: Docs::default(),
        }],
        extra_limits: Limits::default(),
        extra: Some(Type::Any),
    };
    if let Some(last) = pet.fields.last_mut() {
        last.deprecated = true;
        last.docs = text("Use [tags] instead.\n\nSee https://example.com/x_y for <more>:\n\n- one\n- two");
    }
    let union = Union {
        rule: UnionRule::Tag("kind".to_owned()),
        variants: vec![
            variant("cat", named(4), &["cat"], Guard::Any),
            variant("dog", named(0), &["dog", "wolf"], Guard::Any),
        ],
    };
    let keys = |keys: &[&str]| keys.iter().map(|&key| key.to_owned()).collect::<Vec<_>>();
    let guarded = Union {
        rule: UnionRule::Guards,
        variants: vec![
            variant(
                "cat",
                named(4),
                &[],
                Guard::Object {
                    keys: keys(&["name"]),
                    values: vec![("kind".to_owned(), keys(&["a", "b"]))],
                    any: keys(&["size", "color"]),
                },
            ),
            variant("text", Type::String, &[], Guard::String),
            variant("list", Type::List(Box::new(Type::Double)), &[], Guard::Array),
            variant("null", Type::Null, &[], Guard::Null),
        ],
    };
    let page = Struct {
        fields: vec![
            plain("data", Type::List(Box::new(named(0)))),
            optional("has_more", Type::Boolean),
            optional("meta", named(8)),
        ],
        ..Struct::default()
    };
    let mut old = schema("Old", Shape::StringEnum(vec![value("x")]), BOTH, &[0, 1]);
    old.deprecated = true;
    vec![
        schema("Pet", Shape::Struct(pet), BOTH, &[0, 1]),
        def(
            TypeName::Child { parent: TypeId(0), part: "type".to_owned() },
            Shape::StringEnum(vec![value("cat"), value("unknown"), value("+1"), value("")]),
            BOTH,
            &[0, 1],
        ),
        schema(
            "level",
            Shape::IntegerEnum(vec![
                IntegerValue { wire: -1, rust_name: None, docs: Docs::default() },
                IntegerValue { wire: 2, rust_name: None, docs: text("High.") },
            ]),
            BOTH,
            &[0, 1],
        ),
        schema("Animal", Shape::Union(union), BOTH, &[0]),
        schema(
            "Cat",
            Shape::Struct(Struct { fields: vec![plain("name", Type::String)], ..Struct::default() }),
            BOTH,
            &[0],
        ),
        schema("Anything", Shape::Union(guarded), BOTH, &[0]),
        schema("Names", Shape::Alias(Type::List(Box::new(Type::String))), RECEIVED, &[1]),
        schema("PetPage", Shape::Struct(page), RECEIVED, &[0]),
        schema(
            "Meta",
            Shape::Struct(Struct { fields: vec![optional("next", Type::String)], ..Struct::default() }),
            RECEIVED,
            &[0],
        ),
        old,
        schema(
            "Error",
            Shape::Struct(Struct { fields: vec![optional("message", Type::String)], ..Struct::default() }),
            RECEIVED,
            &[0, 1],
        ),
        schema("Tree", Shape::Newtype(Type::List(Box::new(named(11)))), BOTH, &[1]),
        def(
            TypeName::OfOperation { operation: OperationId(2), part: "request".to_owned() },
            Shape::Struct(Struct {
                fields: vec![optional("photo", Type::File), optional("caption", Type::String)],
                ..Struct::default()
            }),
            SENT,
            &[0],
        ),
        schema("Used only by a webhook", Shape::Alias(Type::Tuple(vec![Type::String, Type::Boolean])), RECEIVED, &[]),
    ]
}

fn operations() -> Vec<Operation> {
    let mut list = operation("listPets", 0, "GET", "/pets/");
    list.docs = Docs {
        summary: Some("List pets".to_owned()),
        text: Some("All of them.\n\n    indented code".to_owned()),
        ..Docs::default()
    };
    list.parameters = vec![
        parameter("_limit", Location::Query, false, Type::Integer(IntegerWidth::I64)),
        parameter("_skip", Location::Query, false, Type::Integer(IntegerWidth::I64)),
        parameter("type__in", Location::Query, false, Type::List(Box::new(named(1)))),
        parameter("names", Location::Query, false, Type::List(Box::new(Type::String))),
        parameter("timeout", Location::Query, false, Type::String),
        parameter("X-Trace", Location::Header, false, Type::String),
    ];
    list.success = vec![response(Status::Code(200), vec![json(named(7))])];
    list.errors = vec![
        response(Status::Code(400), vec![json(named(10))]),
        response(Status::Code(404), vec![]),
        response(Status::Range(5), vec![content("text/plain", Form::Text)]),
        response(Status::Default, vec![json(named(0))]),
    ];
    list.security = vec![vec![Requirement { scheme: SchemeId(0), scopes: vec![] }], vec![]];
    let steps = |ty: usize, field: usize| FieldStep { ty: TypeId(ty), field };
    list.pagination = Some(Pagination {
        kind: PageKind::Offset {
            offset: "_skip".to_owned(),
            limit: Some("_limit".to_owned()),
            has_more: Some(vec![steps(7, 1)]),
        },
        place: PagePlace::Query,
        items: vec![steps(7, 0)],
        item: named(0),
        source: "declared".to_owned(),
    });
    let mut get = operation("getPetById", 0, "GET", "/pets/{pet-id}/");
    get.parameters = vec![parameter("pet-id", Location::Path, true, Type::String)];
    get.success = vec![
        response(Status::Code(200), vec![json(named(0)), content("text/csv", Form::Text)]),
        response(Status::Code(204), vec![]),
    ];
    let mut create = operation("pets_create", 0, "POST", "/pets/");
    create.body = Some(Body {
        required: true,
        contents: vec![
            json(named(0)),
            content(
                "multipart/form-data",
                Form::Multipart(
                    named(12),
                    vec![PropertyEncoding {
                        wire: "photo".to_owned(),
                        style: None,
                        content_type: Some("image/png".to_owned()),
                    }],
                ),
            ),
        ],
        docs: Docs::default(),
    });
    create.success = vec![response(Status::Code(201), vec![json(named(3))])];
    create.errors = vec![response(Status::Code(400), vec![json(named(10))])];
    let mut watch = operation("pets.watch", 0, "GET", "/pets/watch");
    watch.success =
        vec![response(Status::Code(200), vec![json(named(5)), content("text/event-stream", Form::Events(named(0)))])];
    let mut photo = operation("photo", 1, "GET", "/photo");
    photo.deprecated = true;
    let mut ok = response(Status::Code(200), vec![content("image/png", Form::Binary)]);
    ok.headers = vec![Header {
        wire: "ETag".to_owned(),
        ty: Type::String,
        encoding: Encoding::Style { style: Style::Simple, explode: false, allow_reserved: false },
        required: true,
        docs: text("The version."),
    }];
    photo.success = vec![ok];
    let mut update = operation("update", 1, "PURGE", "/names");
    update.parameters = vec![parameter("old", Location::Query, true, named(9))];
    update.body = Some(Body {
        required: false,
        contents: vec![
            json(named(6)),
            content("application/x-www-form-urlencoded", Form::UrlEncoded(named(4), vec![])),
        ],
        docs: Docs::default(),
    });
    update.success = vec![response(Status::Code(200), vec![json(named(11))])];
    vec![list, get, create, watch, photo, update]
}

/// The whole sample.
pub(crate) fn api() -> Api {
    Api {
        info: Info { title: "Pets \"&\" more".to_owned(), version: "1.0".to_owned(), ..Info::default() },
        servers: vec![Server {
            url: "https://example.com/v1/".to_owned(),
            name: None,
            docs: Docs::default(),
            variables: vec![],
            origin: origin("/servers/0"),
        }],
        security: vec![
            SecurityScheme {
                wire: "ApiKeyAuth".to_owned(),
                kind: SchemeKind::Basic,
                docs: Docs::default(),
                origin: origin("/x"),
            },
            SecurityScheme {
                wire: "header".to_owned(),
                kind: SchemeKind::HeaderKey("X-Key".to_owned()),
                docs: Docs::default(),
                origin: origin("/x"),
            },
        ],
        groups: vec![group("pets"), group("")],
        operations: operations(),
        types: types(),
        webhooks: vec![Webhook {
            wire: "newPet".to_owned(),
            payload: Some(named(13)),
            docs: Docs::default(),
            origin: origin("/webhooks/newPet"),
        }],
        foreign: Vec::new(),
        needs: crate::ir::Needs::default(),
    }
}
