//! Types that are written like something else: like the one value they hold, like a text, or like a number.

/// Reads and writes a tuple struct like the one value it holds.
#[allow(unused_macros, reason = "an API may have no such types")]
macro_rules! newtype {
    ($name:ident) => {
        impl $crate::runtime::json::Json for $name {
            fn decode(
                reader: &mut $crate::runtime::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::JsonError> {
                $crate::runtime::json::Json::decode(reader).map(Self)
            }

            fn encode(&self, writer: &mut $crate::runtime::json::Writer) {
                $crate::runtime::json::Json::encode(&self.0, writer);
            }

            fn absent() -> ::std::option::Option<Self> {
                $crate::runtime::json::Json::absent().map(Self)
            }

            fn is_absent(&self) -> bool {
                $crate::runtime::json::Json::is_absent(&self.0)
            }

            fn is_unknown(&self) -> bool {
                $crate::runtime::json::Json::is_unknown(&self.0)
            }
        }

        serde_impls! { $name }
    };
}

/// Reads and writes a type as a string: by its `FromStr` and `Display`, or by the two functions that are given.
#[allow(unused_macros, reason = "an API may have no such types")]
macro_rules! text_format {
    ($type:ty) => {
        text_format!($type, str::parse::<$type>, ::std::string::ToString::to_string);
    };
    ($type:ty, $read:expr, $write:expr) => {
        impl $crate::runtime::json::Json for $type {
            fn decode(
                reader: &mut $crate::runtime::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::JsonError> {
                reader.parse_with($read, concat!("a string that is a `", stringify!($type), "`"))
            }

            fn encode(&self, writer: &mut $crate::runtime::json::Writer) {
                let write: fn(&$type) -> ::std::string::String = $write;
                writer.string(&write(self));
            }
        }
    };
}

/// Reads and writes a type as a number, by its `FromStr` and `Display`.
#[allow(unused_macros, reason = "an API may have no such types")]
macro_rules! number_format {
    ($type:ty) => {
        impl $crate::runtime::json::Json for $type {
            fn decode(
                reader: &mut $crate::runtime::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::JsonError> {
                reader.parse_number(concat!("a number that is a `", stringify!($type), "`"))
            }

            fn encode(&self, writer: &mut $crate::runtime::json::Writer) {
                writer.number(&::std::string::ToString::to_string(self));
            }
        }
    };
}
