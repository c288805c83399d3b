// For the pages that autoLogin leads to (seed 000), at this host or any other under the environment's return addresses:
//   <script src="https://HOST/js/session.js"></script>
//   await FederationSession.getToken()          the access token, fresh; null when nobody is signed in
//   FederationSession.onChange(token => …)      at each new token, and null at the end; returns a function that stops it
//   await FederationSession.signOut()           in all tabs, here and at the host
// The token in the page's address is taken out of it and exchanged once for a session of this origin's own. One tab at a time renews it.
(function () {
  'use strict';

  const KEY = 'federation.session';
  const LOCK = 'federation.session.renewal';
  const LEASE_MS = 15000;
  // Browsers hand what one tab wrote to the others' processes a moment later; who read the old refresh token then would end the session by it.
  const SETTLE_MS = 100;
  const SOONEST_MS = 1000;
  const RETRY_MS = 5000;
  const RETRY_MAX_MS = 60000;
  // What is left of a token's life when it is renewed: a fifth, so that a sleeping tab has time to wake.
  const LEFT = 0.2;
  // setTimeout holds no longer span than this.
  const TIMER_MAX_MS = 0x7fffffff;

  const host = new URL(document.currentScript.src).origin;
  const listeners = new Set();
  let memory = null;
  let last;
  let timer = 0;
  let retry = RETRY_MS;

  function read() {
    try {
      return JSON.parse(localStorage.getItem(KEY));
    } catch {
      return memory; // Storage is switched off: the session lives as long as the page.
    }
  }

  function write(session) {
    memory = session;
    try {
      if (session) localStorage.setItem(KEY, JSON.stringify(session));
      else localStorage.removeItem(KEY);
    } catch {
      // As above.
    }
    changed();
  }

  function changed() {
    const session = read();
    const token = session ? session.accessToken : null;
    schedule(session);
    if (token === last) return;
    last = token;
    for (const listener of [...listeners]) listener(token);
  }

  /** The answer's data; null when it says no; throws when there is no answer. */
  async function call(path, body) {
    // Without a content type of JSON, which would ask another origin first.
    const reply = await fetch(host + path, { method: 'POST', body: JSON.stringify(body), credentials: 'omit', cache: 'no-store' });
    const answer = await reply.json();
    if (reply.status >= 429) throw new Error(answer.businessMessage);
    return answer.businessCode === 0 ? { data: answer.data } : null;
  }

  function keep(data) {
    write({ accessToken: data.accessToken, refreshToken: data.refreshToken, expiresAt: Date.now() + data.expiresIn * 1000, life: data.expiresIn * 1000 });
  }

  function schedule(session) {
    clearTimeout(timer);
    if (session) arm(session.expiresAt - session.life * LEFT - Date.now());
  }

  function arm(wait) {
    timer = setTimeout(renew, Math.min(Math.max(wait, SOONEST_MS), TIMER_MAX_MS));
  }

  const isDue = session => session && Date.now() >= session.expiresAt - session.life * LEFT;

  async function renew() {
    try {
      await alone(async () => {
        // Another tab may have done it meanwhile.
        const session = read();
        if (!isDue(session)) return;
        const renewed = await call('/op/security/refresh', { refreshToken: session.refreshToken });
        const now = read();
        // Signed out, or in anew, while the answer was on its way: that counts.
        if (!now || now.refreshToken !== session.refreshToken) return;
        if (renewed) keep(renewed.data);
        else write(null);
      });
      retry = RETRY_MS;
      changed();
    } catch {
      clearTimeout(timer);
      arm(retry);
      retry = Math.min(retry * 2, RETRY_MAX_MS);
    }
  }

  const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

  /** One tab of this origin at a time: by Web Locks, or where there are none (http) by a lease that the next tab may take when it is over. */
  async function alone(work) {
    if (navigator.locks) return navigator.locks.request(LOCK, async () => { await pause(SETTLE_MS); return work(); });
    const me = Math.random().toString(36);
    const held = () => {
      try {
        return JSON.parse(localStorage.getItem(LOCK));
      } catch {
        return null;
      }
    };
    for (;;) {
      const lease = held();
      if (!lease || lease.until < Date.now()) {
        try {
          localStorage.setItem(LOCK, JSON.stringify({ me, until: Date.now() + LEASE_MS }));
        } catch {
          return work(); // No storage, no other tab that shares it.
        }
        // Two that wrote at once: the later one is there after a moment.
        await pause(SETTLE_MS + Math.random() * 50);
        if (held()?.me === me) break;
      }
      await pause(200 + Math.random() * 200);
    }
    try {
      return await work();
    } finally {
      if (held()?.me === me) localStorage.removeItem(LOCK);
    }
  }

  /** Takes token= out of the address, of the fragment first: our own is the last of its kind. */
  function fromAddress() {
    const url = new URL(location.href);
    const take = text => {
      const parts = text.split('&');
      const at = parts.map(part => part.startsWith('token=')).lastIndexOf(true);
      return at < 0 ? null : { token: decodeURIComponent(parts[at].slice(6)), rest: parts.filter((_, i) => i !== at).join('&') };
    };
    const inFragment = take(url.hash.slice(1));
    const found = inFragment ?? take(url.search.slice(1));
    if (!found) return null;
    if (inFragment) url.hash = found.rest;
    else url.search = found.rest;
    history.replaceState(history.state, '', url);
    return found.token;
  }

  async function start() {
    const address = location.href;
    const token = fromAddress();
    const session = read();
    if (token && (!session || session.accessToken !== token)) {
      try {
        const own = await call('/op/security/session', { token });
        if (own) keep(own.data);
      } catch {
        // No connection. The page may be loaded again: the token was not spent.
        history.replaceState(history.state, '', address);
      }
    }
    changed();
  }

  addEventListener('storage', event => {
    if (event.key === KEY || event.key === null) changed();
  });
  // Timers of a tab that slept are late.
  for (const [target, wakes] of [[document, 'visibilitychange'], [window, 'online'], [window, 'pageshow']]) {
    target.addEventListener(wakes, () => { if (isDue(read())) renew(); });
  }

  const ready = start();

  window.FederationSession = {
    async getToken() {
      await ready;
      if (isDue(read())) await renew();
      const session = read();
      return session && session.expiresAt > Date.now() ? session.accessToken : null;
    },

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async signOut() {
      // A fresh one: a token that is over names no session to end.
      const token = await window.FederationSession.getToken();
      write(null);
      if (token) await call('/op/security/signout', { token }).catch(() => null);
    },
  };
})();
