//! Pictures made to do harm: they end in an error that says so, quickly and in little memory.

use guidemark::shot::{Canvas, decode};
use image::{ExtendedColorType, ImageFormat, RgbImage};
use std::alloc::{GlobalAlloc, Layout, System};
use std::io::Cursor;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const MOST_TIME: Duration = Duration::from_secs(1);
const MOST_MEMORY: usize = 300_000_000;

/// Counts what is in use, and the most that ever was.
struct Counting;

static USED: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
/// Memory is counted for the process: one picture at a time.
static ALONE: Mutex<()> = Mutex::new(());

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let used = USED.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(used, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        USED.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Time this thread was at work, where the system tells; else by the wall clock.
struct Work {
    wall: Instant,
    busy: Option<Duration>,
}

fn busy() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

impl Work {
    fn start() -> Self {
        Self { wall: Instant::now(), busy: busy() }
    }

    fn spent(&self) -> Duration {
        let busy = busy().zip(self.busy).map(|(now, then)| now - then);
        busy.unwrap_or_else(|| self.wall.elapsed())
    }
}

/// Decodes within the limits of time and memory.
fn tried(name: &str, bytes: &[u8]) -> Result<Canvas, String> {
    let _alone = ALONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let before = USED.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    let work = Work::start();
    let result = decode(bytes);
    let (spent, peak) = (work.spent(), PEAK.load(Ordering::Relaxed) - before);
    assert!(spent < MOST_TIME, "{name}: {spent:?}");
    assert!(peak < MOST_MEMORY, "{name}: {peak} bytes of memory");
    result.map_err(|broken| broken.message)
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32| (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
    !bytes.iter().fold(!0u32, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
}

fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let body = [&kind[..], content].concat();
    [&(content.len() as u32).to_be_bytes()[..], &body, &crc(&body).to_be_bytes()].concat()
}

/// A PNG of any size, its chunks as given.
fn png(width: u32, height: u32, depth: u8, color: u8, chunks: &[Vec<u8>]) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, color, 0, 0, 0]].concat();
    let start = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header)].concat();
    [start, chunks.concat(), chunk(b"IEND", b"")].concat()
}

/// A zlib stream of about `size` zero bytes in 1/158 of that: runs of 258, each in 13 bits.
fn bomb(size: usize) -> Vec<u8> {
    let mut bits: Vec<bool> = vec![true, true, false];
    let code = |bits: &mut Vec<bool>, value: u32, length: u32| {
        bits.extend((0..length).rev().map(|bit| value >> bit & 1 == 1));
    };
    code(&mut bits, 0b0011_0000, 8);
    for _ in 0..size / 258 {
        code(&mut bits, 0b1100_0101, 8);
        code(&mut bits, 0, 5);
    }
    code(&mut bits, 0, 7);
    let byte = |bits: &[bool]| bits.iter().rev().fold(0u8, |byte, bit| byte << 1 | u8::from(*bit));
    [vec![0x78, 0x9c], bits.chunks(8).map(byte).collect(), vec![0; 4]].concat()
}

fn written(format: ImageFormat) -> Vec<u8> {
    let image = RgbImage::from_fn(61, 43, |x, y| image::Rgb([(x * 4) as u8, (y * 5) as u8, (x * y) as u8]));
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

const FORMATS: [ImageFormat; 4] = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif];

#[test]
fn a_few_bytes_that_claim_to_be_huge_are_refused() {
    let data = chunk(b"IDAT", &bomb(200_000));
    let tiny = png(60_000, 60_000, 8, 2, std::slice::from_ref(&data));
    assert!(tiny.len() < 2_000, "{} bytes", tiny.len());
    let mut jpeg = written(ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].fill(0xff);
    let mut gif = written(ImageFormat::Gif);
    gif[6..10].fill(0xff);
    // VP8X: a canvas of 16,384 × 16,384.
    let webp =
        b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\xff\x3f\0\xff\x3f\0VP8L\x02\0\0\0\x2f\xff".to_vec();
    for (name, bytes) in [
        ("60,000 × 60,000 px in 2 kB", tiny),
        ("the largest PNG", png(i32::MAX as u32, i32::MAX as u32, 16, 6, std::slice::from_ref(&data))),
        ("16 bits", png(8_000, 4_000, 16, 6, std::slice::from_ref(&data))),
        ("one row", png(40_000, 1, 8, 2, std::slice::from_ref(&data))),
        ("JPEG", jpeg),
        ("GIF", gif),
        ("WebP", webp),
    ] {
        let message = tried(name, &bytes).expect_err(name);
        assert!(message.contains("pixels") || message.contains("larger"), "{name}: {message}");
    }
}

#[test]
fn packed_zeros_do_not_fill_the_memory() {
    // Half a gigabyte each: as pixels that do not fit the picture, as a colour profile, as a text.
    let zeros = bomb(500_000_000);
    let pixels = chunk(b"IDAT", &bomb(20_000));
    let profile = chunk(b"iCCP", &[b"p\0\0".to_vec(), zeros.clone()].concat());
    let text = chunk(b"zTXt", &[b"t\0\0".to_vec(), zeros.clone()].concat());
    for (name, bytes) in [
        ("pixels", png(64, 64, 8, 2, &[chunk(b"IDAT", &zeros)])),
        ("profile", png(64, 64, 8, 2, &[profile, pixels.clone()])),
        ("text", png(64, 64, 8, 2, &[text, pixels])),
    ] {
        let _ = tried(name, &bytes);
    }
}

#[test]
fn the_largest_picture_that_is_taken_stays_within_the_limits() {
    let width = 8_000;
    let row = bomb(4_000 * (width + 1));
    let canvas = tried("32 megapixels", &png(width as u32, 4_000, 8, 0, &[chunk(b"IDAT", &row)]));
    // The stream's checksum is wrong; what counts is what it took.
    assert!(canvas.is_err() || canvas.is_ok_and(|canvas| canvas.width() == 8_000));
}

#[test]
fn what_is_no_picture_is_told_apart_from_what_is_damaged() {
    for (name, bytes, wanted) in [
        ("nothing", &b""[..], "is empty"),
        ("a byte", b"\x89", "is not a PNG"),
        ("a text", b"This is a text named shot.png.", "is not a PNG"),
        (
            "a script",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "is not a PNG",
        ),
        ("another format", b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0", "is not a PNG"),
        ("a PNG's first bytes", b"\x89PNG\r\n\x1a\n", "is damaged"),
        ("a GIF's first bytes", b"GIF89a", "is damaged"),
    ] {
        let message = tried(name, bytes).expect_err(name);
        assert!(message.starts_with(wanted), "{name}: {message}");
    }
}

#[test]
fn thousands_of_frames_cost_as_much_as_one() {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new_with_speed(&mut bytes, 30);
    for frame in 0..3_000u32 {
        let pixels = [(frame % 7) as u8 * 30; 16 * 16 * 3];
        encoder.encode(&pixels, 16, 16, ExtendedColorType::Rgb8).unwrap();
    }
    drop(encoder);
    assert_eq!(tried("thousands of frames", &bytes).unwrap().width(), 16);
}

#[test]
fn what_is_cut_off_is_an_error_or_a_picture_of_its_size() {
    for format in FORMATS {
        let whole = written(format);
        for cut in (0..whole.len()).step_by(7) {
            let name = format!("{format:?} cut at {cut}");
            // A JPEG decoder shows what it has.
            if let Ok(canvas) = tried(&name, &whole[..cut]) {
                assert_eq!((canvas.width(), canvas.height()), (61, 43), "{name}");
            }
        }
    }
}

#[test]
fn broken_files_of_all_formats_run_through() {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 16) as usize % below.max(1)
    };
    for format in FORMATS {
        let whole = written(format);
        for turn in 0..250 {
            let mut bytes = whole.clone();
            for _ in 0..=random(6) {
                let at = random(bytes.len());
                match random(5) {
                    0 => bytes[at] ^= 1 << random(8),
                    1 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][random(5)],
                    2 => bytes.truncate(at.max(1)),
                    3 => drop(bytes.drain(at..(at + random(9)).min(bytes.len()))),
                    _ => {
                        let part = bytes[at..(at + random(40)).min(bytes.len())].to_vec();
                        let to = random(bytes.len());
                        bytes.splice(to..to, part);
                    }
                }
                if bytes.is_empty() {
                    break;
                }
            }
            let _ = tried(&format!("{format:?} broken {turn}"), &bytes);
        }
    }
}
