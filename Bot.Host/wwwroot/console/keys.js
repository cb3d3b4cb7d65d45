// The keyboard: g and a letter goes to a page, / to the search field, j and k along the list, u back to it, ? shows all of them.
(() => {
  'use strict';
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const typing = e => e.closest && e.closest('input, textarea, select, [contenteditable]');

  // Whoever speaks to the computer, or whose hand trembles, can do without single keys (我的账号); this browser remembers it for them.
  const single = `single-keys:${document.body.dataset.me}`;
  const quiet = () => { try { return localStorage.getItem(single) === 'off'; } catch { return false; } };
  const choice = $('#single-keys');
  if (choice) {
    choice.checked = !quiet();
    choice.addEventListener('change', () => {
      try { localStorage.setItem(single, choice.checked ? 'on' : 'off'); } catch { choice.checked = true; }
      document.dispatchEvent(new CustomEvent('tell', { detail: quiet() ? '单键快捷键已关闭' : '单键快捷键已打开' }));
    });
  }

  // g and a letter goes to a page: the letter may take its time, g waits for the next key, or for the pointer to do something else.
  let waiting = false;

  // From row to row of the list; Enter opens the one where the focus is.
  function walk(by) {
    const rows = $$('#list tbody tr').map(row => $('.main a[href], a[href]', row)).filter(link => link);
    if (rows.length === 0) return false;
    const at = rows.findIndex(link => link.closest('tr').contains(document.activeElement));
    rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by))].focus();
    return true;
  }
  // What is done there begins with its first field.
  function open(part) {
    part.open = true;
    const first = $('textarea, select, input:not([type=hidden]), button:not([type=button])', part);
    if (first) first.focus();
    part.scrollIntoView({ block: 'nearest' });
  }
  document.addEventListener('pointerdown', () => { waiting = false; });
  const keys = $('#keys');
  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'k' && $('#find') && !document.querySelector('dialog[open]')) {
      event.preventDefault();
      $('#menu').checked = true;            // on a phone it is behind the menu
      $('#find').focus();
      $('#find').select();
      return;
    }
    // What is being written goes out, as by its button: that may ask first.
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && event.target.matches('textarea') && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit($('button:not([type=button])', event.target.form));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && typing(event.target)) { event.target.blur(); return; }
    if (typing(event.target) || document.querySelector('dialog[open]') || quiet()) return;
    if (event.key === '?' && keys) { event.preventDefault(); keys.showModal(); return; }
    if (event.key === '/') {
      const field = $('.page input[type=search]') || $('#find');
      if (field) { event.preventDefault(); field.focus(); field.select(); }
      return;
    }
    if (event.key === 'Shift') return;
    if (event.key === 'g') { waiting = true; return; }
    if (waiting) {
      waiting = false;
      const link = $(`.nav a[data-key="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); location.href = link.href; }
      return;
    }
    if ((event.key === 'j' || event.key === 'k') && walk(event.key === 'j' ? 1 : -1)) { event.preventDefault(); return; }
    const act = $(`.page [data-key="${CSS.escape(event.key)}"]`);
    if (!act) return;
    event.preventDefault();
    if (act.matches('summary')) open(act.parentElement);
    else act.click();
  });
})();
