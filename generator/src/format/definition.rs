//! Structs and enums: documentation, attributes and members, one a line.

use crate::tree::{Definition, Kind, Member};

use super::layout::{INDENT, documentation, line};

/// Writes one definition.
pub(super) fn print(definition: &Definition, text: &mut String) {
    documentation(&definition.docs, "", text);
    for attribute in &definition.attributes {
        line(text, "", attribute);
    }
    let kind = match definition.kind {
        Kind::Struct => "struct",
        Kind::Enum => "enum",
    };
    let name = &definition.name;
    if definition.members.is_empty() {
        return line(text, "", &format!("pub {kind} {name} {{}}"));
    }
    line(text, "", &format!("pub {kind} {name} {{"));
    for member in &definition.members {
        self::member(definition.kind, member, text);
    }
    line(text, "", "}");
}

fn member(kind: Kind, member: &Member, text: &mut String) {
    documentation(&member.docs, INDENT, text);
    for attribute in &member.attributes {
        line(text, INDENT, attribute);
    }
    let name = &member.name;
    let declared = match (kind, &member.ty) {
        (Kind::Struct, Some(ty)) => format!("pub {name}: {ty},"),
        (Kind::Enum, Some(ty)) => format!("{name}({ty}),"),
        (_, None) => format!("{name},"),
    };
    line(text, INDENT, &declared);
}
