//! Opening files to import, in a worker with a module of its own (`src/bin/spreadsheet.rs`).
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
use tongxing_domain::import::{FileError, Grid, check_size, parcel};
use tongxing_domain::words::{Lang, words};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// The worker's script, beside the page.
const SCRIPT: &str = "spreadsheet_loader.js";

/// Why a file was not opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// The file is at fault.
    #[error(transparent)]
    File(#[from] FileError),
    /// The worker could not be loaded: not kept on the device yet, and no network.
    #[error("the part that opens files could not be loaded: {detail}")]
    NotLoaded {
        /// What the browser said.
        detail: String,
    },
    /// The worker broke down over the file, most likely for want of memory.
    #[error("the part that opens files broke down: {detail}")]
    BrokeDown {
        /// What the browser said.
        detail: String,
    },
}

impl OpenError {
    /// What to tell the person: what is wrong and what to do.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::File(error) => error.text(lang),
            Self::NotLoaded { .. } => words(
                "读取文件的组件还没有下载。请联网后再试一次，之后就不再需要网络。",
                "The part that opens files is not on this device yet. Connect to the network and try again; after that no network is needed.",
            )
            .in_lang(lang)
            .to_owned(),
            Self::BrokeDown { .. } => words(
                "读取这个文件时内存不够或文件异常。请关闭其他页面后重试，或另存为 CSV 再导入。",
                "The device ran out of memory over this file, or the file is malformed. Close other pages and try again, or save the file as CSV.",
            )
            .in_lang(lang)
            .to_owned(),
        }
    }
}

/// Opens a file's bytes. Dropping what is returned gives up and ends the worker.
pub fn open(bytes: &[u8]) -> Opening {
    let started = check_size(bytes.len() as u64)
        .map_err(OpenError::from)
        .and_then(|()| start(bytes));
    match started {
        Ok(running) => Opening {
            running: Some(running),
            refused: None,
        },
        Err(error) => Opening {
            running: None,
            refused: Some(error),
        },
    }
}

/// A file being opened: a future of its [`Grid`].
#[must_use = "a file that nobody waits for is not opened"]
pub struct Opening {
    running: Option<Running>,
    refused: Option<OpenError>,
}

struct Running {
    worker: Worker,
    answer: JsFuture,
    ready: Rc<Cell<bool>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Future for Opening {
    type Output = Result<Grid, OpenError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let opening = self.get_mut();
        let Some(running) = opening.running.as_mut() else {
            // Asked again after its answer, it has nothing more to say.
            return opening
                .refused
                .take()
                .map_or(Poll::Pending, |error| Poll::Ready(Err(error)));
        };
        let Poll::Ready(answer) = Pin::new(&mut running.answer).poll(context) else {
            return Poll::Pending;
        };
        let ready = running.ready.get();
        opening.running = None;
        Poll::Ready(match answer {
            Ok(buffer) => unpacked(&buffer),
            Err(error) => {
                let detail = error.as_string().unwrap_or_default();
                Err(if ready {
                    OpenError::BrokeDown { detail }
                } else {
                    OpenError::NotLoaded { detail }
                })
            }
        })
    }
}

fn unpacked(buffer: &JsValue) -> Result<Grid, OpenError> {
    match parcel::unpack(&Uint8Array::new(buffer).to_vec()) {
        Some(opened) => Ok(opened?),
        None => Err(OpenError::BrokeDown {
            detail: "an answer that is no table".into(),
        }),
    }
}

fn start(bytes: &[u8]) -> Result<Running, OpenError> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker =
        Worker::new_with_options(SCRIPT, &options).map_err(|error| OpenError::NotLoaded {
            detail: format!("{error:?}"),
        })?;
    let (answer, resolve, reject) = promise();
    let ready = Rc::new(Cell::new(false));
    let file = Uint8Array::from(bytes).buffer();
    let on_message = {
        let (worker, ready, refuse) = (worker.clone(), Rc::clone(&ready), reject.clone());
        Closure::new(move |event: MessageEvent| {
            if event.data().is_instance_of::<ArrayBuffer>() {
                let _ = resolve.call1(&JsValue::UNDEFINED, &event.data());
            } else if !ready.replace(true)
                && let Err(error) = worker.post_message_with_transfer(&file, &Array::of1(&file))
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
    Ok(Running {
        worker,
        answer: JsFuture::from(answer),
        ready,
        _on_message: on_message,
        _on_error: on_error,
    })
}

/// A promise and the functions that settle it.
fn promise() -> (Promise, Function, Function) {
    let mut settle = None;
    let promise = Promise::new(&mut |resolve, reject| settle = Some((resolve, reject)));
    // The browser calls the function above before `new` returns; without it nothing settles.
    let (resolve, reject) = settle.unwrap_or_default();
    (promise, resolve, reject)
}
