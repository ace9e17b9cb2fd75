//! What the fuzz targets of the generator share: each runs the properties of the test suite on bytes of the fuzzer.

#[path = "../../src/documents.rs"]
mod documents;
#[path = "../../src/pipeline.rs"]
mod pipeline;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Any text as a description.
pub fn document(bytes: &[u8]) {
    on_a_large_stack(Input::Text(bytes.to_vec()));
}

/// Bytes as the choices that make up a description.
pub fn structured(bytes: &[u8]) {
    if let Ok(document) = documents::document(&mut arbitrary::Unstructured::new(bytes)) {
        on_a_large_stack(Input::Text(document.to_string().into_bytes()));
    }
}

/// Any text as `oasmith.toml`, as `names.lock` and as an overlay, for a small description.
pub fn settings(bytes: &[u8]) {
    on_a_large_stack(Input::Settings(bytes.to_vec()));
}

enum Input {
    Text(Vec<u8>),
    Settings(Vec<u8>),
}

type Worker = Mutex<(Sender<Input>, Receiver<()>)>;

/// One thread with the stack that the command line has; a new one per input would cost more than the input.
fn on_a_large_stack(input: Input) {
    static WORKER: OnceLock<Worker> = OnceLock::new();
    let worker = WORKER.get_or_init(|| {
        let (inputs, waiting) = channel();
        let (done, answers) = channel();
        let work = move || {
            for input in waiting {
                match input {
                    Input::Text(text) => drop(pipeline::check(&text)),
                    Input::Settings(text) => pipeline::check_settings(&text),
                }
                if done.send(()).is_err() {
                    return;
                }
            }
        };
        std::thread::Builder::new().stack_size(oasmith::STACK_SIZE).spawn(work).expect("a thread");
        Mutex::new((inputs, answers))
    });
    let (inputs, answers) = &*worker.lock().unwrap_or_else(PoisonError::into_inner);
    inputs.send(input).expect("the worker is there");
    // A panic of the worker has ended the process before this fails.
    answers.recv().expect("the worker answers");
}
