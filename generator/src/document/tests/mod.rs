//! What is read, and what is reported.

mod load;
mod overlay;
mod text;
