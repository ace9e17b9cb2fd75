//! The reserved names are those that the runtime really has.

use super::{CLIENT, CLIENT_BUILDER, REQUEST, TYPES};
use crate::runtime::FILES;

/// Every method that the runtime implements for a type, whatever its visibility.
fn methods(name: &str) -> Vec<String> {
    let mut methods = Vec::new();
    for item in FILES.iter().flat_map(|file| syn::parse_file(file.text).unwrap().items) {
        let syn::Item::Impl(item) = item else { continue };
        let syn::Type::Path(path) = &*item.self_ty else { continue };
        if item.trait_.is_none() && path.path.segments.last().is_some_and(|segment| segment.ident == name) {
            methods.extend(item.items.iter().filter_map(|member| match member {
                syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            }));
        }
    }
    methods
}

fn missing(name: &str, reserved: &[&str]) -> Vec<String> {
    let methods = methods(name);
    assert!(!methods.is_empty(), "{name} has no methods");
    methods.into_iter().filter(|method| !reserved.contains(&method.as_str())).collect()
}

#[test]
fn methods_of_the_runtime_are_reserved() {
    assert_eq!(missing("Client", CLIENT), [""; 0]);
    assert_eq!(missing("ClientBuilder", CLIENT_BUILDER), [""; 0]);
    assert_eq!(missing("Request", REQUEST), [""; 0]);
}

#[test]
fn types_of_the_runtime_are_reserved() {
    let root = syn::parse_file(include_str!("../../runtime/mod.rs")).unwrap();
    let mut exported = Vec::new();
    for item in root.items {
        if let syn::Item::Use(item) = item {
            leaves(&item.tree, &mut exported);
        }
    }
    exported.retain(|name| name.starts_with(char::is_uppercase) && !TYPES.contains(&name.as_str()));
    assert_eq!(exported, [""; 0]);
}

fn leaves(tree: &syn::UseTree, names: &mut Vec<String>) {
    match tree {
        syn::UseTree::Path(path) => leaves(&path.tree, names),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
        syn::UseTree::Name(name) => names.push(name.ident.to_string()),
        syn::UseTree::Rename(rename) => names.push(rename.rename.to_string()),
        syn::UseTree::Glob(_) => {}
    }
}
