//! Blobs: those that are here to the endpoint, and those of the others from it.

use tongxing_sync::blob::{self, Asked, Incoming, Note, Outgoing};
use tongxing_sync::replica::Edit;
use tongxing_sync::storage::{Batch, KeyRange, Shelf, Storage as _};
use tongxing_sync::wire::Code;

use crate::endpoint::EndpointError;
use crate::failure::Failure;
use crate::syncing::Syncing;

impl Syncing<'_> {
    /// Sends and fetches until nothing is due. Rows have been exchanged before; what was sent is noted
    /// in rows that are still to be.
    ///
    /// # Errors
    /// The endpoint does not answer or refuses, or the disk failed. What was carried until then is kept.
    pub(crate) async fn carry(&mut self) -> Result<(), Failure> {
        let keys = self.session.store.keys(Shelf::Blobs, KeyRange::all());
        let here = keys.await?.into_iter().collect();
        let mut survey = blob::survey(&self.session.replica, here);
        let read_only = self.member.status().read_only;
        if let Some(epoch) = self.member.epoch() {
            let range = Asked::meta_range();
            let meta = self.session.store.read(Shelf::Meta, range, None).await?;
            if !read_only && Asked::is_due(&meta, epoch) {
                for note in &survey.shared {
                    if self.patiently(|at| at.blob(note.address, 0..1))?.is_none() {
                        survey.to_send.push(note.id.clone());
                    }
                }
                self.send_all(&survey.to_send).await?;
                survey.to_send.clear();
                self.session.write(Asked::note(epoch)).await?;
            }
        }
        if read_only {
            self.synced.blobs_waiting = survey.to_send.len();
        } else {
            self.send_all(&survey.to_send).await?;
        }
        for note in survey.to_fetch {
            self.fetch(note).await?;
        }
        Ok(())
    }

    async fn send_all(&mut self, ids: &[Vec<u8>]) -> Result<(), Failure> {
        for id in ids {
            let one = KeyRange::one(id.clone());
            let found = self.session.store.read(Shelf::Blobs, one, Some(1)).await?;
            let Some((_, bytes)) = found.into_iter().next() else {
                continue;
            };
            let Ok(mut outgoing) = Outgoing::new(&self.blobs, id.clone(), &bytes) else {
                self.synced.blobs_waiting += 1;
                continue;
            };
            if self.send_one(&mut outgoing)? {
                self.note(outgoing.note().edits()).await?;
                self.synced.blobs_sent += 1;
            } else {
                self.synced.blobs_waiting += 1;
            }
        }
        Ok(())
    }

    /// Tells the others what became of a blob.
    async fn note(&mut self, edits: Vec<Edit>) -> Result<(), Failure> {
        let noted = self.session.note(edits, self.member.offset_ms())?;
        self.member.committed(&noted);
        self.session.write(noted).await
    }

    /// Sends one; `false` if the endpoint takes none so large.
    fn send_one(&mut self, outgoing: &mut Outgoing) -> Result<bool, Failure> {
        let address = outgoing.note().address;
        let mut begun_again = false;
        while let Some(part) = outgoing.part() {
            let refused = |error: &EndpointError, code| matches!(error, EndpointError::Refused { refusal } if refusal.code == code);
            // Only what may pass is worth another try.
            let sent = loop {
                match self.endpoint.put_blob(address, part) {
                    Err(error) if error.may_pass() => self.wait(&error)?,
                    sent => break sent,
                }
            };
            match sent {
                Ok(received) if outgoing.received(received) => self.backoff.succeeded(),
                Ok(_) => return Err(EndpointError::Misfit.into()),
                Err(error) if refused(&error, Code::Conflict) && !begun_again => {
                    begun_again = true;
                    outgoing.begin_again();
                }
                Err(error) if refused(&error, Code::TooLarge) => return Ok(false),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(true)
    }

    async fn fetch(&mut self, note: Note) -> Result<(), Failure> {
        let mut incoming = Incoming::new(note);
        while let Some(range) = incoming.range() {
            let address = incoming.note().address;
            let Some(bytes) = self.patiently(|at| at.blob(address, range.clone()))? else {
                // Lost with a backup perhaps: a member that has it sends it again.
                self.synced.blobs_missing += 1;
                if !self.member.status().read_only {
                    self.note(incoming.note().retraction()).await?;
                }
                return Ok(());
            };
            if !incoming.take(&bytes) {
                self.synced.blobs_missing += 1;
                return Ok(());
            }
        }
        match incoming.open(&self.blobs) {
            Ok(bytes) => {
                let mut batch = Batch::new();
                batch.put(Shelf::Blobs, incoming.note().id.clone(), bytes);
                self.session.write(batch).await?;
                self.synced.blobs_received += 1;
            }
            Err(_) => self.synced.blobs_missing += 1,
        }
        Ok(())
    }
}
