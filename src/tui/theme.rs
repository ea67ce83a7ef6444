//! stand-in until merged
pub struct Theme;
