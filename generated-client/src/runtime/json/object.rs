//! Objects: the table of a struct, and the few functions its rows turn into.

use super::error::{JsonError, Problem};
use super::{Json, Reader, Writer};
use std::collections::BTreeMap;

/// A map that holds the members of an object which no field holds.
pub trait PrefixMap {
    /// Reads the value of one such member; the name comes without the prefix.
    ///
    /// # Errors
    ///
    /// Fails when the value is not one of the map's type.
    fn decode_entry(&mut self, name: &str, reader: &mut Reader<'_>) -> Result<(), JsonError>;

    /// Writes the members whose names are not `taken`, with the prefix before each name.
    fn encode_entries(&self, prefix: &str, taken: &dyn Fn(&str) -> bool, writer: &mut Writer);
}

impl<V: Json> PrefixMap for BTreeMap<String, V> {
    fn decode_entry(&mut self, name: &str, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        self.insert(name.to_owned(), V::decode(reader)?);
        Ok(())
    }

    fn encode_entries(&self, prefix: &str, taken: &dyn Fn(&str) -> bool, writer: &mut Writer) {
        for (name, value) in self.iter().filter(|(name, _)| !taken(name)) {
            if prefix.is_empty() {
                writer.key(name);
            } else {
                writer.key(&format!("{prefix}{name}"));
            }
            value.encode(writer);
        }
    }
}

/// Reads the value of a field into its slot.
///
/// # Errors
///
/// Fails when the value is not one of the field's type.
pub fn read<T: Json>(reader: &mut Reader<'_>, slot: &mut Option<T>) -> Result<(), JsonError> {
    *slot = Some(T::decode(reader)?);
    Ok(())
}

/// The value of a field once its object, which began at the given offset, is read.
///
/// # Errors
///
/// Fails when the object has no such member and the type needs one.
pub fn required<T: Json>(slot: Option<T>, name: &'static str, object: usize) -> Result<T, JsonError> {
    match slot {
        Some(value) => Ok(value),
        None => T::absent().ok_or_else(|| JsonError::new(Problem::Missing(name), object)),
    }
}

/// The table of a struct: one row per member, with its name in JSON.
///
/// | row | meaning |
/// | --- | --- |
/// | `"id" => id` | the field `id` holds the member `id`; an absent value is not written |
/// | `"won" => won nullable` | as above, but an absent value is written as `null` |
/// | `"object" = "\"lead\""` | the member always has this JSON; it is looked at only to choose a member of a union |
/// | `"custom." .. => custom` | the map `custom` holds the members whose names begin so |
/// | `.. => extra` | the map `extra` holds all other members; without this row they are passed over. What a field writes is not written again |
///
/// `new Lead { … }` also makes what builds the struct:
///
/// | row | meaning |
/// | --- | --- |
/// | `"id" -> id(String)` | an argument of `new`, of this type |
/// | `"won" => won(Date)` | a setter that takes this type; the field is empty at first |
/// | `"note" => note / clear_note(String)` | a setter, and a method that sends `null` |
#[allow(unused_macros, reason = "an API may have no objects")]
macro_rules! object {
    (new $name:ident { $($rows:tt)* }) => {
        object!($name { $($rows)* });
        object!(@new $name { $($rows)* });
    };
    ($name:ident { .. => $rest:ident $(,)? }) => {
        object!($name { "" .. => $rest });
    };
    ($name:ident {
        $(
            $key:literal
            $(=> $field:ident $(($($ty:tt)*))? $($nullable:ident)? $(/ $clear:ident($($clear_ty:tt)*))?)?
            $(-> $needed:ident($($needed_ty:tt)*))?
            $(= $constant:literal)?
            $(.. => $prefix:ident)?
        ),*
        $(, .. => $rest:ident)?
        $(,)?
    }) => {
        #[allow(
            deprecated,
            clippy::disallowed_names,
            reason = "fields are read and written under the names that the document gives them, deprecated ones like all others"
        )]
        impl $crate::runtime::json::Json for $name {
            fn decode(
                reader: &mut $crate::runtime::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::JsonError> {
                $(
                    $(let mut $field = ::std::option::Option::None;)?
                    $(let mut $needed = ::std::option::Option::None;)?
                    $(let mut $prefix = ::std::default::Default::default();)?
                )*
                $(let mut $rest = ::std::default::Default::default();)?
                let _object = reader.begin_object()?;
                while let Some(key) = reader.key()? {
                    match &*key {
                        $(
                            $($key => $crate::runtime::json::read(reader, &mut $field),)?
                            $($key => $crate::runtime::json::read(reader, &mut $needed),)?
                            $($key => reader.constant($constant),)?
                        )*
                        name => {
                            $($(if let Some(name) = name.strip_prefix($key) {
                                $crate::runtime::json::PrefixMap::decode_entry(&mut $prefix, name, reader)
                            } else)?)* {
                                object!(@other reader name $($rest)?)
                            }
                        }
                    }?;
                }
                Ok(Self {
                    $(
                        $($field: $crate::runtime::json::required($field, $key, _object)?,)?
                        $($needed: $crate::runtime::json::required($needed, $key, _object)?,)?
                        $($prefix,)?
                    )*
                    $($rest,)?
                })
            }

            fn encode(&self, writer: &mut $crate::runtime::json::Writer) {
                writer.begin_object();
                $(
                    $(
                        writer.member($key, &self.$field);
                        $(writer.$nullable($key, &self.$field);)?
                    )?
                    $(writer.member($key, &self.$needed);)?
                    $(writer.constant($key, $constant);)?
                    $($crate::runtime::json::PrefixMap::encode_entries(&self.$prefix, $key, &|_| false, writer);)?
                )*
                object!(
                    @others self writer
                    { $($key $(=> $field $($nullable)?)? $(=> $needed)? $(= $constant)? $(.. => $prefix)?),* }
                    $($rest)?
                );
                writer.end_object();
            }
        }

        serde_impls! { $name }
    };

    (@new $name:ident { .. => $rest:ident $(,)? }) => {
        object!(@new $name { "" .. => $rest });
    };
    (@new $name:ident {
        $(
            $key:literal
            $(
                => $field:ident
                $(($(#[$attribute:meta])* $ty:ty))?
                $($nullable:ident)?
                $(/ $clear:ident($(#[$clear_attribute:meta])* $clear_ty:ty))?
            )?
            $(-> $needed:ident($needed_ty:ty))?
            $(= $constant:literal)?
            $(.. => $prefix:ident)?
        ),*
        $(, .. => $rest:ident)?
        $(,)?
    }) => {
        #[allow(
            deprecated,
            clippy::disallowed_names,
            clippy::too_many_arguments,
            clippy::should_implement_trait,
            reason = "the document decides how many fields there are and what they are called"
        )]
        impl $name {
            /// A value with its required fields; everything optional is absent.
            #[must_use]
            pub fn new($($($needed: $needed_ty,)?)*) -> Self {
                Self {
                    $(
                        $($field: ::std::default::Default::default(),)?
                        $($needed: $needed.into(),)?
                        $($prefix: ::std::default::Default::default(),)?
                    )*
                    $($rest: ::std::default::Default::default(),)?
                }
            }

            $($(
                $(
                    #[doc = concat!("Sets `", stringify!($field), "`.")]
                    $(#[$attribute])*
                    #[must_use]
                    pub fn $field(mut self, $field: $ty) -> Self {
                        self.$field = Some($field.into());
                        self
                    }
                )?
                $(
                    #[doc = concat!("Sets `", stringify!($field), "`.")]
                    $(#[$clear_attribute])*
                    #[must_use]
                    pub fn $field(mut self, $field: $clear_ty) -> Self {
                        self.$field = $crate::runtime::Field::Value($field.into());
                        self
                    }

                    #[doc = concat!("Sends `", stringify!($field), "` as `null`, which clears it.")]
                    $(#[$clear_attribute])*
                    #[must_use]
                    pub fn $clear(mut self) -> Self {
                        self.$field = $crate::runtime::Field::Null;
                        self
                    }
                )?
            )?)*
        }

        object!(@default $name $($($needed)?)*);
    };
    (@default $name:ident) => {
        impl ::std::default::Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@default $name:ident $($needed:ident)+) => {};

    (@others $self:ident $writer:ident { $($rows:tt)* }) => {};
    (
        @others $self:ident $writer:ident
        { $($key:literal $(=> $field:ident $($nullable:ident)?)? $(= $constant:literal)? $(.. => $prefix:ident)?),* }
        $rest:ident
    ) => {
        // A name that a field has already written is not written a second time.
        let taken = |name: &str| match name {
            $(
                $($key => object!(@written $self $field $($nullable)?),)?
                $($key => {
                    const _: &str = $constant;
                    true
                })?
            )*
            _ => false,
        };
        $crate::runtime::json::PrefixMap::encode_entries(&$self.$rest, "", &taken, $writer);
    };
    (@written $self:ident $field:ident) => { !$crate::runtime::json::Json::is_absent(&$self.$field) };
    (@written $self:ident $field:ident $nullable:ident) => { true };
    (@other $reader:ident $key:ident) => {{
        let _ = $key;
        $reader.skip()
    }};
    (@other $reader:ident $key:ident $rest:ident) => {
        $crate::runtime::json::PrefixMap::decode_entry(&mut $rest, $key, $reader)
    };
}
