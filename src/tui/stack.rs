//! The stack itself: layers, each with the number by which its answers find it again.

use super::layer::Cover;
use super::screens::Layer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LayerId(u64);

struct Slot {
    id: LayerId,
    layer: Layer,
}

#[derive(Default)]
pub(super) struct Stack {
    slots: Vec<Slot>,
    opened: u64,
}

impl Stack {
    /// Lays a layer on top. A form that lies open already is brought up instead: two editors of one draft would
    /// overwrite each other. So is the list of people, whose key works on the list too.
    pub(super) fn push(&mut self, layer: Layer) {
        if let Some(place) = self.open_already(&layer) {
            let slot = self.slots.remove(place);
            return self.slots.push(slot);
        }
        self.opened += 1;
        self.slots.push(Slot { id: LayerId(self.opened), layer });
    }

    fn open_already(&self, layer: &Layer) -> Option<usize> {
        let same = |open: &Layer| match (open, layer) {
            (Layer::Form(open), Layer::Form(form)) => open.kind.slot() == form.kind.slot(),
            (open, Layer::People(_)) => matches!(open, Layer::People(_)),
            _ => false,
        };
        self.slots.iter().position(|slot| same(&slot.layer))
    }

    /// Takes a layer out, wherever it lies; gives the one that lay below it, or else the lowest that is left.
    pub(super) fn remove(&mut self, id: LayerId) -> Option<LayerId> {
        let place = self.slots.iter().position(|slot| slot.id == id)?;
        self.slots.remove(place);
        self.slots.get(place.saturating_sub(1)).map(|slot| slot.id)
    }

    /// Puts a layer where another one lies; none where there is no such place, or the layer lies open already.
    pub(super) fn put_in_place(&mut self, id: LayerId, layer: Layer) -> Option<LayerId> {
        if self.open_already(&layer).is_some() {
            self.remove(id);
            return None;
        }
        let slot = self.slots.iter_mut().find(|slot| slot.id == id)?;
        self.opened += 1;
        *slot = Slot { id: LayerId(self.opened), layer };
        Some(slot.id)
    }

    pub(super) fn clear(&mut self) {
        self.slots.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(super) fn top(&self) -> Option<&Layer> {
        self.slots.last().map(|slot| &slot.layer)
    }

    pub(super) fn top_mut(&mut self) -> Option<&mut Layer> {
        self.slots.last_mut().map(|slot| &mut slot.layer)
    }

    pub(super) fn top_id(&self) -> Option<LayerId> {
        self.slots.last().map(|slot| slot.id)
    }

    pub(super) fn get_mut(&mut self, id: LayerId) -> Option<&mut Layer> {
        self.slots.iter_mut().find(|slot| slot.id == id).map(|slot| &mut slot.layer)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Layer> {
        self.slots.iter().map(|slot| &slot.layer)
    }

    pub(super) fn downwards(&self) -> impl Iterator<Item = &Layer> {
        self.slots.iter().rev().map(|slot| &slot.layer)
    }

    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = (LayerId, &mut Layer)> {
        self.slots.iter_mut().map(|slot| (slot.id, &mut slot.layer))
    }

    /// The layers that show, the lowest first: down to the first that covers the whole body.
    pub(super) fn showing(&mut self) -> impl Iterator<Item = (LayerId, &mut Layer)> {
        let whole = |slot: &Slot| slot.layer.surface().cover() == Cover::Whole;
        let lowest = self.slots.iter().rposition(whole).unwrap_or(0);
        self.slots.iter_mut().skip(lowest).map(|slot| (slot.id, &mut slot.layer))
    }
}
