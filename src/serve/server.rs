//! A running server.

use super::access::Access;
use super::answer::Office;
use super::change::Signal;
use super::connections;
use super::edit::{Desk, Exports};
use super::follow::Builder;
use super::gate::Gate;
use super::listen::listen;
use super::message::Message;
use super::opener::Opener;
use super::options::ServeOptions;
use super::record::Recordings;
use super::secret::Secret;
use super::shelf::Shelf;
use super::world::WatchedWorld;
use crate::diagnostic::Failure;
use crate::site::Progress;
use crate::source::DiskWorld;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

/// Serves a project until it is dropped.
pub struct Server {
    url: String,
    office: Arc<Office>,
    messages: Receiver<Message>,
    signals: Sender<Signal>,
    runtime: Option<Runtime>,
}

impl Server {
    /// Listens, and begins to build and to follow the project of `world`. The first message tells of the
    /// first build.
    ///
    /// # Errors
    /// [`Failure`] if the port is taken or the system gives no threads.
    pub fn start(
        world: DiskWorld,
        options: &ServeOptions,
        progress: Box<dyn Progress + Send>,
    ) -> Result<Self, Failure> {
        let listener = listen(options)?;
        let address = listener.local_addr().map_err(|error| failed(&error))?;
        let gate = Gate::new(options.host.as_deref());
        let url = gate.url(address);
        let (shelf, desk) = (
            Arc::new(Shelf::new(options.cache.as_ref())),
            Arc::new(Desk::new(world.clone(), Opener::for_command(options.editor.as_deref()))),
        );
        let (tell, messages) = mpsc::channel();
        let secret = Secret::new().map_err(|error| failed(&error))?;
        let access = Access::new(&url, address.port(), tell.clone()).map_err(|error| failed(&error))?;
        let alone = options.only.is_some();
        let easel = Semaphore::new(1);
        let exports = Arc::new(Exports::new(options.browser.clone(), options.cache.clone()));
        let recordings = Arc::new(Recordings::new(options));
        let (office_shelf, office_desk) = (Arc::clone(&shelf), Arc::clone(&desk));
        let office = Office {
            shelf: office_shelf,
            desk: office_desk,
            exports,
            recordings,
            secret,
            gate,
            access,
            alone,
            easel,
        };
        let office = Arc::new(office);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("serve")
            .enable_all()
            .build()
            .map_err(|error| failed(&error))?;
        let interrupted = tell.clone();
        runtime.spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                let _ = interrupted.send(Message::Interrupted);
            }
        });
        serve(&runtime, listener, Arc::clone(&office))?;
        let (signals, heard) = mpsc::channel();
        let builder =
            Builder::new(WatchedWorld::new(world), options, (shelf, desk), tell, signals.clone(), heard);
        let name = std::thread::Builder::new().name("build".to_owned());
        name.spawn(move || builder.run(&*progress)).map_err(|error| failed(&error))?;
        Ok(Self { url, office, messages, signals, runtime: Some(runtime) })
    }

    /// The address of the site, with `/` at its end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address that makes whoever opens it first the author. Once it was used, another one.
    pub fn way_in(&self) -> String {
        self.office.access.way_in()
    }

    /// What happens next, waited for. After the end of everything: [`Message::Interrupted`].
    pub fn next(&self) -> Message {
        self.messages.recv().unwrap_or(Message::Interrupted)
    }

    /// What happens next, waited for at most so long.
    pub fn next_within(&self, time: Duration) -> Option<Message> {
        self.messages.recv_timeout(time).ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.office.recordings.stop();
        let _ = self.signals.send(Signal::Stop);
        if let Some(runtime) = self.runtime.take() {
            // Open pages listen for ever: no user waits for them.
            runtime.shutdown_background();
        }
    }
}

fn serve(runtime: &Runtime, listener: TcpListener, office: Arc<Office>) -> Result<(), Failure> {
    let _inside = runtime.enter();
    let listener = tokio::net::TcpListener::from_std(listener).map_err(|error| failed(&error))?;
    // It ends with the runtime.
    runtime.spawn(connections::serve(listener, office));
    Ok(())
}

fn failed(error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot start the server: {error}"))
}
