//! Modules that are there with certain features only.

/// Declares modules and gives out all that is in them. After `if` stand the features of which one has to be on.
#[allow(unused_macros, reason = "an API may have no types")]
macro_rules! modules {
    ($($module:ident $(if $($feature:tt)or+)?,)*) => {
        $(
            $(#[cfg(any($(feature = $feature),+))])?
            #[allow(deprecated, reason = "deprecated types are read and written like all others")]
            mod $module;
        )*
        $(
            $(#[cfg(any($(feature = $feature),+))])?
            pub use self::$module::*;
        )*
    };
}
