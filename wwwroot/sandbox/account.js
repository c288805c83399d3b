// The page of the vendor account server. What people typed arrives as JSON and is put in as text, never as markup.
import { at, keep, poll } from './sandbox.js';

const here = location.pathname.replace(/\/$/, '');
let run = '';
let version = -1;
let known = {};

const send = (method, path, body) => fetch(here + path, {
  method,
  headers: { 'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang },
  body: body && JSON.stringify(body),
});

const person = (openId, what) => `/persons/${encodeURIComponent(openId)}/${what}`;

async function issue(asked) {
  const reply = await send('POST', '/issue', asked);
  const answer = await reply.json();
  at('issue-error').hidden = reply.ok;
  at('issue-error').textContent = reply.ok ? '' : answer.error.msg;
  if (!reply.ok) return false;
  show(answer);
  await refresh();
  at('issued-title').focus();
  return true;
}

function lines(list, texts) {
  keep(at(list), texts, text => text.split(' \\')[0], 'curl', (box, text) => { box.querySelector('code').textContent = text; });
}

function fields(list, pairs) {
  keep(at(list), pairs, ([name]) => name, 'field', (box, [name, value]) => {
    box.querySelector('.label').textContent = name;
    box.querySelector('code').textContent = value;
  });
}

// Every value is of an alphabet that a shell's quotes cannot be left with: the server sees to it.
function show({ open_id, code }) {
  at('issued').hidden = false;
  fields('fields', [['auth_code', code], ['openid', open_id]]);
  const client = `-d client_id=${known.client_id} -d client_secret=${known.client_secret}`;
  lines('curls', [
    `curl -s ${location.origin}/account/v1/oauth/login \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify({ app_key: known.app_key, auth_code: code })}'`,
  ]);
  lines('own', [
    `curl -s ${location.origin}${here}/oauth2.0/get_access_token \\\n  -d grant_type=authorization_code ${client} \\\n  -d code=${code}`,
    `curl -s ${location.origin}${here}/sns/userinfo \\\n  -d openid=${open_id} -d access_token=`,
    `curl -s ${location.origin}${here}/oauth2.0/get_access_token  \\\n  -d grant_type=refresh_token ${client} \\\n  -d refresh_token=`,
  ]);
}

function fillPerson(row, who) {
  row.querySelector('.name').textContent = who.mobile ? `${who.nickname} ${who.mobile}` : who.nickname;
  row.querySelector('.open-id').textContent = who.open_id;
  const [step, code] = [row.querySelector('.step'), row.querySelector('.code')];
  if (step !== document.activeElement && code !== document.activeElement) {
    step.value = who.step ?? step.value;
    code.value = who.result_code ?? '0';
  }
  const choose = async () => {
    await send('PUT', person(who.open_id, 'next'), { step: step.value, result_code: code.value });
    document.activeElement?.blur();
    await refresh();
  };
  code.onchange = choose;
  step.onchange = () => (code.value === '0' ? undefined : choose());
  row.querySelector('.use').onclick = () => issue({ open_id: who.open_id });
  row.querySelector('.revoke').onclick = async clicked => {
    const button = clicked.target;
    const reply = await send('POST', person(who.open_id, 'revoke'));
    if (!reply.ok) return;
    button.dataset.label ??= button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = button.dataset.label; }, 1200);
  };
}

function fillRow(row, asked) {
  const time = row.querySelector('time');
  time.dateTime = asked.at;
  time.textContent = new Date(asked.at).toLocaleTimeString(document.documentElement.lang, { hour12: false });
  row.querySelector('.status').textContent = asked.status;
  row.querySelector('.query').textContent = asked.question;
  row.querySelector('.body').textContent = asked.body;
}

async function refresh() {
  const reply = await fetch(`${here}/state?run=${run}&version=${version}`).catch(() => null);
  at('offline').hidden = reply?.ok ?? false;
  if (!reply?.ok || reply.status === 204) return;
  const state = await reply.json();
  if (run && run !== state.run) { location.reload(); return; } // the host was restarted
  ({ run, version } = state);
  known = state;
  at('persons-none').hidden = state.persons.length > 0;
  at('journal-none').hidden = state.journal.length > 0;
  fields('setup', [
    ['tokenUrl', `${location.origin}${here}/oauth2.0/get_access_token`], ['userInfoUrl', `${location.origin}${here}/sns/userinfo`],
    ['clientId', state.client_id], ['clientSecret', state.client_secret],
  ]);
  keep(at('persons'), state.persons, who => who.open_id, 'person', fillPerson);
  keep(at('journal'), state.journal, row => row.number, 'row', fillRow);
}

at('issue').addEventListener('submit', async submitted => {
  submitted.preventDefault();
  const form = submitted.target;
  const asked = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
  if (await issue(asked)) form.reset();
});

poll(refresh);
