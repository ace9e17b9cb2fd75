//! Sample types, written as the generator writes them.

use crate::runtime::{Base64, Date, DateTime, Field, PrefixedFields, RawJson, Secret, Value};
use std::collections::BTreeMap;

/// An opportunity.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Opportunity {
    /// Identifier.
    pub id: String,
    /// Status.
    pub status_id: String,
    /// Value in cents.
    pub value: Option<i64>,
    /// How often the value comes.
    pub value_period: Option<ValuePeriod>,
    /// Files.
    pub attachments: Option<Vec<Attachment>>,
    /// Note.
    pub note_html: Field<String>,
    /// Creation.
    pub date_created: Option<DateTime>,
    /// When it was won.
    pub date_won: Option<Date>,
    /// Parent.
    pub parent: Option<Box<Opportunity>>,
    /// A name that is a keyword.
    pub r#type: Option<String>,
    /// Old.
    #[deprecated]
    pub old: Option<String>,
    /// Custom fields.
    pub custom: PrefixedFields,
    /// Everything else.
    pub extra: BTreeMap<String, Value>,
}

object!(new Opportunity {
    "id" -> id(impl Into<String>),
    "status_id" -> status_id(impl Into<String>),
    "value" => value(i64),
    "value_period" => value_period(impl Into<ValuePeriod>),
    "attachments" => attachments(Vec<Attachment>),
    "note_html" => note_html / clear_note_html(impl Into<String>),
    "date_created" => date_created(impl Into<DateTime>),
    "date_won" => date_won(impl Into<Date>) nullable,
    "parent" => parent(impl Into<Box<Opportunity>>),
    "object" = "\"opportunity\"",
    "type" => r#type(impl Into<String>),
    "old" => old(#[deprecated] impl Into<String>),
    "custom." .. => custom,
    .. => extra,
});

/// A page.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OpportunityList {
    /// Items.
    pub data: Vec<Opportunity>,
    /// Whether there is more.
    pub has_more: Option<bool>,
}

object! {
    OpportunityList {
        "data" => data,
        "has_more" => has_more,
    }
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Attachment {
    /// Name.
    pub filename: Option<String>,
    /// Content.
    pub content: Option<Base64>,
    /// Password.
    pub password: Option<Secret>,
}

object! { Attachment { "filename" => filename, "content" => content, "password" => password } }

/// An object without members.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Empty {}

object!(new Empty {});

/// An object of which only the rest is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Counts {
    /// Counts.
    pub extra: BTreeMap<String, i64>,
}

object!(new Counts { .. => extra });

string_enum! {
    /// How often a value comes.
    pub enum ValuePeriod {
        /// `one_time`
        OneTime = "one_time",
        /// `monthly`
        Monthly = "monthly",
        /// `yearly`
        #[deprecated]
        Yearly = "yearly",
    }
}

integer_enum! {
    /// A level.
    pub enum Level {
        /// `-1`
        Below = -1,
        /// `1`
        Low = 1,
        /// `2`
        High = 2,
    }
}

/// A pet.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Pet {
    /// `cat`
    Cat(Cat),
    /// `dog`
    Dog(Box<Dog>),
    /// A value that none of the members describes, as it came.
    Unknown(RawJson),
}

union! { Pet by "petType" { "cat" => Cat, "dog" | "wolf" => Dog + tag } }

/// A union by a tag whose last member takes what has another tag, or none.
#[derive(Debug, Clone, PartialEq)]
pub enum Animal {
    /// `cat`
    Cat(Cat),
    /// `other`
    Other(Other),
    /// Something else.
    Unknown(RawJson),
}

union! { Animal by "petType" { "cat" => Cat, "other" => Other, _ => Other } }

/// A member that keeps any tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Other {
    /// The tag.
    pub pet_type: Option<String>,
    /// Something that it must have.
    pub legs: i64,
}

object! { Other { "petType" => pet_type, "legs" => legs } }

/// A cat.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Cat {
    /// Tag.
    pub pet_type: String,
    /// Lives.
    pub lives: u8,
}

object! { Cat { "petType" => pet_type, "lives" => lives } }

/// A dog.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Dog {
    /// Friend.
    pub friend: Option<Pet>,
}

object!(new Dog { "friend" => friend(Pet) });

/// A union without a tag.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Details {
    /// An object.
    Email(Email),
    /// An object with a constant.
    Typed(Typed),
    /// One of two words.
    Period(ValuePeriod),
    /// Any text.
    Text(String),
    /// A flag.
    Flag(bool),
    /// An integer.
    Count(i64),
    /// A number.
    Amount(f64),
    /// A list.
    Many(Vec<i64>),
    /// Nothing.
    Nothing,
    /// A value that none of the members describes, as it came.
    Unknown(RawJson),
}

union! {
    Details {
        Email: object("contact_id", "subject"),
        Typed: object("type" = "a" | "b", "id"),
        Period: string("one_time" | "monthly"),
        Text: string,
        Flag: boolean,
        Count: integer,
        Amount: number,
        Many: array,
        Nothing: null,
    }
}

/// An email.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Email {
    /// Contact.
    pub contact_id: String,
    /// Subject.
    pub subject: String,
}

object! { Email { "contact_id" => contact_id, "subject" => subject } }

/// Something with a type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Typed {
    /// Type.
    pub r#type: String,
    /// Identifier.
    pub id: i64,
}

object! { Typed { "type" => r#type, "id" => id } }

/// A union whose last row takes anything, and whose members fail late.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Node {
    /// Left.
    Left(Box<Left>),
    /// Right.
    Right(Box<Right>),
    /// A value that none of the members describes, as it came.
    Unknown(RawJson),
}

/// A union whose first member is itself a union.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Nested {
    /// A pet.
    Pet(Pet),
    /// An object with fins.
    Fish(crate::json::RawJson),
    /// A value that none of the members describes, as it came.
    Unknown(crate::json::RawJson),
}

union! { Nested { Pet: any, Fish: object("fins") } }

/// An end of a line, told by the optional keys that only one kind has.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum End {
    /// At a place.
    Placed(Placed),
    /// At the side of something.
    Attached(Attached),
    /// A value that none of the members describes, as it came.
    Unknown(RawJson),
}

union! { End { Placed: object, Attached: object(any "magnet" | "side") } }

/// An end at a place.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Placed {
    /// Node.
    pub node: Option<String>,
    /// Place.
    pub place: Option<i64>,
}

object! { Placed { "node" => node, "place" => place } }

/// An end at the side of something.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Attached {
    /// Node.
    pub node: Option<String>,
    /// Magnet.
    pub magnet: Option<String>,
    /// Side.
    pub side: Option<i64>,
}

object! { Attached { "node" => node, "magnet" => magnet, "side" => side } }

/// A message, told by a constant inside or by the values of an enum.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Message {
    /// Has a constant.
    Short(Short),
    /// Has another constant, inside.
    Long(Long),
    /// A value that none of the members describes, as it came.
    Unknown(RawJson),
}

union! { Message { Short: object("from"), Long: object("from") } }

/// A message from a short sender.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Short {
    /// Sender.
    pub from: ShortSender,
    /// How often.
    pub often: Option<ValuePeriod>,
}

object! { Short { "from" => from, "often" => often } }

/// A sender.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShortSender {}

object! { ShortSender { "kind" = "\"short\"" } }

/// A message from a long sender.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Long {
    /// Sender.
    pub from: LongSender,
    /// How often.
    pub often: Option<Often>,
}

object! { Long { "from" => from, "often" => often } }

/// A sender.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LongSender {
    /// Kind.
    pub kind: Option<String>,
}

object! { LongSender { "kind" => kind } }

string_enum! {
    /// How often.
    pub enum Often {
        /// Daily.
        Daily = "daily",
    }
}

/// An integer of more than 64 bits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wide {
    /// The integer.
    pub wide: i128,
}

object! { Wide { "wide" => wide } }

union! { Node { Left: object("child"), Right: object("child") } }

/// Left.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Left {
    /// Child.
    pub child: Node,
    /// Required.
    pub left: i64,
}

object! { Left { "child" => child, "left" => left } }

/// Right.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Right {
    /// Child.
    pub child: Node,
    /// Required.
    pub right: i64,
}

object! { Right { "child" => child, "right" => right } }

/// A recursive list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tree(pub Vec<Tree>);

newtype! { Tree }

text_format! { std::net::IpAddr }
