//! Path items and operations.

use super::body::{self, Found};
use super::{Upgrade, parameter, response, servers, texts};
use crate::document::{Node, Value};
use crate::normalize::place::Place;

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch"];

impl<'a> Upgrade<'a, '_> {
    /// Rewrites a path item, or the one that it refers to.
    pub(super) fn path_item(&mut self, node: &'a Node, place: Place) {
        let mut own = (node, place);
        if let Some(text) = node.get("$ref").and_then(Node::as_str) {
            let Ok(target) = self.references.resolve(&own.1, text) else { return };
            if !METHODS.iter().any(|method| node.get(method).is_some()) {
                own = (target.node, target.place);
            }
        }
        let (node, place) = own;
        if self.changes.contains_key(&place) || node.as_object().is_none() {
            return;
        }
        let shared = self.parameters(node, &place);
        let mut out = node.clone();
        for method in METHODS {
            if let Some(operation) = node.get(method).filter(|operation| operation.as_object().is_some()) {
                let new = self.operation(operation, &place.child(method), &shared);
                out.insert(method, new);
            }
        }
        if node.get("parameters").is_some() {
            let new = self.without_bodies(&shared);
            out.insert("parameters", Node::new(Value::Array(new), node.span));
        }
        self.changes.insert(place, out);
    }

    /// The parameters of a path item or an operation, references resolved.
    fn parameters(&self, node: &'a Node, place: &Place) -> Vec<Found<'a>> {
        let list = node.get("parameters").and_then(Node::as_array).unwrap_or_default();
        let place = place.child("parameters");
        let found = list.iter().enumerate().map(|(at, written)| {
            let own = Found { node: written, place: place.index(at), written };
            let Some(text) = written.get("$ref").and_then(Node::as_str) else { return own };
            match self.references.resolve(&own.place, text) {
                Ok(target) => Found { node: target.node, place: target.place, written },
                Err(_) => own,
            }
        });
        found.collect()
    }

    /// The parameters that OpenAPI 3 still has, as they are written there.
    fn without_bodies(&mut self, found: &[Found<'a>]) -> Vec<Node> {
        let mut out = Vec::new();
        for found in found.iter().filter(|found| !matches!(found.location(), "body" | "formData")) {
            if found.written.get("$ref").is_some() {
                self.shared_parameter(found.node, found.place.clone());
                out.push(found.written.clone());
            } else {
                out.push(parameter::parameter(found.node, self.diagnostics));
            }
        }
        out
    }

    fn operation(&mut self, node: &'a Node, place: &Place, shared: &[Found<'a>]) -> Node {
        let mut out = node.clone();
        let own = self.parameters(node, place);
        let consumes = body::declared(texts(node, "consumes"), &self.defaults, false);
        let produces = body::declared(texts(node, "produces"), &self.defaults, true);
        if let Some(body) = self.request_body(&own, shared, place, &consumes) {
            out.insert("requestBody", body);
        }
        if node.get("parameters").is_some() {
            let new = self.without_bodies(&own);
            out.insert("parameters", Node::new(Value::Array(new), node.span));
        }
        if let Some(responses) = out.get_mut("responses").and_then(Node::as_object_mut) {
            let place = place.child("responses");
            for (status, entry) in responses.iter_mut().filter(|(status, _)| !status.starts_with("x-")) {
                let place = place.child(status);
                let reference = entry.node.get("$ref").and_then(Node::as_str).map(str::to_owned);
                match reference.map(|text| self.references.resolve(&place, &text)) {
                    Some(Ok(target)) => self.shared_response(target.node, target.place),
                    Some(Err(_)) => {}
                    None => entry.node = response::response(&entry.node, &place, &produces, self.diagnostics),
                }
            }
        }
        if self.defaults.host.is_some()
            && let Some(schemes) = node.get("schemes")
            && let Some(servers) = servers(Some(schemes), &self.defaults, node.span, self.diagnostics)
        {
            out.insert("servers", servers);
        }
        for key in ["consumes", "produces", "schemes"] {
            out.remove(key);
        }
        out
    }

    /// The body that the operation's own parameters describe, or else those of its path.
    fn request_body(
        &mut self,
        own: &[Found<'a>],
        shared: &[Found<'a>],
        place: &Place,
        consumes: &[String],
    ) -> Option<Node> {
        for list in [own, shared] {
            if let Some(found) = list.iter().find(|found| found.location() == "body") {
                return Some(body::from_body(found, place, consumes));
            }
            let forms: Vec<Found<'a>> = list.iter().filter(|found| found.location() == "formData").cloned().collect();
            if let Some(body) = body::from_form(&forms, place, consumes, self.diagnostics) {
                return Some(body);
            }
        }
        None
    }
}
