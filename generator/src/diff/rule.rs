//! The closed set of rules that decide what a change of the Rust API means for its users.

use std::fmt;

/// What a change asks of the version, as Cargo counts (semver, and its reading for versions before 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing changes.
    None,
    /// The Rust API is the same.
    Patch,
    /// Everything that compiled still does.
    Minor,
    /// A program that compiled may no longer do so.
    Major,
}

impl Level {
    /// `none`, `patch`, `minor` or `major`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

macro_rules! rules {
    ($($variant:ident => $name:literal, $level:ident, $explanation:literal;)*) => {
        /// Why a change has its level.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule {
            $(#[doc = $explanation] $variant,)*
        }

        impl Rule {
            /// Every rule, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it asks of the version.
            pub fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)* }
            }

            /// Why, in a sentence or two.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $explanation,)* }
            }
        }
    };
}

rules! {
    ItemRemoved => "item-removed", Major,
        "A type, a constant or an operation is gone: whoever names it no longer compiles.";
    ItemKindChanged => "item-kind-changed", Major,
        "What was a struct is an enum or an alias now, or the other way round: literals, patterns and fields no longer fit.";
    FieldRemoved => "field-removed", Major,
        "A public field is gone.";
    FieldTypeChanged => "field-type-changed", Major,
        "A public field has another type, also when it was only wrapped in `Option` or freed of it.";
    FieldAddedToClosed => "field-added-to-closed", Major,
        "A struct that is not `#[non_exhaustive]` has one more public field: literals of it no longer compile.";
    VariantRemoved => "variant-removed", Major,
        "A variant of an enum is gone.";
    VariantPayloadChanged => "variant-payload-changed", Major,
        "A variant holds another type: whoever builds it or looks inside no longer compiles.";
    VariantAddedToClosed => "variant-added-to-closed", Major,
        "An enum that is not `#[non_exhaustive]` has one more variant: a `match` without a rest no longer compiles.";
    MethodRemoved => "method-removed", Major,
        "A function, a method or a setter is gone.";
    ArgumentsChanged => "arguments-changed", Major,
        "A function takes more, fewer or other arguments.";
    ReturnTypeChanged => "return-type-changed", Major,
        "A function returns another type.";
    AssociatedTypeChanged => "associated-type-changed", Major,
        "What a call gives, or how it fails, has another type.";
    AliasTargetChanged => "alias-target-changed", Major,
        "A type alias stands for another type.";
    ConstantTypeChanged => "constant-type-changed", Major,
        "A constant has another type.";
    TraitRemoved => "trait-removed", Major,
        "A type no longer implements a trait, derived or not.";
    BecameNonExhaustive => "became-non-exhaustive", Major,
        "A type became `#[non_exhaustive]`: literals and complete matches no longer compile.";
    FeatureRemoved => "feature-removed", Major,
        "A cargo feature is gone: a manifest that asks for it no longer resolves.";
    FeatureOff => "feature-off-by-default", Major,
        "A cargo feature is no longer on by default.";
    GateNarrowed => "gate-narrowed", Major,
        "An item is there only with features that it did not need before.";

    ItemAdded => "item-added", Minor,
        "A type, a constant or an operation is new.";
    Renamed => "renamed", Minor,
        "A type has a new name; the old one stays as a deprecated alias, which does everything that it did.";
    FieldAdded => "field-added", Minor,
        "A `#[non_exhaustive]` struct has one more field: nobody outside the crate writes literals or complete patterns of it.";
    VariantAdded => "variant-added", Minor,
        "A `#[non_exhaustive]` enum has one more variant: every `match` outside the crate has a rest already.";
    MethodAdded => "method-added", Minor,
        "A function, a method or a setter is new.";
    TraitAdded => "trait-added", Minor,
        "A type implements one more trait.";
    BecameExhaustive => "became-exhaustive", Minor,
        "A type is no longer `#[non_exhaustive]`.";
    FeatureAdded => "feature-added", Minor,
        "A cargo feature is new, or one is on by default that was not.";
    GateWidened => "gate-widened", Minor,
        "An item is there with features that were not enough before.";
    Deprecated => "deprecated", Minor,
        "An item is deprecated now: it works and warns.";

    Undeprecated => "no-longer-deprecated", Patch,
        "An item is no longer deprecated.";
    ArgumentRenamed => "argument-renamed", Patch,
        "An argument has another name; Rust's arguments are positional.";
    WireChanged => "wire-changed", Patch,
        "What is sent or read differs: a name on the wire, a path, a host or who may call. The Rust API is the same.";
    InsideOnly => "inside-only", Patch,
        "The Rust API is the same: documentation or what happens inside the crate changed.";
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_explanations_are_sentences() {
        let names: std::collections::BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.as_str()).collect();
        assert_eq!(names.len(), Rule::ALL.len());
        assert!(Rule::ALL.iter().all(|rule| rule.explanation().ends_with('.')));
    }
}
