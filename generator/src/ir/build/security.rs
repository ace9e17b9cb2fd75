//! Security requirements: which schemes an operation asks for, and which of them one request can fulfill together.

use super::Builder;
use crate::diagnostic::Code;
use crate::ir::{Requirement, SchemeId, SchemeKind};
use crate::resolve;

impl Builder<'_> {
    /// What an operation requires: the alternatives that can be fulfilled.
    pub(super) fn security(&mut self, operation: &resolve::Operation) -> Vec<Vec<Requirement>> {
        let mut alternatives = Vec::new();
        for alternative in operation.security.iter().flatten() {
            let mut requirements = Vec::new();
            let mut known = true;
            for (name, scopes) in alternative {
                match self.api.security.iter().position(|scheme| scheme.wire == *name) {
                    Some(index) => requirements.push(Requirement { scheme: SchemeId(index), scopes: scopes.clone() }),
                    None => {
                        known = false;
                        let message =
                            format!("the security requirement names `{name}`, which no security scheme declares");
                        self.report(Code::UnsupportedSecurity, operation.place.span, &operation.place.pointer, message)
                            .help(
                                "this alternative is left out; declare the scheme under `components/securitySchemes`",
                            );
                    }
                }
            }
            if known {
                alternatives.extend(self.apart(requirements, &operation.place));
            }
        }
        alternatives
    }

    /// Schemes that go to the same place exclude each other, so that one of them has to do.
    fn apart(&mut self, requirements: Vec<Requirement>, at: &resolve::Place) -> Vec<Vec<Requirement>> {
        let order: Vec<SchemeId> = requirements.iter().map(|requirement| requirement.scheme).collect();
        let place_of = |requirement: &Requirement| order.iter().position(|scheme| *scheme == requirement.scheme);
        let mut alternatives: Vec<Vec<Requirement>> = vec![Vec::new()];
        let mut places: Vec<(String, Vec<Requirement>)> = Vec::new();
        for requirement in requirements {
            let scheme = self.api.security.get(requirement.scheme.0);
            let Some(place) = scheme.and_then(|scheme| place(&scheme.kind)) else {
                alternatives.iter_mut().for_each(|alternative| alternative.push(requirement.clone()));
                continue;
            };
            match places.iter_mut().find(|(known, _)| *known == place) {
                Some((_, rivals)) => rivals.push(requirement),
                None => places.push((place, vec![requirement])),
            }
        }
        for (place, rivals) in places {
            if rivals.len() > 1 {
                self.report_rivals(&place, &rivals, at);
            }
            let with = |alternative: Vec<Requirement>| {
                rivals.iter().map(move |rival| alternative.iter().chain([rival]).cloned().collect())
            };
            alternatives = alternatives.into_iter().flat_map(with).collect();
        }
        alternatives.iter_mut().for_each(|alternative| alternative.sort_by_key(place_of));
        alternatives
    }

    fn report_rivals(&mut self, place: &str, rivals: &[Requirement], at: &resolve::Place) {
        let schemes = rivals.iter().filter_map(|rival| self.api.security.get(rival.scheme.0));
        let names: Vec<String> = schemes.map(|scheme| format!("`{}`", scheme.wire)).collect();
        let message = format!("{} are all sent in the {place}, of which a request has one", names.join(" and "));
        self.report(Code::UnsupportedSecurity, at.span, &at.pointer, message).help(
            "any of them is taken for enough; write them as alternatives, each in an item of `security` of its own",
        );
    }
}

/// What a request has once only, where a scheme puts its credential there.
fn place(kind: &SchemeKind) -> Option<String> {
    match kind {
        SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::OtherHttp(_) | SchemeKind::OAuth2(_) => {
            Some("header `authorization`".to_owned())
        }
        SchemeKind::HeaderKey(name) => Some(format!("header `{}`", name.to_ascii_lowercase())),
        SchemeKind::QueryKey(name) => Some(format!("query parameter `{name}`")),
        SchemeKind::CookieKey(name) => Some(format!("cookie `{name}`")),
        SchemeKind::MutualTls => None,
    }
}
