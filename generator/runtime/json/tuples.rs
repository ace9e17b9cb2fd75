//! Arrays whose elements have types of their own.

use super::error::{JsonError, Problem};
use super::reader::Reader;
use super::{Json, Writer};

macro_rules! tuples {
    ($(($($item:ident $index:tt),+))*) => {$(
        impl<$($item: Json),+> Json for ($($item,)+) {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
                let start = reader.begin_array()?;
                let mut more = true;
                let tuple = ($(item::<$item>(reader, start, &mut more)?,)+);
                while more && reader.element()? {
                    reader.skip()?;
                }
                Ok(tuple)
            }

            fn encode(&self, writer: &mut Writer) {
                writer.begin_array();
                $(
                    writer.element();
                    self.$index.encode(writer);
                )+
                writer.end_array();
            }
        }
    )*};
}

/// The next item of a tuple whose array begins at the given offset.
fn item<T: Json>(reader: &mut Reader<'_>, start: usize, more: &mut bool) -> Result<T, JsonError> {
    *more = *more && reader.element()?;
    if *more {
        return T::decode(reader);
    }
    T::absent().ok_or_else(|| JsonError::new(Problem::Invalid("an array with more elements"), start))
}

tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11)
}
