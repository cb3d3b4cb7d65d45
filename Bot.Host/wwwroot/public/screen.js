// The hall's screen: shows what the server sends, says so when nothing comes, and tells the time.
const byId = id => document.getElementById(id);
const make = (name, text, className) => {
  const element = document.createElement(name);
  element.textContent = text;
  if (className) element.className = className;
  return element;
};

function show(state) {
  byId('calls').replaceChildren(...state.calls.map(call => {
    const row = make('li', '', call.fresh ? 'fresh' : '');
    const ticket = make('b', call.ticket);
    if (call.priority) ticket.append(make('small', '优先'));
    row.append(ticket, make('span', `${call.counter} 号窗口`));
    return row;
  }));
  byId('quiet').hidden = state.calls.length > 0;
  byId('nobody').hidden = state.queues.length > 0;
  byId('queues').replaceChildren(...state.queues.map(queue => {
    const row = make('li', '');
    row.append(make('b', queue.name), make('span', `${queue.waiting} 人`), make('small', queue.next), make('em', queue.pause));
    return row;
  }));
}

// A browser connects again by itself after a break, but not after an answer that is an error, as a balancer gives while a host restarts.
const againAfter = 5000;

function listen() {
  const events = new EventSource(document.body.dataset.events);
  events.addEventListener('queue', event => { byId('offline').hidden = true; show(JSON.parse(event.data)); });
  events.addEventListener('error', () => {
    byId('offline').hidden = false;
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, againAfter);
  });
}

listen();

const tick = () => { byId('clock').textContent = new Date().toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' }); };
tick();
setInterval(tick, 5000);
