//! The report as one page that needs nothing else: no file, no network. Everything of a document is data in it, never markup.

use anyhow::Result;
use serde_json::json;

use super::ledger::Verdict;
use super::row::Row;

/// The page around the data.
const TEMPLATE: &str = include_str!("page.html");

/// Where the data goes.
const SLOT: &str = "{{data}}";

/// The page.
pub(super) fn html(rows: &[Row], verdict: &Verdict, compiled: bool) -> Result<String> {
    let troubles: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let trouble = row.trouble(compiled)?;
            Some(json!({ "document": row.document, "text": trouble, "crashed": row.crashed() }))
        })
        .collect();
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let mut value = serde_json::to_value(row).unwrap_or_default();
            if let Some(members) = value.as_object_mut() {
                members.insert("lines_per_operation".to_owned(), json!(row.lines_per_operation()));
            }
            value
        })
        .collect();
    let data = json!({ "rows": rows, "troubles": troubles, "verdict": verdict, "compiled": compiled });
    Ok(TEMPLATE.replacen(SLOT, &embedded(&serde_json::to_string(&data)?), 1))
}

/// JSON that cannot end the element in which it stands.
fn embedded(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_needs_no_network_and_no_other_file() {
        for word in ["http://", "https://", "src=", "@import", "url(", "<link", "fetch(", "XMLHttpRequest", "WebSocket"]
        {
            let found: Vec<&str> = TEMPLATE
                .lines()
                .filter(|line| line.contains(word) && !line.contains("http://www.w3.org/2000/svg"))
                .collect();
            assert_eq!(found, Vec::<&str>::new(), "{word}");
        }
        assert!(TEMPLATE.contains("default-src 'none'"));
        assert_eq!(TEMPLATE.matches(SLOT).count(), 1);
    }

    #[test]
    fn text_of_a_document_stays_data() {
        let hostile = "</script><script>alert(1)</script><!--&{{data}}";
        let row = Row { document: hostile.to_owned(), message: hostile.to_owned(), ..Row::default() };
        let page = html(&[row], &Verdict::default(), false).unwrap();
        assert_eq!(page.matches("</script>").count(), TEMPLATE.matches("</script>").count());
        assert!(!page.contains("alert(1)</") && !page.contains("<!--&"));
        let json = page.split("<script type=\"application/json\" id=\"data\">").nth(1).unwrap();
        let data: serde_json::Value = serde_json::from_str(json.split("</script>").next().unwrap()).unwrap();
        assert_eq!(data["rows"][0]["document"], hostile);
    }

    #[test]
    fn the_page_makes_no_markup_of_text() {
        for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"] {
            assert!(!TEMPLATE.contains(word), "{word}");
        }
    }
}
