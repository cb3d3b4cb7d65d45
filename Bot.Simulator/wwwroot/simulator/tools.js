// The right-hand column: journal, faults, clock and guide.
import { $, el, icon } from './dom.js';
import { startClock } from './clock.js';
import { startFaults } from './faults.js';
import { startGuide } from './guide.js';
import { showInJournal, startJournal } from './journal.js';
import { on, world } from './world.js';

const tabs = [['journal', '流水'], ['faults', '故障'], ['clock', '时钟'], ['guide', '说明']];

export function show(name) {
  for (const [id] of tabs) {
    const tab = $(`tab-${id}`);
    tab.setAttribute('aria-selected', String(id === name));
    tab.tabIndex = id === name ? 0 : -1;
    $(`panel-${id}`).hidden = id !== name;
  }
  sessionStorage.setItem('tab', name);
  $('tab-body').scrollTop = 0;
}

function move(e) {
  const at = tabs.findIndex(([id]) => `tab-${id}` === document.activeElement.id);
  const to = e.key === 'ArrowRight' ? at + 1 : e.key === 'ArrowLeft' ? at - 1 : null;
  if (at < 0 || to === null) return;
  const [id] = tabs[(to + tabs.length) % tabs.length];
  show(id);
  $(`tab-${id}`).focus();
}

// Folded away, the phone has the room to itself.
function fold() {
  const button = el('button', { class: 'icon-button only-wide', type: 'button', onclick: () => set($('page').classList.toggle('tools-closed')) });
  const set = closed => {
    button.replaceChildren(icon(closed ? 'back' : 'forward', 2));
    button.setAttribute('aria-label', closed ? '展开工具' : '收起工具');
    button.setAttribute('aria-expanded', String(!closed));
    $('page').classList.toggle('tools-closed', closed);
    localStorage.setItem('tools-closed', closed ? '1' : '');
  };
  set(localStorage.getItem('tools-closed') === '1');
  return button;
}

export function startTools() {
  $('tabs').append(el('div', { role: 'tablist', 'aria-label': '工具' }, ...tabs.map(([id, label]) => el('button', {
    type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': `panel-${id}`, onclick: () => show(id),
  }, label))), el('span', { class: 'spacer' }), el('button', {
    class: 'icon-button only-narrow', type: 'button', 'aria-label': '收起工具', onclick: () => { $('tools').classList.remove('open'); $('scrim').hidden = true; },
  }, icon('close')), fold());
  $('tabs').addEventListener('keydown', move);
  $('tab-body').append(...tabs.map(([id]) => el('div', { id: `panel-${id}`, role: 'tabpanel', 'aria-labelledby': `tab-${id}`, hidden: true })));
  startJournal($('panel-journal'));
  startFaults($('panel-faults'));
  startClock($('panel-clock'));
  startGuide($('panel-guide'));
  show(sessionStorage.getItem('tab') ?? 'guide');

  on('faults', () => {
    $('tab-faults').replaceChildren('故障', world.faults.length ? el('span', { class: 'badge' }, String(world.faults.length)) : '');
  });
  on('explain', id => {
    show('journal');
    if ($('page').classList.contains('tools-closed')) $('tabs').querySelector('.only-wide').click();
    $('tools').classList.add('open');
    $('scrim').hidden = !matchMedia('(max-width: 980px)').matches;
    showInJournal(id);
  });
}
