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

  // Nothing that is being typed is taken away.
  document.addEventListener('htmx:afterSettle', () => {
    const button = document.querySelector('#changed button');
    const typing = document.querySelector('#case [data-sent=yes]') || [...document.querySelectorAll('#case textarea, #case input[type=text]')].some(f => f.value !== f.defaultValue);
    if (button && !typing && !document.querySelector('dialog[open]')) button.click();
  });
})();
