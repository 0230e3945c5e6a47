// Codes pictures with the browser's own encoder: `film.start(settings)`, `film.add(png, from, to, key)`, `film.finish()`.
globalThis.film = (() => {
  'use strict';
  let encoder;
  let made = [];
  let failed = null;
  let fps = 30;
  let config = null;

  const base64 = (bytes) => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(text);
  };
  const bytesOf = (buffer) => (ArrayBuffer.isView(buffer) ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength) : new Uint8Array(buffer));
  const frames = (microseconds) => Math.round((microseconds * fps) / 1e6);

  const output = (chunk, more) => {
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    made.push({ from: frames(chunk.timestamp), to: frames(chunk.timestamp + chunk.duration), is_key: chunk.type === 'key', data: base64(data) });
    const decoder = more?.decoderConfig;
    if (!decoder) return;
    const { primaries, transfer, matrix, fullRange } = decoder.colorSpace ?? {};
    config = { description: decoder.description ? base64(bytesOf(decoder.description)) : '',
      primaries: primaries ?? '', transfer: transfer ?? '', matrix: matrix ?? '', full_range: !!fullRange };
  };

  /** The first of some codecs that the browser can write; nothing if it can write none. */
  const start = async ({ codecs, width, height, bitrate, framerate }) => {
    fps = framerate;
    for (const codec of codecs) {
      const wish = { codec, width, height, bitrate, framerate, bitrateMode: 'variable', latencyMode: 'quality', contentHint: 'text', hardwareAcceleration: 'prefer-software' };
      if (codec.startsWith('avc1')) wish.avc = { format: 'avc' };
      const answer = await VideoEncoder.isConfigSupported(wish).catch(() => null);
      if (!answer?.supported) continue;
      encoder = new VideoEncoder({ output, error: (error) => { failed = error; } });
      encoder.configure(wish);
      return codec;
    }
    return '';
  };

  const ready = () => {
    if (failed) throw failed;
    const done = made;
    made = [];
    return done;
  };

  /** Codes a picture for each of some stretches, in frames; the first may be one from which a film can be begun. */
  const add = async (png, stretches, keyFrame) => {
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    for (const [index, [from, to]] of stretches.entries()) {
      const time = (at) => Math.round((at * 1e6) / fps);
      const frame = new VideoFrame(bitmap, { timestamp: time(from), duration: time(to) - time(from), alpha: 'discard' });
      encoder.encode(frame, { keyFrame: keyFrame && index === 0 });
      frame.close();
    }
    bitmap.close();
    while (encoder.encodeQueueSize > 3 && !failed) await new Promise((done) => encoder.addEventListener('dequeue', done, { once: true }));
    return ready();
  };

  const finish = async () => {
    await encoder.flush();
    return { chunks: ready(), config };
  };
  return { start, add, finish };
})();
