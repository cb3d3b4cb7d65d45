// What makes the console quicker to use. Every page works without it.
(() => {
  'use strict';
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

  // A toast goes by itself; a pointer on it makes it stay.
  function keepToast(toast) {
    if (toast.dataset.kept) return;
    toast.dataset.kept = 'yes';
    let timer = setTimeout(() => toast.remove(), toast.matches('.bad') || toast.querySelector('form') ? 15000 : 6000);
    toast.addEventListener('pointerenter', () => clearTimeout(timer));
    toast.addEventListener('pointerleave', () => { timer = setTimeout(() => toast.remove(), 3000); });
    toast.append(Object.assign(document.createElement('button'), { type: 'button', textContent: '×', ariaLabel: '关闭提示', onclick: () => toast.remove() }));
  }
  function tell(words, bad) {
    if ($$('.toast > span').some(shown => shown.textContent === words)) return;
    const toast = document.createElement('div');
    toast.className = bad ? 'toast bad' : 'toast';
    toast.append(Object.assign(document.createElement('span'), { textContent: words }));
    $('#toasts').append(toast);
    keepToast(toast);
  }

  document.addEventListener('tell', event => tell(event.detail));

  // The session is over: what is written here stays, until its writer is signed in again beside it.
  function lapsed() {
    if ($('#lapsed')) return;
    const toast = Object.assign(document.createElement('div'), { id: 'lapsed', className: 'toast bad' });
    toast.append(Object.assign(document.createElement('span'), { textContent: '登录已过期。请在新窗口登录，再回到这里继续，写好的内容还在。' }),
      Object.assign(document.createElement('a'), { className: 'btn btn-small', target: '_blank', rel: 'noopener', textContent: '登录', href: `/console/sign-in?back=${encodeURIComponent(location.pathname + location.search)}` }));
    $('#toasts').append(toast);
  }

  // Asks before an act that cannot be undone: data-confirm on the form or on the button.
  let asking = null;
  const box = document.createElement('dialog');
  box.setAttribute('aria-labelledby', 'ask-words');
  box.innerHTML = '<div><h2 id="ask-words"></h2></div><div class="form-foot"><button type="button" class="btn" value="no">不了</button><button type="button" class="btn btn-primary" value="yes">确定</button></div>';
  document.body.append(box);
  $('[value=no]', box).onclick = () => box.close();
  $('[value=yes]', box).onclick = () => {
    const { form, submitter } = asking;
    box.close();
    form.dataset.confirmed = 'yes';
    form.requestSubmit(submitter || undefined);
  };

  document.addEventListener('submit', event => {
    const form = event.target, submitter = event.submitter;
    const asks = submitter && submitter.dataset.confirm ? submitter.dataset : form.dataset;
    const words = asks.confirmWith && $(asks.confirmWith).value ? asks.confirmThen : asks.confirm;
    if (words && !form.dataset.confirmed) {
      event.preventDefault();
      event.stopImmediatePropagation();
      asking = { form, submitter };
      $('h2', box).textContent = words;
      const yes = $('[value=yes]', box);
      yes.textContent = (submitter && submitter.dataset.yes) || form.dataset.yes || '确定';
      box.showModal();
      yes.focus();
      return;
    }
    delete form.dataset.confirmed;
    if (form.method === 'post' && !form.matches('[hx-post], [data-download]')) {
      // Later, so that the button's own value still goes along.
      setTimeout(() => $$('button', form).forEach(b => { b.disabled = true; }));
      $('#loading').classList.add('on');
    }
  }, true);
  addEventListener('pageshow', () => {
    $$('form button[disabled]:not([data-off=yes])').forEach(b => { b.disabled = false; });
    $('#loading').classList.remove('on');
  });

  // Whoever writes for long is at work, though nothing is sent: the session is told, so that the text still finds it.
  let told = Date.now();
  document.addEventListener('input', () => {
    if (Date.now() - told < 120000) return;
    told = Date.now();
    fetch('/console/sign-in', { method: 'HEAD', redirect: 'manual' }).catch(() => {});
  });

  // Counters, charts, toasts: also in what htmx brings.
  function count(area) {
    const show = document.querySelector(`[data-count-of="${area.id}"]`);
    if (!show) return;
    const left = area.dataset.max - [...area.value].length;
    show.textContent = left >= 0 ? `还可以写 ${left} 字` : `超出 ${-left} 字`;
    show.classList.toggle('over', left < 0);
  }
  function chart(place) {
    if (!window.echarts || place.dataset.drawn) return;
    place.dataset.drawn = 'yes';
    const data = JSON.parse(place.dataset.chart), drawn = echarts.init(place);
    const colors = ['#0b6b57', '#d9822b', '#1c5796', '#a3301f', '#7b5ea7', '#85918e'];
    // The library's small edition has no legend of its own.
    if (data.series.length > 1) {
      const legend = document.createElement('p');
      legend.className = 'legend';
      legend.append(...data.series.map((s, i) => {
        const name = document.createElement('span'), mark = document.createElement('i');
        mark.style.background = colors[i % colors.length];
        name.append(mark, s.name);
        return name;
      }));
      place.before(legend);
    }
    const pie = data.kind === 'pie', rows = data.kind === 'rows';          // rows: bars that lie, for names too long to stand under them
    const names = { type: 'category', data: data.labels, inverse: rows, axisTick: { show: false }, axisLine: { lineStyle: { color: '#cbd5d1' } }, axisLabel: { color: '#5a6865', ...rows && { width: 150, overflow: 'truncate' } } };
    const amounts = { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: '#edf1ef' } }, axisLabel: { color: '#5a6865' } };
    drawn.setOption({
      color: colors,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      animation: false,
      grid: { left: 8, right: 12, top: 14, bottom: 6, containLabel: true },
      tooltip: { trigger: pie ? 'item' : 'axis', renderMode: 'richText', confine: true },
      xAxis: pie ? undefined : rows ? amounts : names,
      yAxis: pie ? undefined : rows ? names : amounts,
      series: pie
        ? [{ type: 'pie', radius: ['45%', '70%'], center: ['50%', '56%'], data: data.labels.map((name, i) => ({ name, value: data.series[0].values[i] })) }]
        : data.series.map(s => ({ name: s.name, type: rows ? 'bar' : data.kind, data: s.values, stack: data.stacked ? 'all' : undefined, barMaxWidth: 28, symbolSize: 5, smooth: false })),
    });
    addEventListener('resize', () => drawn.resize());
  }
  // What is to be mended leads there, from the top of a long form.
  function lead(problems) {
    if (problems.dataset.led) return;
    problems.dataset.led = 'yes';
    for (const wrong of $$('.field-validation-error')) {
      const label = wrong.closest('.field') && $('label', wrong.closest('.field')), field = label && document.getElementById(label.htmlFor);
      if (!field) continue;
      const link = Object.assign(document.createElement('a'), { href: `#${field.id}`, textContent: `${label.textContent}：${wrong.textContent}` });
      link.addEventListener('click', event => { event.preventDefault(); wrong.closest('.field').scrollIntoView({ block: 'center' }); field.focus({ preventScroll: true }); });
      const line = document.createElement('p');
      line.append(link);
      problems.append(line);
    }
  }
  function dress(part) {
    // htmx reads what it brings as a browser without script would: boxes to tick would be in the form, unseen and required.
    $$('noscript', part).forEach(words => words.remove());
    $$('[data-problems]', part).forEach(lead);
    $$('.toast', part).forEach(keepToast);
    $$('[data-max]', part).forEach(area => { count(area); });
    $$('[data-chart]', part).forEach(chart);
  }
  dress(document);
  addEventListener('load', () => $$('[data-chart]').forEach(chart));       // its library comes after us
  document.addEventListener('htmx:load', event => dress(event.target));
  document.addEventListener('input', event => { if (event.target.dataset.max) count(event.target); });
  document.addEventListener('change', event => {
    const all = event.target.closest('[data-check-all]');
    if (all) $$(`input[type=checkbox][name="${all.dataset.checkAll}"]`).forEach(c => { c.checked = all.checked; });
    if (event.target.closest('[data-submit-on-change]')) event.target.form.requestSubmit();
  });
  // A tab beside a search takes along what stands in the search now, looked for or not.
  const carry = () => $$('[data-carries]').forEach(tabs => $$('a[href]', tabs).forEach(link => {
    const to = new URL(link.href);
    for (const field of tabs.dataset.carries.split(' ').map(name => $(`.filters [name="${name}"]`)).filter(f => f)) {
      if (field.value) to.searchParams.set(field.name, field.value);
      else to.searchParams.delete(field.name);
    }
    link.href = to;
  }));
  document.addEventListener('input', event => { if (event.target.closest('.filters')) carry(); });
  addEventListener('pageshow', carry);                                      // the browser may have put back what was typed

  // The list that one came from, as it was filtered there.
  for (const crumb of $$('.crumbs a')) {
    const from = document.referrer && new URL(document.referrer);
    if (from && from.origin === location.origin && from.pathname === new URL(crumb.href).pathname) crumb.href = from;
  }
  document.addEventListener('click', event => {
    const copy = event.target.closest('[data-copy]');
    if (copy) navigator.clipboard.writeText($(copy.dataset.copy).textContent.trim()).then(() => tell('已复制'), () => tell('浏览器不允许复制，请手动选择文字', true));
    const opener = event.target.closest('[data-open]');
    if (opener) { event.preventDefault(); $(opener.dataset.open).showModal(); }
    const closer = event.target.closest('[data-close]');
    if (closer) closer.closest('dialog').close();
    const insert = event.target.closest('[data-insert]');
    if (insert) {
      const area = $(insert.dataset.insert);
      area.setRangeText(insert.dataset.words, area.selectionStart, area.selectionEnd, 'end');
      area.focus();
      area.dispatchEvent(new Event('input', { bubbles: true }));
    }
    if (event.target.closest('[data-print]')) print();
  });

  // htmx: a thin line for what takes longer, and a sentence for what fails.
  // What a page asks for by itself, every few seconds or because something moved, does not keep anybody signed in.
  document.addEventListener('htmx:configRequest', event => {
    const by = event.detail.triggeringEvent;
    if (!by || !by.isTrusted) event.detail.headers['X-Poll'] = '1';
  });
  document.addEventListener('htmx:beforeRequest', () => $('#loading').classList.add('on'));
  document.addEventListener('htmx:afterRequest', () => $('#loading').classList.remove('on'));
  document.addEventListener('htmx:responseError', event => {
    const status = event.detail.xhr.status;
    if (status === 401) { lapsed(); return; }
    tell(status === 400 ? '没有提交：页面放得太久，或者内容里有无法保存的字符。请刷新页面再试。' : status === 403 ? '您没有权限做这一步。' : status === 404 ? '内容已不存在，请刷新页面。' : status === 413 ? '文件太大，没有接收。请看文件旁写明的上限，分开上传。' : status === 429 ? '操作太快，请稍后再试。' : status === 503 ? '系统暂时繁忙，请稍等片刻再试。' : '没有成功，请稍后再试；如仍不行请联系管理员。', true);
  });
  // What did not wholly leave is not done; of the rest nobody here knows, and a form that is sent again acts once.
  const lost = event => {
    const config = event.detail.requestConfig, part = config && config.elt.dataset.uploaded;
    return part < 100 ? `上传到 ${part}% 时断开，什么也没有保存。` : config && config.verb === 'post' ? '不知道这一步办成没有：再按一次即可，不会办两次。' : '';
  };
  document.addEventListener('htmx:sendError', event => tell(`连不上服务器。${lost(event)}请检查网络后再试。`, true));
  document.addEventListener('htmx:timeout', event => tell(`等了太久，没有完成。${lost(event)}请检查网络后再试。`, true));
  document.addEventListener('htmx:afterOnLoad', event => { if (event.detail.xhr.status < 400 && $('#lapsed')) $('#lapsed').remove(); });

  // What comes in the place of a part takes the keyboard from nobody: htmx gives the focus back by id, the rest is found again by where it leads or what it sends.
  const sense = e => [e.tagName, e.getAttribute('href') || e.textContent.trim(), ...(e.form ? $$('input[type=hidden]:not([name^="_"])', e.form).map(i => i.value) : [])].join('|');
  let held = null;
  document.addEventListener('htmx:beforeSwap', event => {
    const now = document.activeElement;
    held = now && now !== document.body && !now.id && event.detail.target.contains(now) ? sense(now) : null;
  });
  document.addEventListener('htmx:afterSwap', () => {
    if (!held || document.activeElement !== document.body) return;
    const again = $$('.page a[href], .page button, .page summary, .page [tabindex]').find(e => sense(e) === held);
    if (again) again.focus({ preventScroll: true });
  });
  document.addEventListener('htmx:confirm', event => {
    // Our dialog has asked already.
    if (event.target.dataset && event.target.dataset.confirm) event.detail.question = null;
  });
})();
