//! Open enums: the values a document names, and room for those that come later.

/// An enum of strings: each value with its text on the wire. What it does not name is kept in the variant `Unknown`.
#[allow(unused_macros, reason = "an API may have no enums")]
macro_rules! string_enum {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $($(#[$about:meta])* $variant:ident = $text:literal),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$about])* $variant,)*
            /// A value that this version of the crate does not know.
            Unknown($crate::runtime::UnknownValue),
        }

        #[allow(deprecated, reason = "deprecated values are read and written like all others")]
        impl $name {
            /// Every value that this version of the crate knows, in the order of the document.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The text of the value.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        #[allow(deprecated, reason = "deprecated values are read and written like all others")]
        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Unknown($crate::runtime::json::UnknownValue::new(text)),
                }
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            // A variant may be called `Err`, so the error is not named by `Self::Err`.
            fn from_str(text: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                Ok(Self::from(text))
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::runtime::json::Json for $name {
            fn decode(
                reader: &mut $crate::runtime::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::JsonError> {
                let value = reader.string().map(|text| Self::from(&*text))?;
                if let Self::Unknown(_) = value {
                    reader.unknown()?;
                }
                Ok(value)
            }

            fn encode(&self, writer: &mut $crate::runtime::json::Writer) {
                writer.string(self.as_str());
            }
        }

        serde_impls! { $name }
    };
}

/// An enum of integers. What it does not name is kept in the variant `Unknown`.
#[allow(unused_macros, reason = "an API may have no enums")]
macro_rules! integer_enum {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $($(#[$about:meta])* $variant:ident = $value:literal),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$about])* $variant,)*
            /// A number that this version of the crate does not know.
            Unknown($crate::runtime::UnknownInteger),
        }

        #[allow(deprecated, reason = "deprecated values are read and written like all others")]
        impl $name {
            /// Every value that this version of the crate knows, in the order of the document.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The number of the value.
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.get(),
                }
            }

            /// The value of a number.
            pub fn from_i64(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown($crate::runtime::json::UnknownInteger::new(value)),
                }
            }
        }

        impl ::std::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                Self::from_i64(value)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl $crate::runtime::json::Json for $name {
            fn decode(
                reader: &mut $crate::runtime::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::JsonError> {
                let value = <i64 as $crate::runtime::json::Json>::decode(reader).map(Self::from_i64)?;
                if let Self::Unknown(_) = value {
                    reader.unknown()?;
                }
                Ok(value)
            }

            fn encode(&self, writer: &mut $crate::runtime::json::Writer) {
                writer.integer(self.as_i64());
            }
        }

        serde_impls! { $name }
    };
}
