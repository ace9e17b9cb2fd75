//! What a schema asks of a value beyond its type: bounds, lengths, patterns.

/// What a schema asks of a value and of what is inside it, as far as that has no name of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Limits {
    /// What is asked of the value itself.
    pub own: Vec<Limit>,
    /// What is asked of what is inside: of the items of a list or the values of a map once, of a tuple place by place.
    pub inside: Vec<Limits>,
}

/// One thing that is asked of a value. Numbers are JSON texts, so that none of their digits is lost.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Limit {
    /// `minimum`
    Minimum(String),
    /// `exclusiveMinimum`
    ExclusiveMinimum(String),
    /// `maximum`
    Maximum(String),
    /// `exclusiveMaximum`
    ExclusiveMaximum(String),
    /// `multipleOf`
    MultipleOf(String),
    /// `minLength`, in characters.
    MinLength(u64),
    /// `maxLength`, in characters.
    MaxLength(u64),
    /// `pattern`: a regular expression of ECMA-262 that compiles.
    Pattern(String),
    /// `minItems`
    MinItems(u64),
    /// `maxItems`
    MaxItems(u64),
    /// `uniqueItems`
    UniqueItems,
    /// `minProperties`
    MinProperties(u64),
    /// `maxProperties`
    MaxProperties(u64),
    /// `dependentRequired`: where the first property is, the others must be.
    DependentRequired(String, Vec<String>),
}

/// What a limit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Numbers.
    Number,
    /// Strings.
    Text,
    /// Arrays.
    List,
    /// Objects.
    Object,
}

impl Limits {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.inside.iter().all(Self::is_empty)
    }

    /// Adds what is asked beside it.
    pub fn merge(&mut self, other: Self) {
        for limit in other.own {
            if !self.own.contains(&limit) {
                self.own.push(limit);
            }
        }
        if self.inside.len() < other.inside.len() {
            self.inside.resize(other.inside.len(), Self::default());
        }
        for (inside, other) in self.inside.iter_mut().zip(other.inside) {
            inside.merge(other);
        }
    }

    /// Whether a regular expression is among them, also further inside.
    pub fn has_pattern(&self) -> bool {
        self.own.iter().any(|limit| matches!(limit, Limit::Pattern(_))) || self.inside.iter().any(Self::has_pattern)
    }
}

impl Limit {
    /// What the limit is about; it asks nothing of anything else (JSON Schema 2020-12, Validation §6).
    pub fn subject(&self) -> Subject {
        match self {
            Self::Minimum(_)
            | Self::ExclusiveMinimum(_)
            | Self::Maximum(_)
            | Self::ExclusiveMaximum(_)
            | Self::MultipleOf(_) => Subject::Number,
            Self::MinLength(_) | Self::MaxLength(_) | Self::Pattern(_) => Subject::Text,
            Self::MinItems(_) | Self::MaxItems(_) | Self::UniqueItems => Subject::List,
            Self::MinProperties(_) | Self::MaxProperties(_) | Self::DependentRequired(..) => Subject::Object,
        }
    }
}
