//! Why a public item is what it is: the closed set of rules that make items out of a description.

macro_rules! makers {
    ($($variant:ident => $name:literal, $explanation:literal;)*) => {
        /// How an item came about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Maker {
            $(#[doc = $explanation] $variant,)*
        }

        impl Maker {
            /// Its name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it does, in a sentence.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $explanation,)* }
            }
        }
    };
}

makers! {
    Object => "object", "A schema of objects is a struct.";
    StringEnum => "string-enum", "A schema that lists strings is an open enum: what it does not list arrives as `Unknown`.";
    IntegerEnum => "integer-enum", "A schema that lists integers is an open enum: what it does not list arrives as `Unknown`.";
    Union => "union", "A schema with alternatives of different shapes is an enum with one variant for each.";
    Alias => "alias", "A named schema of values that Rust has a type for is another name for that type.";
    Newtype => "newtype", "A schema that is another one, and is found inside of itself, is a struct around it.";
    Former => "former-name", "A type keeps the name that it had before as a deprecated alias.";
    Required => "required", "A required property is a field of its own type.";
    Optional => "optional", "A property that may be missing, or is null where that means the same, is an `Option`.";
    Nullable => "nullable", "A required property that may be null is an `Option`; `None` is written as `null`.";
    ThreeState => "three-state", "A property that is sent and may be missing or null, which mean different things, is a `Field`.";
    Setter => "setter", "A property that is sent and may be left out has a setter.";
    Clear => "clear", "A property that is sent and may be null has a method that sets it to null.";
    New => "new", "A type that is sent is made by `new`, which takes what is required.";
    Prefixed => "prefixed", "Properties that share a literal prefix are a map.";
    Rest => "rest", "Properties that are allowed and not declared are kept in a map.";
    Value => "value", "A value that the schema lists is a variant.";
    Member => "member", "An alternative of a schema is a variant.";
    Server => "server", "The first server is where requests go, unless the client is told otherwise.";
    Operation => "operation", "An operation is a method of its group, and a type that carries what is known of it.";
    Parameter => "parameter", "A parameter that may be left out is a setter of the request; a required one is an argument.";
    Group => "group", "A tag is a module with a handle that has its operations.";
    Failure => "failure", "A documented response that is no success is a variant of the operation's error.";
    Success => "success", "A documented success is a variant of what the call gives, where there are several.";
    Scheme => "scheme", "A security scheme is a constant, and a method of the builder that takes its credential.";
    Webhook => "webhook", "A request that the server sends is a function that reads it.";
}
