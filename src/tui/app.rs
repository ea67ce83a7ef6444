//! The app: a stack of layers, and the one place where effects are carried out.

use super::layer::Cx;
use super::screens::Layer;

pub struct App {
    pub cx: Cx,
    pub layers: Vec<Layer>,
}
