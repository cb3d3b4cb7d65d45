// The editor of an article or a document. Without it the text area takes HTML, and the server cleans that.
(() => {
  'use strict';
  const frame = document.querySelector('.editor');
  if (!frame) return;
  const form = frame.closest('form'), source = frame.querySelector('textarea');
  const takesPictures = !!form.querySelector('[data-upload=Picture]');
  const problem = document.querySelector('#editor-problem');
  const words = document.createElement('div');
  words.className = 'editor-words';
  words.contentEditable = 'true';
  words.setAttribute('role', 'textbox');
  words.setAttribute('aria-multiline', 'true');
  words.setAttribute('aria-label', '正文');
  // What the server sent is clean already; a document may be plain paragraphs.
  if (/^\s*</.test(source.value)) words.innerHTML = source.value;
  else for (const line of source.value.split(/\n+/)) words.append(Object.assign(document.createElement('p'), { textContent: line }));
  source.hidden = true;
  frame.append(words);
  frame.querySelector('.editor-bar').hidden = false;
  document.execCommand('styleWithCSS', false, false);
  document.execCommand('defaultParagraphSeparator', false, 'p');

  function tell(text) {
    problem.textContent = text || '';
    problem.hidden = !text;
    if (text) problem.scrollIntoView({ block: 'nearest' });
  }

  // Of pictures and files alike; the server looks again.
  const largest = 10 * 1024 * 1024;

  async function ask(handler, fields) {
    if (fields.file && fields.file.size > largest) {
      tell(`“${fields.file.name}”有 ${(fields.file.size / 1024 / 1024).toFixed(1)} MB，最大 10 MB，没有上传。请压缩后再试。`);
      return null;
    }
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append('__RequestVerificationToken', form.querySelector('[name=__RequestVerificationToken]').value);
    frame.classList.add('busy');
    try {
      const answer = await fetch(`${location.pathname}?handler=${handler}`, { method: 'POST', body });
      if (answer.redirected) throw new Error('登录已过期。请在新窗口登录，再回到这里继续，写好的内容还在。');
      if (answer.status === 413) throw new Error('文件太大，最大 10 MB。请压缩后再上传。');
      if (!answer.ok) throw new Error('没有成功，请稍后再试；如仍不行请联系管理员。');
      const told = await answer.json();
      if (told.problem) throw new Error(told.problem);
      tell('');
      return told;
    } catch (fault) {
      tell(fault instanceof TypeError ? '连不上服务器，请检查网络后再试。' : fault.message);
      return null;
    } finally {
      frame.classList.remove('busy');
    }
  }

  function put(html) {
    words.focus();
    document.execCommand('insertHTML', false, html);
  }

  async function picture(file) {
    const kept = await ask('Picture', { file });
    if (kept) put(`<img src="${kept.url}" alt="">`);
  }

  words.addEventListener('paste', async event => {
    const files = [...event.clipboardData.files].filter(f => f.type.startsWith('image/'));
    const html = event.clipboardData.getData('text/html');
    if (html) {
      event.preventDefault();
      const clean = await ask('Clean', { html });
      if (clean) {
        put(clean.html);
        if (clean.dropped) tell(`有 ${clean.dropped} 张图片没有带入，请${takesPictures ? '用“图片”按钮' : '作为附件'}上传。`);
      }
    } else if (files.length) {
      event.preventDefault();
      if (!takesPictures) return tell('正文不能放图片，请作为附件上传。');
      for (const file of files) await picture(file);
    }
  });

  function choose(accept, then) {
    const input = Object.assign(document.createElement('input'), { type: 'file', accept });
    input.onchange = () => input.files[0] && then(input.files[0]);
    input.click();
  }

  form.addEventListener('click', event => {
    const button = event.target.closest('button[type=button]');
    if (!button) return;
    if (button.dataset.do) {
      words.focus();
      document.execCommand(button.dataset.do, false, button.dataset.with);
    } else if ('link' in button.dataset) {
      const chosen = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
      const address = prompt('链接地址，例如 https://… 或 /p/P042');
      if (!address) return;
      words.focus();
      if (chosen) { getSelection().removeAllRanges(); getSelection().addRange(chosen); }
      if (getSelection().isCollapsed) put('<a></a>');
      document.execCommand('createLink', false, address);
    } else if ('table' in button.dataset) {
      put('<table><tbody><tr><th>项目</th><th>内容</th></tr><tr><td>&nbsp;</td><td>&nbsp;</td></tr><tr><td>&nbsp;</td><td>&nbsp;</td></tr></tbody></table><p></p>');
    } else if (button.dataset.upload === 'Picture') {
      choose('image/png,image/jpeg,image/webp,image/bmp', picture);
    } else if (button.dataset.upload === 'Cover') {
      choose('image/png,image/jpeg,image/webp,image/bmp', async file => {
        const kept = await ask('Picture', { file });
        if (!kept) return;
        const place = form.querySelector('[data-cover]');
        place.querySelector('input').value = kept.id;
        const shown = place.querySelector('img') || place.insertBefore(new Image(), place.firstChild);
        shown.alt = '封面图';
        shown.src = kept.url;
      });
    } else if (button.dataset.upload === 'Attachment') {
      choose('.pdf,.doc,.docx,.xls,.xlsx,.wps,.et,.ofd,.zip,.png,.jpg,.jpeg', async file => {
        const kept = await ask('Attachment', { file });
        if (!kept) return;
        const item = document.createElement('li');
        item.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'Input.Attachments', value: kept.id }));
        item.append(Object.assign(document.createElement('a'), { href: kept.url, textContent: kept.name }));
        const drop = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-small btn-quiet', textContent: '移除' });
        drop.dataset.drop = '';
        item.append(drop);
        form.querySelector('[data-files]').append(item);
      });
    } else if ('drop' in button.dataset) {
      button.closest('li').remove();
    }
  });

  let saved = words.innerHTML;
  // Words that stand bare in front would make all of it plain text.
  form.addEventListener('submit', () => {
    if (words.innerHTML === saved) return;
    saved = words.innerHTML;
    source.value = /^\s*</.test(saved) ? saved : `<p>${saved}</p>`;
  });
  addEventListener('beforeunload', event => { if (words.innerHTML !== saved) event.preventDefault(); });
})();
