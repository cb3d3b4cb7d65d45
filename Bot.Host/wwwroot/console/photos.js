// Photos, large: one after the other by the arrow keys.
(() => {
  'use strict';
  const box = Object.assign(document.createElement('dialog'), { className: 'lightbox' });
  box.setAttribute('aria-label', '照片');
  box.innerHTML = '<div class="lightbox-view"></div><div class="form-foot"><button type="button" class="btn" value="-1">上一张</button><span class="soft"></span><button type="button" class="btn" value="1">下一张</button><button type="button" class="btn btn-primary" value="0">关闭</button></div>';
  document.body.append(box);
  const view = box.querySelector('.lightbox-view'), place = box.querySelector('.soft');
  let photos = [], at = 0;

  function show(next) {
    at = (next + photos.length) % photos.length;
    const link = photos[at];
    const large = document.createElement(link.dataset.photo === 'video' ? 'video' : 'img');
    large.src = link.href;
    if (large.tagName === 'VIDEO') large.controls = true; else large.alt = link.querySelector('img').alt;
    view.replaceChildren(large);
    place.textContent = `${at + 1} / ${photos.length}`;
    box.querySelectorAll('[value="-1"], [value="1"]').forEach(b => { b.hidden = photos.length < 2; });
  }
  document.addEventListener('click', event => {
    const link = event.target.closest('a[data-photo]');
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      photos = [...document.querySelectorAll('a[data-photo]')];
      show(photos.indexOf(link));
      box.showModal();
    }
    const button = event.target.closest('.lightbox button');
    if (button) button.value === '0' ? box.close() : show(at + Number(button.value));
    if (event.target === box) box.close();
  });
  box.addEventListener('keydown', event => {
    if (event.key === 'ArrowLeft') show(at - 1);
    if (event.key === 'ArrowRight') show(at + 1);
  });
  box.addEventListener('close', () => view.replaceChildren());
})();
