for (const pair of document.querySelectorAll('.pair')) {
  const after = pair.querySelector('.after');
  const range = pair.querySelector('input[type=range]');
  let timer = 0;
  const slide = () => {
    after.style.clipPath = pair.dataset.view === 'slide' ? `inset(0 0 0 ${100 - range.value}%)` : '';
  };
  pair.addEventListener('input', (event) => {
    if (event.target.type === 'radio') {
      pair.dataset.view = event.target.value;
      clearInterval(timer);
      after.removeAttribute('data-off');
      // Slower than what may harm.
      if (event.target.value === 'blink') timer = setInterval(() => after.toggleAttribute('data-off'), 700);
    }
    slide();
  });
}
