//! Colors of text for a terminal.

/// Whether text is colored with terminal sequences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// Plain text.
    Never,
    /// Text with ANSI sequences.
    Always,
}

/// How a word stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Bold,
    Red,
    Green,
    Yellow,
}

impl Color {
    pub(crate) fn paint(self, style: Style, text: &str) -> String {
        let sequence = match style {
            Style::Bold => "1",
            Style::Red => "31",
            Style::Green => "32",
            Style::Yellow => "33",
        };
        match self {
            Self::Never => text.to_owned(),
            Self::Always => format!("\u{1b}[{sequence}m{text}\u{1b}[0m"),
        }
    }
}
