//! What the emitted files look like as a whole, and where they go.

use std::collections::BTreeMap;

use crate::ir::Api;
use crate::names::{self, NamesConfig};

use super::{Ctx, Settings, emit, sample};

fn files_of(api: &Api) -> BTreeMap<String, String> {
    let names = names::assign(api, &NamesConfig { crate_name: "pets-client".to_owned(), ..NamesConfig::default() });
    let settings = Settings { name: "pets-client".to_owned(), source: "pets.yaml".to_owned(), ..Settings::default() };
    let ctx = Ctx::new(api, &names, &settings);
    crate::format::format(&emit(&ctx)).unwrap()
}

fn files() -> BTreeMap<String, String> {
    files_of(&sample::api())
}

fn assert_has(path: &str, expected: &str) {
    let files = files();
    let text = files.get(path).unwrap();
    assert!(text.contains(expected.trim_matches('\n')), "{path} has no\n{expected}\nin\n{text}");
}

/// Writes the sample where `OASMITH_SAMPLE` says, to compile it against the runtime.
#[test]
fn sample_is_written() {
    let files = files();
    if let Ok(folder) = std::env::var("OASMITH_SAMPLE") {
        for (path, text) in &files {
            let path = std::path::Path::new(&folder).join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    assert!(files.contains_key("src/types/pet.rs"));
}

#[test]
fn output_is_the_same_every_time() {
    assert_eq!(files(), files());
}

#[test]
fn every_rust_file_parses() {
    for (path, text) in files() {
        if path.ends_with(".rs") {
            syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        }
    }
}

#[test]
fn a_struct_has_its_table_and_its_builder() {
    assert_has(
        "src/types/pet.rs",
        r#"
object!(new Pet {
    "id" -> id(impl Into<String>),
    "type" -> type_(PetType),
    "born" => born(impl Into<DateTime>),
    "parent" => parent(Pet),
    "note-html" => note_html / clear_note_html(impl Into<String>),
    "owner" => owner(impl Into<String>) nullable,
    "tags" => tags(Vec<String>),
    "level" => level(Level),
    "old" => old(Old),
    "add" => add(#[deprecated] #[allow(clippy::should_implement_trait)] i64),
    "object" = "\"pet\"",
    "custom." .. => custom,
    .. => extra,
});
"#,
    );
}

#[test]
fn a_type_that_is_only_received_has_no_builder() {
    assert_has("src/types/pet_page.rs", "\nobject!(PetPage {\n    \"data\" => data,\n");
}

#[test]
fn a_large_variant_is_boxed_and_still_converts_from_its_type() {
    assert_has("src/types/animal.rs", "    Dog(Box<Pet>),");
    assert_has("src/types/animal.rs", "=> Dog(Pet)");
}

#[test]
fn members_with_the_same_rust_type_do_not_convert() {
    let mut api = sample::api();
    let union = api.types.iter_mut().find_map(|def| match &mut def.shape {
        crate::ir::Shape::Union(union) if union.variants.len() == 4 => Some(union),
        _ => None,
    });
    let union = union.unwrap();
    union.variants[2].ty = crate::ir::Type::String;
    assert!(!files_of(&api)["src/types/anything.rs"].contains("(String):"));
}

#[test]
fn an_operation_is_a_method_and_a_marker_with_its_facts() {
    assert_has(
        "src/api/pets.rs",
        r"
    pub fn create(self, body: Pet) -> Request<'c, Create> {
        Request::new(self.client).json(&body)
    }
",
    );
    assert_has(
        "src/api/pets.rs",
        r#"
operation! {
    /// `GET /pets/`: see [`Pets::list`].
    List("listPets"): "GET" "/pets/",
    output: PetPage as json,
    error: ListError,
    security: [API_KEY_AUTH] or [],
}
"#,
    );
}

#[test]
fn pages_are_read_from_the_output() {
    assert_has(
        "src/api/pets.rs",
        r#"
    const PAGES: Pages = Pages::offset("_skip");

    fn page(output: PetPage) -> Page<Pet> {
        Page::new(output.data).has_more(output.has_more)
    }
"#,
    );
}

#[test]
fn successes_are_chosen_by_status_and_media_type() {
    assert_has(
        "src/api/pets.rs",
        r#"
successes!(GetOk {
    200 if "text/csv" => OkCsv(text),
    200 => OkJson(json),
    204 => NoContent,
});
"#,
    );
}

#[test]
fn errors_are_a_table_by_status() {
    assert_has(
        "src/api/pets.rs",
        r"
errors!(ListError of Pets::list {
    /// 400
    400 => BadRequest(ErrorModel as json),
    /// 404
    404 => NotFound,
    /// 500 to 599
    500..=599 => ServerError(String as text),
    /// Any other status
    _ => Other(Box<Pet> as json),

",
    );
}

#[test]
fn an_answer_that_can_be_streamed_has_a_method_of_its_own() {
    assert_has("src/api/pets.rs", "pub fn watch_stream(self) -> Request<'c, WatchStream>");
    assert_has("src/api/pets.rs", "    output: EventStream<Pet> as events,");
}

#[test]
fn a_deprecated_type_is_allowed_where_it_is_named_and_nowhere_else() {
    assert_has("src/types/pet.rs", "#[allow(deprecated)]\nuse crate::types::Old;");
    assert!(!files()["src/types/cat.rs"].contains("deprecated"));
}

#[test]
fn types_of_some_groups_are_behind_their_features() {
    assert_has("src/types/mod.rs", "    meta if \"pets\",\n");
    assert_has("src/types/mod.rs", "    pet,\n");
}

#[test]
fn the_surface_is_sorted_and_has_fields_setters_and_calls() {
    let files = files();
    let lines: Vec<&str> = files["api.surface"].lines().collect();
    assert!(lines.is_sorted());
    for line in [
        "types::Pet.note_html: Field<String> as \"note-html\"",
        "types::Pet::new: fn(id: impl Into<String>, type_: PetType) -> Self",
        "types::Pet::clear_note_html: fn(self) -> Self",
        "api::pets::Request<'_, List>::limit: fn(self, limit: i64) -> Self",
    ] {
        assert!(lines.contains(&line), "{line} is not in {lines:#?}");
    }
}

#[test]
fn the_manifest_is_toml_whatever_the_title() {
    let manifest: toml::Table = files()["Cargo.toml"].parse().unwrap();
    assert_eq!(manifest["package"]["description"].as_str(), Some("Client for Pets \"&\" more"));
    assert_eq!(manifest["features"]["full"].as_array().unwrap().len(), 2);
}

#[test]
fn an_empty_api_is_a_crate() {
    let files = files_of(&Api::default());
    assert!(files["src/client.rs"].contains("pub fn builder(base_url: impl Into<String>) -> ClientBuilder"));
    files["Cargo.toml"].parse::<toml::Table>().unwrap();
}

#[test]
fn the_root_declares_the_runtime_before_what_uses_its_macros() {
    assert_has("src/lib.rs", "#[macro_use]\n#[rustfmt::skip]\nmod runtime;\n#[rustfmt::skip]\npub mod api;");
}
