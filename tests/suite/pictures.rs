//! The pictures of the README are what the program really prints. `UPDATE_PICTURES=1` makes them again.

use std::fs;
use std::process::Command;

use anstyle_svg::Term;
use tests::root;

/// The name of a picture below `docs`, and the command that is shown, as it is given below `tests/pictures`.
const PICTURES: &[(&str, &[&str])] = &[
    ("mistake", &["check", "mistake.yaml"]),
    ("check", &["check", "shop.yaml"]),
    ("diff", &["diff", "orders.yaml", "orders-next.yaml"]),
];

/// What a command prints on a terminal with colors, as a picture.
fn picture(arguments: &[&str]) -> String {
    let output = Command::new(&*crate::cli::PROGRAM)
        .args(arguments)
        .env("CLICOLOR_FORCE", "1")
        .env_remove("NO_COLOR")
        .current_dir(root().join("tests/pictures"))
        .output()
        .unwrap();
    let printed = String::from_utf8([output.stderr, output.stdout].concat()).unwrap();
    let command = format!("\u{1b}[1m$ oasmith {}\u{1b}[0m\n", arguments.join(" "));
    Term::new().render_svg(&format!("{command}{}", printed.trim_end()))
}

#[test]
fn pictures_show_what_is_printed() {
    for (name, arguments) in PICTURES {
        let path = root().join(format!("docs/{name}.svg"));
        let now = picture(arguments);
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            fs::write(&path, &now).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == now, "{} is not what is printed; run this test with `UPDATE_PICTURES=1`", path.display());
        assert!(now.len() < 60_000, "{name} is large");
    }
}

#[test]
fn the_readme_shows_every_picture() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for (name, _) in PICTURES {
        assert!(readme.contains(&format!("](docs/{name}.svg)")), "{name} is not shown");
    }
    assert_eq!(readme.matches(".svg)").count(), PICTURES.len());
}
