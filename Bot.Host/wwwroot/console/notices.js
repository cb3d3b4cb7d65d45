// Notices: the phone shows what is being typed, an upload shows how far it is, and a notice under way shows how it goes.
(() => {
  'use strict';
  const $ = (selector, root = document) => root.querySelector(selector);
  const number = value => value.toLocaleString('en-US');

  document.addEventListener('input', event => {
    const name = event.target.dataset.shownAs;
    if (!name) return;
    if (name === 'url') {
      const link = $('[data-shows-link]');
      if (link) link.hidden = event.target.value.trim() === '';
      return;
    }
    const shown = $(`[data-shows="${name}"]`);
    if (shown) shown.textContent = event.target.value;
  });

  document.addEventListener('change', event => {
    if (event.target.matches('[data-submits]')) event.target.form.requestSubmit();
    // Whoever chooses a file or types an openid means that way.
    const way = event.target.closest('.choice');
    const radio = way && $('input[type=radio]', way);
    if (radio && event.target !== radio) radio.checked = true;
  });

  document.addEventListener('htmx:xhr:progress', event => {
    const bar = event.target.dataset && event.target.dataset.upload && $(event.target.dataset.upload);
    if (!bar || !event.detail.lengthComputable) return;
    bar.hidden = false;
    // All of it is there: now the rows are looked at, and nobody knows for how long.
    if (event.detail.loaded >= event.detail.total) bar.removeAttribute('value');
    else bar.value = 100 * event.detail.loaded / event.detail.total;
  });

  // The part is replaced while it is followed; the source stays.
  let source = null, part = null;
  const follow = root => {
    const found = root.matches && root.matches('[data-progress]') ? root : $('[data-progress]', root);
    if (!found || !found.dataset.progress) return;
    part = found;
    if (source && source.url.endsWith(part.dataset.progress) && source.readyState !== EventSource.CLOSED) return;
    if (source) source.close();
    source = new EventSource(part.dataset.progress);
    source.addEventListener('progress', event => {
      if (!document.contains(part)) { source.close(); return; }
      const now = JSON.parse(event.data);
      let moved = now.status !== part.dataset.status;
      for (const [name, value] of Object.entries(now.counts)) {
        const shown = $(`[data-count="${name}"]`, part);
        if (shown && shown.textContent !== number(value)) { shown.textContent = number(value); moved = true; }
      }
      // The bar and the buttons come from the server.
      if (moved) htmx.trigger('#standing', 'moved');
    });
  };
  document.addEventListener('htmx:load', event => follow(event.target));
  window.addEventListener('pagehide', () => source && source.close());
})();
