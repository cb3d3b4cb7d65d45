// Uploads: what is too large is told before it is sent, how far it is while it goes up, and that it is being looked at afterwards.
(() => {
  'use strict';
  const megabytes = bytes => `${(bytes / 1048576).toFixed(1)} MB`;
  const chosen = form => [...form.elements].flatMap(field => [...field.files || []]);
  const sizeOf = form => chosen(form).reduce((all, file) => all + file.size, 0);

  document.addEventListener('change', event => {
    const field = event.target;
    if (field.type !== 'file' || !field.form || !field.dataset.most) return;
    const size = sizeOf(field.form);
    field.setCustomValidity(size <= field.dataset.most ? '' : `所选文件共 ${megabytes(size)}，超过一次能上传的 ${megabytes(field.dataset.most)}，请分开上传`);
    field.reportValidity();
  });

  // What is on its way: the form says how many hundredths of it are there (data-uploaded).
  let under = null;
  const bar = () => document.querySelector(under.dataset.upload);
  const say = words => {
    const line = bar().parentElement.querySelector('.uploading') || Object.assign(document.createElement('p'), { className: 'hint uploading', role: 'status' });
    if (!line.isConnected) bar().after(line);
    if (line.textContent !== words) line.textContent = words;
  };

  document.addEventListener('htmx:beforeRequest', event => {
    const form = event.target;
    if (!form.dataset || !form.dataset.upload || chosen(form).length === 0) return;
    under = form;
    under.dataset.uploaded = 0;
    bar().value = 0;
    bar().hidden = false;
    say(`正在上传，共 ${megabytes(sizeOf(form))}`);
  });
  document.addEventListener('htmx:xhr:progress', event => {
    if (event.target !== under || under.dataset.uploaded === '100' || !event.detail.lengthComputable) return;
    const { loaded, total } = event.detail, part = Math.floor(100 * loaded / total);
    under.dataset.uploaded = part;
    bar().value = part;
    if (part < 100) {
      say(`正在上传，共 ${megabytes(total)}，已传 ${part - part % 10}%`);
      return;
    }
    // All of it is there: now it is looked at, and nobody knows for how long.
    bar().removeAttribute('value');
    say('文件已传完，正在核对内容。核对完本页会自动更新，请不要关闭。');
  });
  // After the sentence of what became of it.
  document.addEventListener('htmx:afterRequest', event => setTimeout(() => {
    if (event.target !== under) return;
    if (bar()) {
      bar().hidden = true;
      for (const line of bar().parentElement.querySelectorAll('.uploading')) line.remove();
    }
    delete under.dataset.uploaded;
    under = null;
  }));
  addEventListener('beforeunload', event => { if (under) event.preventDefault(); });
})();
