//! Photos as evidence: taken or chosen, kept with what they are about, shown small and large, taken away again.

use super::explain::unique_id;
use super::icon::Icon;
use super::overlay::{Overlay, overlay};
use super::sheets::Sheets;
use crate::locales::{photos as texts, shell, time};
use crate::platform::files::{self, PickedFile};
use crate::platform::pictures::{self, Bounds, PictureAddress, PictureError};
use crate::state::commit::Act;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::id::Id;
use tongxing_domain::photos::{
    LARGEST_FILE, LONGEST_SIDE, MOST_BYTES, fitted, photos_of, picture_id,
};
use tongxing_domain::schema::{Record as _, bin, changes};
use tongxing_domain::tables::{Dealer, Photo};
use tongxing_domain::value::Link;
use tongxing_view::prelude::*;

/// What is kept of a photo: smaller ones are tried where a large one takes too much room.
const BOUNDS: Bounds = Bounds {
    file: LARGEST_FILE,
    bytes: MOST_BYTES,
    sides: [LONGEST_SIDE, LONGEST_SIDE * 3 / 4, LONGEST_SIDE / 2],
};

/// So many are shown at the end of a row.
const IN_ROW: usize = 2;

/// What photos are about, and where the large ones open.
#[derive(Clone, Copy)]
pub struct Photos {
    /// What the page is drawn with.
    pub s: Scene,
    /// Where the large ones open.
    pub sheets: Sheets,
    /// The dealer.
    pub dealer: Id<Dealer>,
    /// The step or the issue.
    pub about: Link,
}

impl Photos {
    /// The photos in their order; tracked.
    fn all(self) -> Vec<Arc<Photo>> {
        self.s
            .store
            .read(|book| photos_of(book, self.about, self.dealer))
    }

    /// The small pictures; nothing where there are none.
    pub fn strip(self) -> Option<View> {
        let all = self.all();
        (!all.is_empty()).then(|| {
            let shown = (1..).zip(&all);
            let shown = shown.map(|(number, photo)| self.small(number, photo));
            view! { <ul class="photos" aria-label=self.s.t(texts::PHOTOS)>{shown.collect_view()}</ul> }
        })
    }

    /// The first small pictures, at the end of a row.
    pub fn in_row(self) -> Option<View> {
        let all = self.all();
        (!all.is_empty()).then(|| {
            let shown = (1..).zip(all.iter().take(IN_ROW));
            let shown = shown.map(|(number, photo)| self.button(number, photo));
            view! { <span class="photos">{shown.collect_view()}</span> }
        })
    }

    fn label(self, number: usize, photo: &Photo) -> String {
        let day = photo
            .taken_on
            .map(|day| time::day(self.s.lang, day, self.s.today));
        let parts = [
            Some(texts::numbered(self.s.lang, number)),
            day,
            Some(photo.caption.clone()),
        ];
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    }

    fn small(self, number: usize, photo: &Arc<Photo>) -> View {
        view! { <li>{self.button(number, photo)}</li> }
    }

    fn button(self, number: usize, photo: &Arc<Photo>) -> View {
        let label = self.label(number, photo);
        let opened = Arc::clone(photo);
        let title = label.clone();
        let open = move |_| {
            let (opened, title) = (Arc::clone(&opened), title.clone());
            self.sheets.show(move || self.large(&opened, title.clone()));
        };
        view! {
            <button class="photo" type="button" aria-label=label on:click=open>
                {picture(self.s, photo.picture.clone(), String::new())}
            </button>
        }
    }

    /// The picture as large as the screen, and the way to take it away.
    fn large(self, photo: &Arc<Photo>, title: String) -> View {
        let (s, sheets) = (self.s, self.sheets);
        let closing = RwSignal::new(false);
        let id = photo.id;
        let remove = move |_| {
            closing.set(true);
            s.store
                .act(Act::of(vec![bin(id, true)]), s.t(texts::REMOVED).to_owned());
        };
        let body = view! {
            <figure class="photo-large">
                {picture(s, photo.picture.clone(), title.clone())}
                <figcaption>{title.clone()}</figcaption>
            </figure>
        };
        let foot = view! {
            <button class="btn" data-kind="danger" type="button" on:click=remove>
                {Icon::Trash.draw()}
                {s.t(texts::REMOVE)}
            </button>
            <button class="btn" type="submit">{s.t(shell::CLOSE)}</button>
        };
        overlay(
            Overlay::Sheet,
            s.t(texts::PHOTO).to_owned(),
            closing,
            Callback::new(move |()| sheets.closed()),
            Callback::new(move |()| closing.set(true)),
            body,
            foot,
        )
    }

    /// Two ways to add: with the camera, or from what the device has.
    pub fn add(self) -> View {
        let s = self.s;
        let busy = RwSignal::new(false);
        let take = move |event: leptos::ev::Event| {
            let chosen = files::picked(&event);
            if !chosen.is_empty() && !busy.get_untracked() {
                busy.set(true);
                leptos::task::spawn_local(async move {
                    self.keep(chosen).await;
                    busy.try_set(false);
                });
            }
        };
        let way = |camera: bool| {
            let (icon, words) = if camera {
                (Icon::Camera, texts::TAKE)
            } else {
                (Icon::Import, texts::CHOOSE)
            };
            let id = unique_id("photo");
            let of = id.clone();
            view! {
                <label class="btn" data-kind="quiet" for=of>
                    {icon.draw()}
                    {s.t(words)}
                    <input
                        class="sr"
                        id=id
                        type="file"
                        accept="image/*"
                        capture=camera.then_some("environment")
                        multiple=!camera
                        disabled=move || busy.get()
                        on:change=take
                    />
                </label>
            }
        };
        view! {
            <div class="actions photo-ways">
                {way(true)}
                {way(false)}
                <span class="help" role="status">{move || busy.get().then(|| s.t(texts::BUSY))}</span>
            </div>
        }
    }

    /// Keeps what can be kept, each with its picture in one transaction, and says what cannot.
    async fn keep(self, chosen: Vec<PickedFile>) {
        let s = self.s;
        let mut act = Act::of(Vec::new());
        let mut kept = 0;
        for file in chosen {
            match pictures::scaled(&file, BOUNDS, fitted).await {
                Ok(bytes) => {
                    let photo = Photo {
                        dealer: self.dealer,
                        about: Some(self.about),
                        picture: picture_id(&bytes),
                        taken_on: Some(s.today),
                        by: s.session.member.get_untracked(),
                        ..Photo::with_id(s.store.fresh())
                    };
                    act.changes.extend(changes(None, &photo));
                    act.blobs.push((photo.picture, bytes));
                    kept += 1;
                }
                Err(error) => s.toasts.warn(refused(s, &file.name(), &error)),
            }
        }
        if kept > 0 {
            s.store.act(act, texts::added(s.lang, kept));
        }
    }

    /// Photos and the ways to add more, in a sheet of their own.
    pub fn sheet(self, title: String) -> View {
        let s = self.s;
        let closing = RwSignal::new(false);
        let sheets = self.sheets;
        let body = view! {
            <p dir="auto">{title}</p>
            {move || match self.strip() {
                Some(strip) => strip,
                None => view! { <p class="help">{s.t(texts::NONE)}</p> },
            }}
            {self.add()}
        };
        let foot = view! { <button class="btn" type="submit">{s.t(shell::CLOSE)}</button> };
        overlay(
            Overlay::Sheet,
            s.t(texts::PHOTOS).to_owned(),
            closing,
            Callback::new(move |()| sheets.closed()),
            Callback::new(move |()| closing.set(true)),
            body,
            foot,
        )
    }
}

/// What to say of a file that is not kept.
fn refused(s: Scene, name: &str, error: &PictureError) -> String {
    match error {
        PictureError::TooLarge { size } => texts::too_large(s.lang, name, *size, LARGEST_FILE),
        PictureError::Unreadable => texts::unreadable(s.lang, name),
        PictureError::NotEncoded => texts::not_encoded(s.lang, name),
    }
}

/// A kept picture; says so where this device does not have it.
fn picture(s: Scene, id: String, label: String) -> View {
    let found = RwSignal::new(None::<Option<PictureAddress>>);
    Effect::new(move |_| {
        s.store.blobs_come();
        if found.with_untracked(|found| matches!(found, Some(Some(_)))) {
            return;
        }
        let id = id.clone();
        leptos::task::spawn_local(async move {
            // A disk that does not answer shows as a picture that is not here.
            let bytes = s.store.blob(&id).await.ok().flatten();
            found.try_set(Some(bytes.as_deref().and_then(PictureAddress::of)));
        });
    });
    (move || {
        found.with(|found| match found {
            None => view! { <span class="photo-none"></span> },
            Some(None) => view! { <span class="photo-none">{s.t(texts::ELSEWHERE)}</span> },
            Some(Some(address)) => {
                view! { <img src=address.as_str().to_owned() alt=label.clone()/> }
            }
        })
    })
    .into_view()
}
