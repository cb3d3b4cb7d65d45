// A case: what somebody else did is shown at once, unless one is typing.
(() => {
  'use strict';
  // A report that was given away is nobody's to look at here: what came instead is another page.
  document.addEventListener('htmx:beforeSwap', event => {
    const came = new URL(event.detail.xhr.responseURL, location.href);
    if (event.detail.target.id !== 'case' || came.pathname === location.pathname) return;
    event.detail.shouldSwap = false;
    location.href = came.href;
  });

  // Of several that share a name the browser shuts the newcomer while the old page is still there.
  document.addEventListener('htmx:afterSettle', () => {
    const first = document.querySelector('#case details[data-first=yes]');
    if (first && !document.querySelector('#case details[name=acts][open]')) first.open = true;
  });

  // Nothing that was written, chosen or ticked is taken away.
  let begun = false;
  document.addEventListener('input', event => { if (event.target.closest('#case')) begun = true; });
  document.addEventListener('htmx:afterSwap', event => { if (event.target.id === 'case') begun = false; });
  document.addEventListener('htmx:afterSettle', () => {
    const button = document.querySelector('#changed button');
    if (!button) return;
    if (begun || document.querySelector('#case [data-sent=yes], dialog[open]')) button.textContent = '看最新情况（不保留已填的内容）';
    else button.click();
  });
})();
