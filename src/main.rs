//! Arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    give_memory_back();
    guidemark::cli::run()
}

/// Pictures and what encodes them take blocks of megabytes. Those that are free again go back to the system at once: each
/// thread would keep a hundred megabytes of them for itself, and two pictures at the limit would take more than 400.
fn give_memory_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: sets a number of the allocator, before there is a second thread.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, 1 << 20);
    }
}
