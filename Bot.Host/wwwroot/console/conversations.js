// A conversation stays at its end by its style; whoever reads further up stays there, too, when a line comes.
(() => {
  'use strict';
  const talk = document.querySelector('.talk');
  if (!talk) return;
  let height = 0;
  document.addEventListener('htmx:beforeSwap', event => { if (event.detail.target.id === 'talk') height = talk.scrollHeight; });
  document.addEventListener('htmx:afterSwap', () => {
    if (height > 0 && talk.scrollTop < 0) talk.scrollTop -= talk.scrollHeight - height;
    height = 0;
  });
})();
