//! Constructors and setters of the types that are sent.

/// `new` with the required fields, and one consuming setter for each optional one.
#[allow(unused_macros, reason = "an API may have no types that are sent")]
macro_rules! builder {
    ($name:ident {
        $(required { $($(#[$rattr:meta])* $required:ident: $rtype:ty),* $(,)? })?
        $(optional { $($(#[$oattr:meta])* $optional:ident: $otype:ty),* $(,)? })?
        $(clearable { $($(#[$cattr:meta])* $clearable:ident / $clear:ident: $ctype:ty),* $(,)? })?
        $(rest { $($rest:ident),* $(,)? })?
    }) => {
        #[allow(
            deprecated,
            clippy::too_many_arguments,
            clippy::should_implement_trait,
            reason = "the document decides how many fields there are and what they are called"
        )]
        impl $name {
            /// A value with its required fields; everything optional is absent.
            #[must_use]
            pub fn new($($($required: $rtype),*)?) -> Self {
                Self {
                    $($($required: $required.into(),)*)?
                    $($($optional: ::std::default::Default::default(),)*)?
                    $($($clearable: ::std::default::Default::default(),)*)?
                    $($($rest: ::std::default::Default::default(),)*)?
                }
            }

            $($(
                #[doc = concat!("Sets `", stringify!($optional), "`.")]
                $(#[$oattr])*
                #[must_use]
                pub fn $optional(mut self, $optional: $otype) -> Self {
                    self.$optional = Some($optional.into());
                    self
                }
            )*)?

            $($(
                #[doc = concat!("Sets `", stringify!($clearable), "`.")]
                $(#[$cattr])*
                #[must_use]
                pub fn $clearable(mut self, $clearable: $ctype) -> Self {
                    self.$clearable = $crate::runtime::Field::Value($clearable.into());
                    self
                }

                #[doc = concat!("Sends `", stringify!($clearable), "` as `null`, which clears it.")]
                $(#[$cattr])*
                #[must_use]
                pub fn $clear(mut self) -> Self {
                    self.$clearable = $crate::runtime::Field::Null;
                    self
                }
            )*)?
        }

        builder!(@default $name $($($required)*)?);
    };
    (@default $name:ident) => {
        impl ::std::default::Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@default $name:ident $($required:ident)+) => {};
}
