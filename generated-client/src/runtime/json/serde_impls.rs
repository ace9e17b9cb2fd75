//! The macro that gives a type its `serde` implementations, if the feature is on.

/// Implements `Serialize` and `Deserialize` over the type's own JSON.
#[cfg(feature = "serde")]
macro_rules! serde_impls {
    ($name:ident) => {
        serde_impls! { <> $name }
    };
    (<$($param:ident)?> $name:ty) => {
        impl<$($param: $crate::runtime::json::Json)?> ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::runtime::json::serde_bridge::serialize(self, serializer)
            }
        }

        impl<'de $(, $param: $crate::runtime::json::Json)?> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::json::serde_bridge::deserialize(deserializer)
            }
        }
    };
}

/// Nothing: the feature is off.
#[cfg(not(feature = "serde"))]
macro_rules! serde_impls {
    ($($ignored:tt)*) => {};
}
