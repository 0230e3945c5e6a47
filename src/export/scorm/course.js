// Tells the learning management system how far the reader is. Its API is an object of a window above or of the opener:
// `API` in SCORM 1.2, `API_1484_11` in 2004.
(() => {
  'use strict';
  const frame = document.querySelector('iframe');

  /** The API of a window or of those above it. At most 500 of them: frames of hosts may lead in a circle. */
  const above = (start) => {
    let at = start;
    for (let depth = 0; at && depth < 500; depth += 1) {
      try {
        if (at.API_1484_11) return { api: at.API_1484_11, is2004: true };
        if (at.API) return { api: at.API, is2004: false };
      } catch {
        return null; // another site's window
      }
      if (at.parent === at) return null;
      at = at.parent;
    }
    return null;
  };
  const found = above(window) ?? (window.opener ? above(window.opener) : null);
  if (!found) return;
  const { api, is2004 } = found;
  const call = (name, ...values) => api[is2004 ? name : `LMS${name}`](...values);
  const key = (old, now) => (is2004 ? now : old);
  const status = key('cmi.core.lesson_status', 'cmi.completion_status');
  const place = key('cmi.core.lesson_location', 'cmi.location');

  if (String(call('Initialize', '')) !== 'true') return;
  const started = Date.now();
  let isDone = ['completed', 'passed'].includes(call('GetValue', status));
  const resume = Number(call('GetValue', place)) || 0;
  if (!isDone) call('SetValue', status, 'incomplete');
  call('Commit', '');

  addEventListener('message', (event) => {
    if (event.source !== frame.contentWindow || event.data?.source !== 'guidemark') return;
    const { type, step, total, percent } = event.data;
    if (type === 'load' && resume > 1 && resume <= total) {
      frame.contentWindow.postMessage({ target: 'guidemark', command: 'go', step: resume }, '*');
    }
    if (type === 'step') {
      call('SetValue', place, String(step));
      if (is2004) call('SetValue', 'cmi.progress_measure', String(Math.min(1, percent / 100)));
    }
    if (type === 'complete' || (type === 'step' && step === total)) {
      isDone = true;
      call('SetValue', status, 'completed');
      if (is2004) call('SetValue', 'cmi.success_status', 'passed');
    }
    if (type === 'step' || type === 'complete') call('Commit', '');
  });

  /** Time spent, as each version writes it. */
  const spent = () => {
    const seconds = Math.round((Date.now() - started) / 1000);
    const two = (number) => String(number).padStart(2, '0');
    if (is2004) return `PT${seconds}S`;
    return `${String(Math.floor(seconds / 3600)).padStart(4, '0')}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  };
  let isOver = false;
  addEventListener('pagehide', () => {
    if (isOver) return;
    isOver = true;
    call('SetValue', key('cmi.core.session_time', 'cmi.session_time'), spent());
    call('SetValue', key('cmi.core.exit', 'cmi.exit'), isDone ? key('', 'normal') : 'suspend');
    call('Commit', '');
    call(is2004 ? 'Terminate' : 'Finish', '');
  });
})();
