//! Whether cost grows with the document: synthetic documents, each twice as large as the one before.

use std::fmt::Write as _;

use anyhow::Result;

use super::Bench;
use super::measure::{self, Cost};

const SIZES: [usize; 5] = [1_000, 2_000, 4_000, 8_000, 16_000];

/// Measures documents of 1,000 to 16,000 operations.
pub(super) fn run(bench: &Bench) -> Result<String> {
    let mut text =
        String::from("| operations | CPU | ratio | peak memory | ratio |\n| --- | --- | --- | --- | --- |\n");
    let mut before: Option<Cost> = None;
    for size in SIZES {
        println!("generating {size} operations");
        let (input, place) = (bench.out.join(format!("linear-{size}.json")), bench.out.join("linear"));
        std::fs::write(&input, document(size))?;
        let (from, to) = (input.to_string_lossy().into_owned(), place.to_string_lossy().into_owned());
        let cost = measure::cheapest(bench.runs.min(3), || {
            bench.set_aside(&place)?;
            measure::command(&bench.program, &["generate", &from, "--out", &to, "--format", "json"], &bench.out, &[])
        })?;
        let Some(cost) = cost else {
            let _ = writeln!(text, "| {size} | refused | | | |");
            continue;
        };
        let ratio =
            |now: f64, before: Option<f64>| before.map(|before| format!("{:.2}", now / before)).unwrap_or_default();
        let _ = writeln!(
            text,
            "| {size} | {:.2} s | {} | {} MB | {} |",
            cost.cpu,
            ratio(cost.cpu, before.map(|before| before.cpu)),
            cost.peak / 1_000_000,
            ratio(bytes(cost.peak), before.map(|before| bytes(before.peak))),
        );
        before = Some(cost);
    }
    Ok(text)
}

/// Groups of ten operations, each with an object of its own that is sent and received.
fn document(operations: usize) -> String {
    let mut text = String::from("{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Linear\",\"version\":\"1\"},\"paths\":{");
    for index in 0..operations {
        let comma = if index == 0 { "" } else { "," };
        let group = index / 10;
        let _ = write!(
            text,
            "{comma}\"/g{group}/r{index}/{{id}}\":{{\"post\":{{\"operationId\":\"make_{index}\",\"tags\":[\"group {group}\"],\
             \"parameters\":[{{\"name\":\"id\",\"in\":\"path\",\"required\":true,\"schema\":{{\"type\":\"string\"}}}},\
             {{\"name\":\"limit\",\"in\":\"query\",\"schema\":{{\"type\":\"integer\"}}}}],\
             \"requestBody\":{{\"required\":true,\"content\":{{\"application/json\":{{\"schema\":\
             {{\"$ref\":\"#/components/schemas/Thing{index}\"}}}}}}}},\
             \"responses\":{{\"200\":{{\"description\":\"Done.\",\"content\":{{\"application/json\":{{\"schema\":\
             {{\"$ref\":\"#/components/schemas/Thing{index}\"}}}}}}}}}}}}}}"
        );
    }
    text.push_str("},\"components\":{\"schemas\":{");
    for index in 0..operations {
        let comma = if index == 0 { "" } else { "," };
        let next = (index + 1) % operations;
        let _ = write!(
            text,
            "{comma}\"Thing{index}\":{{\"type\":\"object\",\"required\":[\"id\"],\"description\":\"Thing {index}.\",\
             \"properties\":{{\"id\":{{\"type\":\"string\",\"description\":\"What it is called.\"}},\
             \"count\":{{\"type\":\"integer\"}},\"state\":{{\"type\":\"string\",\"enum\":[\"new{index}\",\"old\"]}},\
             \"next\":{{\"$ref\":\"#/components/schemas/Thing{next}\"}},\
             \"tags\":{{\"type\":\"array\",\"items\":{{\"type\":\"string\"}}}}}}}}"
        );
    }
    text.push_str("}}}");
    text
}

#[expect(clippy::cast_precision_loss, reason = "sizes of memory are far below 2^52")]
fn bytes(value: u64) -> f64 {
    value as f64
}
