//! "Did you mean": the nearest of a few names.

/// Longer names than this are made by machines, and nobody misspells them.
const LONGEST: usize = 80;

/// The candidate that is nearest to a misspelled `name`: at most a third of its characters differ, and case does not count.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    if length > LONGEST {
        return None;
    }
    let limit = (length / 3).max(1);
    let name = name.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (strsim::osa_distance(&name, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_letters_are_recognized() {
        assert_eq!(closest("Laed", ["Contact", "Lead", "Load"]), Some("Lead"));
    }

    #[test]
    fn case_does_not_matter() {
        assert_eq!(closest("operationID", ["operationId"]), Some("operationId"));
    }

    #[test]
    fn nothing_is_suggested_when_nothing_is_near() {
        assert_eq!(closest("colour", ["type", "format"]), None);
    }
}
