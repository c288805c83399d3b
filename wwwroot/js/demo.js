// The demo's own page: seed 004's snippet, word for word where it matters.
'use strict';

const demo = document.querySelector('.demo');
const events = document.getElementById('events');

window.yzsLogin = new window.YzsLogin({ id: 'login_container', app_id: demo.dataset.app, width: 260, height: 260, lang: document.documentElement.lang });

window.addEventListener('message', event => {
  if (event.origin !== location.origin || !event.data || event.data.from !== 'scan_login') return;
  const line = document.createElement('li');
  line.textContent = JSON.stringify({ ...event.data, ...(event.data.auth_code ? { auth_code: event.data.auth_code.slice(0, 6) + '…' } : {}) });
  events.append(line);
  if (event.data.code === 1) location.assign(demo.dataset.callback + '?auth_code=' + encodeURIComponent(event.data.auth_code));
});
