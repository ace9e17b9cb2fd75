//! What the coverage counts, in the words of the document.

use super::grammar::Disposition;
use super::swagger::tests::SWAGGER;
use super::testing::document;
use crate::diagnostic::{Code, Diagnostics};

/// Rows of the coverage of one text, without their places.
fn rows(text: &str) -> Vec<(String, Disposition, usize)> {
    let (mut files, mut diagnostics) = (crate::source::Files::default(), Diagnostics::new());
    let Ok(documents) = crate::document::load_text("api.yaml", text, &mut files, &mut diagnostics) else { panic!() };
    let rows = super::coverage(&documents).into_iter();
    rows.map(|row| (format!("{} {}", row.object, row.keyword), row.disposition, row.count)).collect()
}

#[track_caller]
fn assert_row(rows: &[(String, Disposition, usize)], name: &str, disposition: Disposition, count: usize) {
    let found: Vec<_> = rows.iter().filter(|row| row.0 == name).collect();
    assert_eq!(found, [&(name.to_owned(), disposition, count)], "{rows:#?}");
}

#[test]
fn coverage_counts_keywords_with_what_becomes_of_them() {
    let rows = rows(&document(
        "3.1.0",
        "components: {schemas: {A: {type: string, x-mine: 1}, B: {type: [string, 'null'], if: {}, x-rust-name: C, tpye: x}}}",
    ));
    assert_row(&rows, "a schema type: string", Disposition::Modelled, 2);
    assert_row(&rows, "a schema type: null", Disposition::Modelled, 1);
    assert_row(&rows, "a schema if", Disposition::Reported(Code::UnsupportedKeyword), 1);
    assert_row(&rows, "a schema x-mine", Disposition::PassedThrough, 1);
    assert_row(&rows, "a schema x-rust-name", Disposition::Modelled, 1);
    assert_row(&rows, "a schema tpye", Disposition::Reported(Code::UnknownKeyword), 1);
}

#[test]
fn coverage_of_swagger_is_in_its_own_words() {
    let rows = rows(SWAGGER);
    assert_row(&rows, "the OpenAPI object definitions", Disposition::Modelled, 1);
    assert_row(&rows, "the OpenAPI object basePath", Disposition::Modelled, 1);
    assert_row(&rows, "an operation object consumes", Disposition::Modelled, 1);
    assert_row(&rows, "a parameter object in: formData", Disposition::Modelled, 2);
    assert_row(&rows, "a parameter object in: body", Disposition::Modelled, 1);
    assert_row(&rows, "a parameter object collectionFormat: pipes", Disposition::Modelled, 1);
    assert_row(&rows, "a parameter object type: file", Disposition::Modelled, 1);
    assert_row(&rows, "a schema type: file", Disposition::Modelled, 1);
    assert_row(&rows, "a schema x-nullable", Disposition::Modelled, 1);
    assert_row(&rows, "a security scheme object flow: accessCode", Disposition::Modelled, 1);
    assert!(
        !rows.iter().any(|row| matches!(row.1, Disposition::Reported(_)) || row.0.contains("components")),
        "{rows:#?}"
    );
}

#[test]
fn coverage_counts_a_shared_object_once() {
    let rows = rows(&document(
        "3.0.3",
        "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/P'}, {$ref: '#/components/parameters/P'}], responses: {}}}}
components: {parameters: {P: {name: p, in: query, schema: {type: string}}}}",
    ));
    assert_row(&rows, "a parameter object in: query", Disposition::Modelled, 1);
    assert_row(&rows, "a parameter object $ref", Disposition::Modelled, 2);
}
