//! Nouns: the singular of a plural, and whether two spellings are the same noun.

/// Plurals that no rule leads back, and words that only look like plurals.
const IRREGULAR: &[(&str, &str)] = &[
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("aws", "aws"),
    ("bonuses", "bonus"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("campuses", "campus"),
    ("canvas", "canvas"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("criteria", "criterion"),
    ("dns", "dns"),
    ("geese", "goose"),
    ("https", "https"),
    ("indices", "index"),
    ("kubernetes", "kubernetes"),
    ("lens", "lens"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("movies", "movie"),
    ("news", "news"),
    ("people", "person"),
    ("quizzes", "quiz"),
    ("series", "series"),
    ("sms", "sms"),
    ("species", "species"),
    ("statuses", "status"),
    ("toes", "toe"),
    ("vertices", "vertex"),
    ("viruses", "virus"),
    ("women", "woman"),
];

/// The singular of a plural, by the rules that hold for nearly all names of resources.
pub(super) fn one_of(word: &str) -> String {
    if let Ok(index) = IRREGULAR.binary_search_by(|(plural, _)| (*plural).cmp(word)) {
        return IRREGULAR.get(index).map_or(word, |(_, singular)| singular).to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes"] {
        if word.ends_with(ending) {
            return word.strip_suffix("es").unwrap_or(word).to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.is_empty() && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// Whether a word is a plural.
pub(super) fn is_plural(word: &str) -> bool {
    one_of(word) != word
}

/// The words of a noun with its last one in the singular.
pub(super) fn singular(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut() {
        *last = one_of(last);
    }
    words
}

/// Whether two spellings mean the same: number and the places between words make no difference.
pub(super) fn same(left: &[String], right: &[String]) -> bool {
    let joined = |words: &[String]| -> String { words.iter().map(|word| one_of(word)).collect() };
    joined(left) == joined(right)
}
