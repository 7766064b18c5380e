//! Rare and heavy work in a worker with a module of its own (`src/bin/workshop.rs`): opening files to
//! import, making files to take away, sealing and opening backups, and making the demo book.
//!
//! Plain worker messages: buffers are handed over instead of copied, a worker that fails tells so, and
//! giving up ends it at once, in the midst of a large workbook too.

use js_sys::{Array, ArrayBuffer, Function, Promise, Uint8Array};
use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use thiserror::Error;
use tongxing_domain::date::Date;
use tongxing_domain::exchange::errand::{self, Answer, Errand};
use tongxing_domain::import::{self, FileError, Grid, check_size};
use tongxing_domain::schema::{Change, parcel};
use tongxing_domain::words::{Lang, words};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::site;

/// The worker's script, beside the page.
const SCRIPT: &str = "workshop_loader.js";

/// Why the worker gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WorkshopError {
    /// The worker could not be loaded: not kept on the device yet, and no network.
    #[error("the part that does this could not be loaded: {detail}")]
    NotLoaded {
        /// What the browser said.
        detail: String,
    },
    /// The worker broke down, most likely for want of memory.
    #[error("the part that does this broke down: {detail}")]
    BrokeDown {
        /// What the browser said.
        detail: String,
    },
}

impl WorkshopError {
    /// What to tell the person: what is wrong and what to do.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::NotLoaded { .. } => words(
                "这个功能的组件还没有下载到本机。请联网后再试一次，之后就不再需要网络。",
                "The part that does this is not on this device yet. Connect to the network and try again; after that no network is needed.",
            ),
            Self::BrokeDown { .. } => words(
                "设备内存不够，或文件异常。请关闭其他页面后重试；如果是文件，也可以另存为 CSV 再导入。",
                "The device ran out of memory, or the file is malformed. Close other pages and try again; a file can also be saved as CSV.",
            ),
        }
        .in_lang(lang)
        .to_owned()
    }

    fn broken(detail: &str) -> Self {
        Self::BrokeDown {
            detail: detail.to_owned(),
        }
    }
}

/// Why a file was not opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// The file is at fault.
    #[error(transparent)]
    File(#[from] FileError),
    /// The worker is.
    #[error(transparent)]
    Workshop(#[from] WorkshopError),
}

impl OpenError {
    /// What to tell the person: what is wrong and what to do.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::File(error) => error.text(lang),
            Self::Workshop(error) => error.text(lang),
        }
    }
}

/// Opens a file's bytes. Dropping the future gives up and ends the worker.
///
/// # Errors
/// What is wrong with the file, or why the worker gave no answer.
pub async fn open(file: Vec<u8>) -> Result<Grid, OpenError> {
    check_size(file.len() as u64)?;
    let buffer = Uint8Array::from(file.as_slice()).buffer();
    drop(file);
    let answer = Job::start(buffer.into())?.bytes().await?;
    match import::parcel::unpack(&answer) {
        Some(opened) => Ok(opened?),
        None => Err(WorkshopError::broken("an answer that is no table").into()),
    }
}

/// Makes the demo book of a day: its registers.
///
/// # Errors
/// Why the worker gave no answer.
pub async fn make_demo(today: Date) -> Result<Vec<Change>, WorkshopError> {
    let answer = Job::start(JsValue::from_str(&today.to_string()))?
        .bytes()
        .await?;
    parcel::unpack(&answer).ok_or_else(|| WorkshopError::broken("an answer that is no demo book"))
}

/// What an array that is an errand begins with.
pub const ERRAND: &str = "errand";

/// Does an errand with the book as it lies on the disk. Dropping the future gives up and ends the
/// worker.
///
/// # Errors
/// Why the worker gave no answer.
pub async fn run(errand: &Errand, lang: Lang) -> Result<Answer, WorkshopError> {
    let packed = Uint8Array::from(errand::pack(errand, lang).as_slice());
    let asked = Array::of3(&ERRAND.into(), &site::name().into(), &packed);
    let answer = Job::start(asked.into())?.bytes().await?;
    errand::unpack(&answer)
        .ok_or_else(|| WorkshopError::broken("an answer that is none to an errand"))
}

/// A worker at its one job: a future of its answer. Dropping it ends the worker.
pub(super) struct Job {
    worker: Worker,
    answer: JsFuture,
    ready: Rc<Cell<bool>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Drop for Job {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Future for Job {
    type Output = Result<JsValue, WorkshopError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let job = self.get_mut();
        let ready = job.ready.get();
        Pin::new(&mut job.answer).poll(context).map(|answer| {
            answer.map_err(|error| {
                let detail = error.as_string().unwrap_or_default();
                if ready {
                    WorkshopError::BrokeDown { detail }
                } else {
                    WorkshopError::NotLoaded { detail }
                }
            })
        })
    }
}

impl Job {
    /// The worker's answer.
    pub(super) async fn value(self) -> Result<JsValue, WorkshopError> {
        self.await
    }

    /// The worker's answer, where it is bytes.
    async fn bytes(self) -> Result<Vec<u8>, WorkshopError> {
        let answer = self.await?;
        Ok(Uint8Array::new(&answer).to_vec())
    }

    /// Starts a worker that is sent `asked` once it is ready.
    pub(super) fn start(asked: JsValue) -> Result<Self, WorkshopError> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(SCRIPT, &options).map_err(|error| {
            WorkshopError::NotLoaded {
                detail: format!("{error:?}"),
            }
        })?;
        let (answer, resolve, reject) = promise();
        let ready = Rc::new(Cell::new(false));
        let on_message = {
            let (worker, ready, refuse) = (worker.clone(), Rc::clone(&ready), reject.clone());
            Closure::new(move |event: MessageEvent| {
                // The worker says that it is ready, once, and then its answer.
                if ready.replace(true) {
                    let _ = resolve.call1(&JsValue::UNDEFINED, &event.data());
                } else if let Err(error) =
                    worker.post_message_with_transfer(&asked, &handed_over(&asked))
                {
                    let said = JsValue::from_str(&format!("{error:?}"));
                    let _ = refuse.call1(&JsValue::UNDEFINED, &said);
                }
            })
        };
        let on_error = Closure::new(move |event: ErrorEvent| {
            // Told to the caller, so the browser need not report it too.
            event.prevent_default();
            let said = js_sys::Reflect::get(&event, &"message".into()).unwrap_or_default();
            let _ = reject.call1(&JsValue::UNDEFINED, &said);
        });
        let on_message: Closure<dyn FnMut(MessageEvent)> = on_message;
        let on_error: Closure<dyn FnMut(ErrorEvent)> = on_error;
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            answer: JsFuture::from(answer),
            ready,
            _on_message: on_message,
            _on_error: on_error,
        })
    }
}

/// What of a message is handed over instead of copied.
fn handed_over(asked: &JsValue) -> Array {
    if let Some(parts) = asked.dyn_ref::<Array>() {
        let parts = parts
            .iter()
            .filter_map(|part| part.dyn_into::<Uint8Array>().ok());
        parts.map(|bytes| bytes.buffer()).collect()
    } else if asked.is_instance_of::<ArrayBuffer>() {
        Array::of1(asked)
    } else {
        Array::new()
    }
}

/// A promise and the functions that settle it.
fn promise() -> (Promise, Function, Function) {
    let mut settle = None;
    let promise = Promise::new(&mut |resolve, reject| settle = Some((resolve, reject)));
    // The browser calls the function above before `new` returns; without it nothing settles.
    let (resolve, reject) = settle.unwrap_or_default();
    (promise, resolve, reject)
}
