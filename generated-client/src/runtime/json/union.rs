//! Unions: enums whose variant is chosen by a tag, or by what the value looks like.

/// The table of a union. What belongs to no variant is kept in the variant `Unknown`, as it came.
///
/// `Pet by "petType" { "cat" => Cat(Cat), "dog" | "wolf" => Dog + tag }` chooses by the text of the member `petType`;
/// `+ tag` says that the type inside does not carry the tag, so that it is added when the value is written. A last row
/// `_ => Other` is for values without the tag, or with another text there, as long as they can be read as that variant.
///
/// `Details { Typed: object("type" = "a" | "b", "id"), Text: string }` tries the rows in their order: where the
/// guard holds, the value is read as the type of the variant, and if that fails, or if that type is a union that does
/// not know the value, the next row is tried. First only a value whose constants and enums are known to the variant will
/// do, then one with unknown values of enums too. Guards are
/// `object(…)` with members that must be there, `string`, `string("one" | "two")`, `boolean`, `integer`, `number`,
/// `array`, `null` (a variant without a value) and `any`. A row that says `object("id", any "url" | "path")` is tried
/// before all others for an object that has one of those members, which no other variant declares.
///
/// A variant with a type, `Cat(Cat)`, is also what that type converts to.
#[allow(unused_macros, reason = "an API may have no unions")]
macro_rules! union {
    ($name:ident by $key:literal {
        $($tag:literal $(| $more:literal)* => $variant:ident $(($from:ty))? $(+ $added:ident)?),*
        $(, _ => $other:ident)?
        $(,)?
    }) => {
        #[allow(deprecated, reason = "deprecated variants are read and written like all others")]
        impl $crate::runtime::json::Json for $name {
            fn decode(
                reader: &mut $crate::runtime::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::JsonError> {
                match reader.tag($key)?.as_deref() {
                    $(Some($tag $(| $more)*) => {
                        $crate::runtime::json::Json::decode(reader).map(Self::$variant)
                    })*
                    _ => union!(@other reader $($other)?),
                }
            }

            fn encode(&self, writer: &mut $crate::runtime::json::Writer) {
                match self {
                    $(Self::$variant(value) => union!(@write writer value $key $tag $($added)?),)*
                    Self::Unknown(value) => $crate::runtime::json::Json::encode(value, writer),
                }
            }

            fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown(_))
            }
        }

        union!(@convert $name { $($variant $(($from))?),* });
        serde_impls! { $name }
    };
    ($name:ident { $($variant:ident $(($from:ty))?: $guard:ident $(($($args:tt)*))?),* $(,)? }) => {
        #[allow(deprecated, reason = "deprecated variants are read and written like all others")]
        impl $crate::runtime::json::Json for $name {
            fn decode(
                reader: &mut $crate::runtime::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::JsonError> {
                let shape = reader.shape()?;
                $(union!(@prefer $variant shape reader $guard $($($args)*)?);)*
                for care in reader.care().attempts() {
                    $(
                        if union!(@guard shape $guard $($($args)*)?) {
                            union!(@attempt $variant shape reader care $guard);
                        }
                    )*
                }
                reader.unknown()?;
                Ok(Self::Unknown(shape.to_raw()))
            }

            fn encode(&self, writer: &mut $crate::runtime::json::Writer) {
                match self {
                    $(union!(@pattern $variant value $guard) => union!(@value writer value $guard),)*
                    Self::Unknown(value) => $crate::runtime::json::Json::encode(value, writer),
                }
            }

            fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown(_))
            }
        }

        union!(@convert $name { $($variant $(($from))?),* });
        serde_impls! { $name }
    };

    (@convert $name:ident { $($variant:ident $(($from:ty))?),* }) => {
        $($(
            #[allow(deprecated, reason = "deprecated variants are made like all others")]
            impl ::std::convert::From<$from> for $name {
                fn from(value: $from) -> Self {
                    Self::$variant(value.into())
                }
            }
        )?)*
    };

    (@other $reader:ident) => { $crate::runtime::json::Json::decode($reader).map(Self::Unknown) };
    (@other $reader:ident $variant:ident) => {{
        let care = $reader.care();
        let shape = $reader.shape()?;
        if let Some(value) = shape.attempt($reader, care) {
            return Ok(Self::$variant(value));
        }
        $reader.unknown()?;
        Ok(Self::Unknown(shape.to_raw()))
    }};

    (@write $writer:ident $value:ident $key:literal $tag:literal) => {
        $crate::runtime::json::Json::encode($value, $writer)
    };
    (@write $writer:ident $value:ident $key:literal $tag:literal tag) => {
        $writer.tagged($key, $tag, $value)
    };

    (@prefer $variant:ident $shape:ident $reader:ident object any $($mark:literal)|+) => {
        union!(@prefer $variant $shape $reader object , any $($mark)|+)
    };
    (
        @prefer $variant:ident $shape:ident $reader:ident object
        $($name:literal $(= $first:literal $(| $more:literal)*)?),* , any $($mark:literal)|+
    ) => {
        if $shape.has_any(&[$($mark),+]) && union!(@guard $shape object $($name $(= $first $(| $more)*)?),*) {
            union!(@attempt $variant $shape $reader (&$reader.care().decided()) object);
        }
    };
    (@prefer $($other:tt)*) => {};

    (@guard $shape:ident object any $($mark:literal)|+) => { union!(@guard $shape object) };
    (
        @guard $shape:ident object
        $($name:literal $(= $first:literal $(| $more:literal)*)?),* $(, $(any $($mark:literal)|+)?)?
    ) => {
        $shape.kind() == $crate::runtime::json::Kind::Object
            $(&& union!(@member $shape $name $($first $($more)*)?))*
    };
    (@guard $shape:ident string $($text:literal)|+) => { $shape.is_text(&[$($text),+]) };
    (@guard $shape:ident string) => { $shape.kind() == $crate::runtime::json::Kind::String };
    (@guard $shape:ident boolean) => { $shape.kind() == $crate::runtime::json::Kind::Boolean };
    (@guard $shape:ident integer) => { $shape.is_integer() };
    (@guard $shape:ident number) => { $shape.kind() == $crate::runtime::json::Kind::Number };
    (@guard $shape:ident array) => { $shape.kind() == $crate::runtime::json::Kind::Array };
    (@guard $shape:ident null) => { $shape.kind() == $crate::runtime::json::Kind::Null };
    (@guard $shape:ident any) => { true };

    (@member $shape:ident $name:literal) => { $shape.has($name) };
    (@member $shape:ident $name:literal $($text:literal)+) => { $shape.has_text($name, &[$($text),+]) };

    (@attempt $variant:ident $shape:ident $reader:ident $care:tt null) => { return Ok(Self::$variant) };
    (@attempt $variant:ident $shape:ident $reader:ident $care:tt $guard:ident) => {
        if let Some(value) = $shape.attempt($reader, *$care) {
            return Ok(Self::$variant(value));
        }
    };

    (@pattern $variant:ident $value:ident null) => { Self::$variant };
    (@pattern $variant:ident $value:ident $guard:ident) => { Self::$variant($value) };

    (@value $writer:ident $value:ident null) => { $writer.null() };
    (@value $writer:ident $value:ident $guard:ident) => {
        $crate::runtime::json::Json::encode($value, $writer)
    };
}
