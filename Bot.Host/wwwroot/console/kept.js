// What was typed into a form outlives a session that was over when it was sent: it lies in this tab until the next page, and is put back once its writer has signed in again.
(() => {
  'use strict';
  const place = 'kept', who = document.body.dataset.me;
  const leads = address => {
    const url = new URL(address, location.href), handler = url.searchParams.get('handler');
    url.searchParams.delete('handler');
    return { page: `${url.pathname}?${[...url.searchParams].sort()}`, handler };
  };
  const page = leads(location.href).page;
  const sends = form => { const to = leads(form.getAttribute('action') || ''); return `${to.page} ${to.handler}`; };
  // Never a password; a file cannot be put back.
  const fields = form => [...form.elements].filter(e => e.name && !e.name.startsWith('_') && !/^(password|file|submit|button|image|reset)$/.test(e.type));
  const hidden = form => fields(form).filter(e => e.type === 'hidden').map(e => `${e.name}=${e.value}`).join('&');

  // The page without anybody's name is the sign-in.
  if (!who) {
    const kept = document.querySelector('[data-lapsed]') && sessionStorage.getItem(place);
    if (kept) sessionStorage.setItem(place, JSON.stringify({ ...JSON.parse(kept), lapsed: true }));
    return;
  }

  const kept = JSON.parse(sessionStorage.getItem(place));
  sessionStorage.removeItem(place);
  if (kept && kept.lapsed && kept.who === who && kept.page === page) putBack();

  // After everybody else had a look: what asks first, or is sent by htmx, is not on its way.
  addEventListener('submit', event => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    sessionStorage.setItem(place, JSON.stringify({
      who, page, to: sends(form), hidden: hidden(form), fields: fields(form).map(e => ({ name: e.name, type: e.type, value: e.value, on: e.checked })),
    }));
  });

  function putBack() {
    const like = [...document.forms].filter(f => f.method === 'post' && sends(f) === kept.to);
    const form = like.find(f => hidden(f) === kept.hidden) || (like.length === 1 ? like[0] : null);
    if (!form) return;
    // With what it was written against: had somebody else been there meanwhile, the answer is the same as without the lapse.
    const free = fields(form), shown = [];
    for (const was of kept.fields) {
      const at = free.findIndex(e => e.name === was.name && e.type === was.type && (!/^(checkbox|radio)$/.test(e.type) || e.value === was.value));
      const field = at >= 0 ? free.splice(at, 1)[0] : was.type === 'hidden' ? form.appendChild(Object.assign(document.createElement('input'), { type: 'hidden', name: was.name })) : null;
      if (!field) continue;
      if (field.value !== was.value || field.checked !== was.on) shown.push(field);
      [field.value, field.checked] = [was.value, was.on];
    }
    const typed = shown.filter(field => field.type !== 'hidden');
    if (typed.length === 0) return;
    for (let part = form.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
    if (form.closest('dialog')) form.closest('dialog').showModal();
    for (const field of typed) field.dispatchEvent(new Event('input', { bubbles: true }));
    document.dispatchEvent(new CustomEvent('tell', { detail: '登录前填写的内容已放回原处，还没有提交，请核对后再提交' }));
  }
})();
