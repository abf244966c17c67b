//! Links to register on their way to the relay. They are kept in memory alone: of somebody who has not opened one the house stores nothing.

use tokio::sync::mpsc::{self, Receiver, Sender};

/// Links that wait at once; more are refused.
const WAITING: usize = 256;

/// A link, and where it goes.
pub struct Invitation {
    pub to: String,
    pub link: String,
}

/// Where the links that wait are put.
#[derive(Clone, Debug)]
pub struct Invitations {
    /// The address of the house, as browsers write it, without a stroke at its end.
    pub house: String,
    queue: Sender<Invitation>,
}

impl Invitations {
    /// The queue, and its end from which links are sent.
    pub fn new(house: String) -> (Self, Receiver<Invitation>) {
        let (queue, taken) = mpsc::channel(WAITING);
        (Self { house, queue }, taken)
    }

    /// Puts a link into the queue; whether there was a place.
    pub fn put(&self, invitation: Invitation) -> bool {
        self.queue.try_send(invitation).is_ok()
    }
}
