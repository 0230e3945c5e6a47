//! Connections, within limits: whoever opens many, or never says what it wants, keeps nobody else out.

use super::access::Visitor;
use super::answer::{Office, answer};
use axum::body::Body;
use axum::http::Request;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;

/// Connections at once. Systems give a process 256 files, and a build opens some.
const MOST: usize = 128;
/// How long the head of a request may take, from the first byte or from the answer before it.
const HEAD: Duration = Duration::from_secs(10);
/// How long to wait where the system has no connections to give.
const REST: Duration = Duration::from_millis(50);

/// Those that are open and not known to be the author's, the oldest first.
type Readers = Arc<Mutex<BTreeMap<u64, AbortHandle>>>;

/// Takes connections for ever.
pub async fn serve(listener: TcpListener, office: Arc<Office>) {
    let room = Arc::new(Semaphore::new(MOST));
    let readers = Readers::default();
    for number in 0.. {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(_) => {
                tokio::time::sleep(REST).await;
                continue;
            }
        };
        if room.available_permits() == 0 {
            // The oldest goes. A page that listened there asks again.
            if let Some((_, oldest)) = lock(&readers).pop_first() {
                oldest.abort();
            }
        }
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return };
        let (office, mine) = (Arc::clone(&office), Arc::clone(&readers));
        let mut known = lock(&readers);
        let task = tokio::spawn(async move {
            talk(stream, peer, &office, &mine, number).await;
            lock(&mine).remove(&number);
            drop(permit);
        });
        known.insert(number, task.abort_handle());
    }
}

/// Answers what comes over one connection.
async fn talk(stream: TcpStream, peer: SocketAddr, office: &Arc<Office>, readers: &Readers, number: u64) {
    let service = service_fn(move |request: Request<hyper::body::Incoming>| {
        let (office, readers) = (Arc::clone(office), Arc::clone(readers));
        async move {
            let near = peer.ip().to_canonical().is_loopback();
            let visitor = office.access.visitor(near, request.headers());
            if visitor == Visitor::Author {
                lock(&readers).remove(&number);
            }
            Ok::<_, Infallible>(answer(&office, near, visitor, request.map(Body::new)).await)
        }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD);
    // Whatever breaks a connection is the other's affair.
    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
}

fn lock(readers: &Readers) -> MutexGuard<'_, BTreeMap<u64, AbortHandle>> {
    readers.lock().unwrap_or_else(PoisonError::into_inner)
}
