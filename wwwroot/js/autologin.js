// The autoLogin page (seed 000): redeems the code, keeps the session in this origin, and goes on to where the link says.
'use strict';

// As session.js reads it.
const KEY = 'federation.session';

const page = document.getElementById('autologin');
const over = document.getElementById('over');
const again = document.getElementById('again');

async function redeem() {
  again.hidden = over.hidden = true;
  document.getElementById('status').hidden = false;
  let answer;
  try {
    const reply = await fetch('/op/security/autologin', {
      method: 'POST',
      body: JSON.stringify({ uid: page.dataset.uid, code: page.dataset.code, returl: page.dataset.returl, tokenIn: page.dataset.tokenIn }),
    });
    answer = await reply.json();
  } catch {
    answer = { businessCode: -1 };
  }

  if (answer.businessCode === 0) {
    const { accessToken, refreshToken, expiresIn, target } = answer.data;
    try {
      localStorage.setItem(KEY, JSON.stringify({ accessToken, refreshToken, expiresAt: Date.now() + expiresIn * 1000, life: expiresIn * 1000 }));
    } catch {
      // Storage is switched off: the website has its token all the same.
    }
    // This page, with its spent code, is not to be come back to.
    location.replace(target);
    return;
  }

  document.getElementById('title').textContent = over.dataset.title;
  document.getElementById('status').hidden = true;
  over.textContent = over.dataset[answer.businessCode] ?? over.dataset.other;
  over.hidden = false;
  // A code that is over is over; a connection may come back, and the code with it.
  again.hidden = answer.businessCode in over.dataset;
}

again.addEventListener('click', redeem);
redeem();
