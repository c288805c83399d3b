// The page of a QR code (seed 004). It hears of its ticket over /hubs/scan (SignalR's JSON protocol, of which it needs four
// records) and, where sockets are blocked or lost, by the long poll.
'use strict';

const END = '\x1e';
const SCANNED = 102, CANCELLED = 103, EXPIRED = 104, CONFIRMED = 1;
const UNKNOWN = '40008';
const PING_MS = 15000, QUIET_MS = 5000, LOST_MS = 40000, RETRY_MS = 2000;

let page = document.getElementById('scan');
let refreshes = 0;
let last = 0;
let turn = 0; // A new code, or a poll in the place of a socket, makes everything before it old.
let socket = null;

const isOver = () => last === CONFIRMED || last === CANCELLED || last === EXPIRED;
const wait = ms => new Promise(done => setTimeout(done, ms));

function say(key) {
  const line = document.getElementById('status');
  const text = line.dataset[key];
  if (line.textContent !== text) line.textContent = text;
}

function tell(state) {
  const origin = page.dataset.origin;
  if (!origin || state.code === 101) return;
  const event = { from: 'scan_login', code: state.code };
  if (state.auth_code) event.auth_code = state.auth_code;
  window.parent.postMessage(event, origin);
}

function showWho(state) {
  const cover = page.querySelector('[data-when="102"]');
  cover.querySelector('.name').textContent = state.name || '';
  const [drawn, picture] = [cover.querySelector('svg.avatar'), cover.querySelector('img.avatar')];
  if (state.avatar && /^https?:/.test(state.avatar)) {
    picture.onload = () => { picture.hidden = false; drawn.setAttribute('hidden', ''); };
    picture.src = state.avatar;
  }
  for (const part of cover.querySelectorAll('.pick, .number')) part.hidden = !state.number;
  cover.querySelector('.number').textContent = state.number || '';
}

function show(state) {
  if (state.code === last || isOver()) return;
  last = state.code;
  if (last === SCANNED) showWho(state);
  for (const cover of page.querySelectorAll('.cover')) cover.hidden = cover.dataset.when !== String(last);
  say(String(last));
  tell(state);
  page.querySelector('.here').hidden = isOver();
  if (isOver() && socket) socket.close();
  if (last === CONFIRMED && state.redirect) location.replace(state.redirect);
  const form = page.querySelector('form[data-confirmed]');
  if (last === CONFIRMED && form) {
    form.elements.code.value = state.auth_code;
    form.submit();
  }
  if (last === EXPIRED && refreshes < Number(page.dataset.refreshes)) {
    refreshes++;
    renew();
  }
}

// The same address again: its code takes the place of this one. What cannot be fetched leaves the button.
async function renew() {
  const mine = ++turn;
  try {
    const reply = await fetch(location.href, { cache: 'no-store' });
    const next = new DOMParser().parseFromString(await reply.text(), 'text/html').getElementById('scan');
    if (mine !== turn) return;
    if (!reply.ok || !next) {
      say('failed');
      return;
    }
    page.replaceWith(document.adoptNode(next));
    page = next;
    last = 0;
    follow();
  } catch {
    if (mine === turn) say('failed');
  }
}

function follow() {
  const mine = ++turn;
  const { ticket, secret } = page.dataset;
  let own = null, heard = 0, ping = 0, impatience = 0;
  // To the poll, once, whatever is wrong with the socket. One that is cut off may never say that it closed.
  const leave = () => {
    clearTimeout(impatience);
    clearInterval(ping);
    if (own) own.close();
    if (mine === turn && !isOver()) poll(++turn);
  };
  try {
    own = socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/hubs/scan');
  } catch {
    leave();
    return;
  }
  const send = record => own.send(JSON.stringify(record) + END);
  impatience = setTimeout(() => { if (!heard) leave(); }, QUIET_MS);
  own.onopen = () => {
    send({ protocol: 'json', version: 1 });
    send({ type: 1, invocationId: '1', target: 'watch', arguments: [ticket, secret] });
    // The server says something every 15 s as well. By the clock of the day: the other one stands still while a PC sleeps.
    ping = setInterval(() => { if (Date.now() - heard > LOST_MS) leave(); else send({ type: 6 }); }, PING_MS);
  };
  own.onmessage = message => {
    if (heard) heard = Date.now();
    for (const text of message.data.split(END)) {
      if (!text || mine !== turn) continue;
      const record = JSON.parse(text);
      if (record.type === 1 && record.target === 'state') { heard = Date.now(); show(record.arguments[0]); }
      if (record.type === 3 && record.error) {
        if (record.error.includes(UNKNOWN)) show({ code: EXPIRED }); else leave();
      }
    }
  };
  own.onclose = leave;
}

async function poll(mine) {
  const { ticket, secret } = page.dataset;
  while (mine === turn && !isOver()) {
    try {
      const asked = new URLSearchParams({ ticket, secret, last });
      const reply = await (await fetch('/api/connect/qrlogin/state?' + asked, { cache: 'no-store', signal: AbortSignal.timeout(LOST_MS) })).json();
      if (mine !== turn) return;
      if (reply.success === 1) {
        say(String(last || 101));
        show(reply.data);
      } else if (reply.data.code === 40008) {
        show({ code: EXPIRED });
      } else {
        await wait(RETRY_MS);
      }
    } catch {
      if (mine !== turn) return;
      say('away');
      await wait(RETRY_MS);
    }
  }
}

document.addEventListener('click', clicked => {
  if (clicked.target.closest('.again')) {
    refreshes = 0;
    renew();
  }
});
window.addEventListener('pageshow', shown => { if (shown.persisted) location.reload(); });
follow();
